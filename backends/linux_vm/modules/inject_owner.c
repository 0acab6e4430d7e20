// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * What open files pin. Where a driver cannot let its files go, every open file of its device holds a reference on the
 * driver's module, and gives it back when it is closed, but not after a removal that was forced: then the core takes
 * it for a driver that can. Counting files at that moment is a race with everybody who opens and closes them. So from
 * the day the device comes, its files hold references on a stand-in instead, in whose count nothing else is, and which
 * is simply thrown away after a forced removal. The driver itself is pinned once. When this module goes, what the
 * stand-in counted becomes references on the driver again.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "inject.h"

/* The count of nobody: files opened before the stand-in came count down from here when they are closed. */
#define NOBODY (1 << 20)
/* More than can open a file while the stand-in goes. */
#define SLACK 1024

struct conform_owner {
	struct ib_device *ib;
	struct module *driver;
	/* Never linked anywhere: a count, in the only form the core takes. */
	struct module stand_in;
};

static int balance(const struct conform_owner *owner)
{
	return atomic_read(&owner->stand_in.refcnt) - NOBODY;
}

/* Files opened less those closed are to be references on the driver, of which `held` exist. */
static void settle(struct conform_owner *owner, int held)
{
	for (; held < balance(owner); held++)
		__module_get(owner->driver);
	for (; held > balance(owner); held--)
		module_put(owner->driver);
}

static void free_owner(struct conform_owner *owner)
{
	module_put(owner->driver);
	kfree(owner);
}

/* For a device whose files would keep it from going; NULL where nothing needs to be done, or can be. */
struct conform_owner *conform_owner_replace(struct ib_device *ib)
{
	struct conform_owner *owner;

	if (!conform_removable(ib) || ib->ops.disassociate_ucontext || !ib->ops.alloc_ucontext || !ib->ops.owner)
		return NULL;
	owner = kzalloc(sizeof(*owner), GFP_KERNEL);
	if (!owner)
		return NULL;
	owner->ib = ib;
	owner->driver = ib->ops.owner;
	if (!try_module_get(owner->driver)) {
		kfree(owner);
		return NULL;
	}
	strscpy(owner->stand_in.name, "conform_stand_in", sizeof(owner->stand_in.name));
	owner->stand_in.state = MODULE_STATE_LIVE;
	atomic_set(&owner->stand_in.refcnt, NOBODY);
	/* Whoever sees the stand-in sees its count. */
	smp_store_release(&ib->ops.owner, &owner->stand_in);
	return owner;
}

/* Files pin the driver again. The device is still registered, or all its files are closed. */
void conform_owner_restore(struct conform_owner *owner)
{
	int held, i;

	if (!owner)
		return;
	held = max(balance(owner), 0) + SLACK;
	/* First, since from the next line on files may be closed against the driver. */
	for (i = 0; i < held; i++)
		__module_get(owner->driver);
	WRITE_ONCE(owner->ib->ops.owner, owner->driver);
	/* Whoever still saw the stand-in has counted on it by then. */
	synchronize_rcu_tasks();
	synchronize_rcu();
	settle(owner, held);
	free_owner(owner);
}

/* The device has gone by force: its open files hold nothing any more. How many references are left on the driver. */
int conform_owner_forget(struct conform_owner *owner)
{
	int left;

	/* Files that were opened on the driver and closed on the stand-in. */
	if (balance(owner) < 0)
		settle(owner, 0);
	left = module_refcount(owner->driver) - 1;
	free_owner(owner);
	return left;
}

int conform_owner_files(const struct conform_owner *owner)
{
	return balance(owner);
}
