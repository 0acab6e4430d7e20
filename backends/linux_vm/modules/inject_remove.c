// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Hot removal: the core's own path, also where the driver would make it wait until every file is closed. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/namei.h>
#include <linux/workqueue.h>

#include "inject.h"

/*
 * The removal runs in a worker, so that whoever asked for it can be killed while it waits, and so that the calls it
 * makes of driver operations are nobody's who is waited for.
 */
struct removal {
	struct work_struct work;
	struct completion done;
	struct kref kref;
	struct ib_device *ib;
	/* What the files of a device that goes by force hold; it keeps the driver. */
	struct conform_owner *owner;
	/* Else the driver itself, which may go as soon as nobody uses its device. */
	struct module *driver;
	int files;
	int references;
	u64 microseconds;
};

static struct workqueue_struct *removals;

int conform_remove_init(void)
{
	removals = alloc_workqueue("conform_removal", WQ_UNBOUND, 0);
	return removals ? 0 : -ENOMEM;
}

/* Waits for removals whose callers were killed. */
void conform_remove_exit(void)
{
	destroy_workqueue(removals);
}

static void free_removal(struct kref *kref)
{
	kfree(container_of(kref, struct removal, kref));
}

/* What a driver does here at least: nothing. The core has destroyed the objects; mappings were asked about before. */
static void let_context_go(struct ib_ucontext *context)
{
}

static void run_removal(struct work_struct *work)
{
	struct removal *removal = container_of(work, struct removal, work);
	ktime_t begun = ktime_get();

	ib_unregister_device_and_put(removal->ib);
	removal->microseconds = ktime_us_delta(ktime_get(), begun);
	if (removal->owner)
		removal->references = conform_owner_forget(removal->owner);
	module_put(removal->driver);
	complete(&removal->done);
	kref_put(&removal->kref, free_removal);
}

bool conform_removable(struct ib_device *ib)
{
	return ib->ops.dealloc_driver && (ib->attrs.kernel_cap_flags & IBK_ALLOW_USER_UNREG);
}

/*
 * A driver that never let a mapping go frees what the end of the mapping touches. So nothing of the device may be
 * mapped when it is removed by force. Mappings are listed by device file; the core keeps the link to that to itself,
 * so it is found through /sys.
 */
static int look_for_mappings(struct conform_report *report, struct ib_device *ib)
{
	struct path found;
	char path[64];
	bool mapped;
	int error;

	if (ib->ops.disassociate_ucontext || !ib->ops.mmap)
		return 0;
	if (!conform_uverbs_node(dev_name(&ib->dev), path, sizeof(path)))
		return conform_refuse(report, -ENOENT, "no device file: is ib_uverbs loaded, is /sys mounted?");
	error = kern_path(path, LOOKUP_FOLLOW, &found);
	if (error)
		return conform_refuse(report, error, "%s is not there", path);
	mapped = mapping_mapped(d_backing_inode(found.dentry)->i_mapping);
	path_put(&found);
	if (mapped)
		return conform_refuse(report, -EBUSY, "%s is mapped, and its driver cannot take mappings away", path);
	return 0;
}

/* From here on the device goes, unless this gives an error. */
static int begin_removal(struct conform_report *report, struct removal *removal)
{
	struct ib_device *ib = removal->ib;
	int error;

	if (!conform_removable(ib))
		return conform_refuse(report, -EOPNOTSUPP, "its driver does not let others unregister it: unbind it");
	error = look_for_mappings(report, ib) ?: conform_device_leaves(ib, &removal->owner);
	if (error == -ENODEV)
		return conform_refuse(report, error, "the device is going");
	if (error)
		return error;
	if (removal->owner) {
		removal->files = conform_owner_files(removal->owner);
		WRITE_ONCE(ib->ops.disassociate_ucontext, let_context_go);
	} else if (try_module_get(ib->ops.owner)) {
		removal->driver = ib->ops.owner;
	}
	kref_get(&removal->kref);
	queue_work(removals, &removal->work);
	return 0;
}

int conform_remove(struct conform_report *report, struct conform_command *command)
{
	struct removal *removal;
	struct ib_device *ib = conform_get_device(report, command);
	int error;

	if (IS_ERR(ib))
		return PTR_ERR(ib);
	removal = kzalloc(sizeof(*removal), GFP_KERNEL);
	if (!removal) {
		ib_device_put(ib);
		return -ENOMEM;
	}
	INIT_WORK(&removal->work, run_removal);
	init_completion(&removal->done);
	kref_init(&removal->kref);
	removal->ib = ib;
	error = conform_understood(report, command) ?: begin_removal(report, removal);
	if (error)
		ib_device_put(ib);
	else
		error = wait_for_completion_killable(&removal->done);
	if (!error)
		conform_say(report, "forced=%d\nfiles=%d\ndriver_references=%d\nmicroseconds=%llu\n", !!removal->owner,
			    removal->files, removal->references, removal->microseconds);
	kref_put(&removal->kref, free_removal);
	return error;
}
