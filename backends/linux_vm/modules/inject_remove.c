// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Hot removal: the core's own path, also where the driver would make it wait until every file is closed. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cdev.h>
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/module.h>
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
	/* The driver. It may go as soon as nobody uses its device. */
	struct module *owner;
	/* The device file, open; NULL where the driver needs no help to let its files go. */
	struct file *node;
	unsigned int files;
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
	struct removal *removal = container_of(kref, struct removal, kref);

	if (removal->node)
		fput(removal->node);
	kfree(removal);
}

/* What a driver does here at least: nothing. The core has destroyed the objects; mappings were asked about before. */
static void let_context_go(struct ib_ucontext *context)
{
}

static unsigned int open_files(struct file *node)
{
	/* Every open file has a reference on the character device, which has one itself. */
	return kref_read(&file_inode(node)->i_cdev->kobj.kref) - 1;
}

/*
 * From now on the core lets open files go, and forgets that each of them pinned the driver. So they are counted here
 * and let go at the end. A file opened or closed in this very moment could be on either side; the smaller count pins
 * the driver once too often rather than once too little.
 */
static unsigned int force_disassociation(struct removal *removal)
{
	unsigned int before, after;

	preempt_disable();
	before = open_files(removal->node);
	WRITE_ONCE(removal->ib->ops.disassociate_ucontext, let_context_go);
	smp_mb();
	after = open_files(removal->node);
	preempt_enable();
	return min(before, after);
}

static void run_removal(struct work_struct *work)
{
	struct removal *removal = container_of(work, struct removal, work);
	ktime_t begun = ktime_get();
	unsigned int i;

	if (removal->node)
		removal->files = force_disassociation(removal);
	ib_unregister_device_and_put(removal->ib);
	removal->microseconds = ktime_us_delta(ktime_get(), begun);
	for (i = 0; i < removal->files; i++)
		module_put(removal->owner);
	/* All but the one that is put next. */
	removal->references = removal->owner ? module_refcount(removal->owner) - 1 : 0;
	module_put(removal->owner);
	complete(&removal->done);
	kref_put(&removal->kref, free_removal);
}

bool conform_removable(struct ib_device *ib)
{
	return ib->ops.dealloc_driver && (ib->attrs.kernel_cap_flags & IBK_ALLOW_USER_UNREG);
}

/* Opens the device file where removal would wait for its closing: 0, or why it cannot be done. */
static int open_node(struct conform_report *report, struct removal *removal)
{
	char path[64];

	if (removal->ib->ops.disassociate_ucontext || !removal->ib->ops.alloc_ucontext)
		return 0;
	if (!conform_uverbs_node(dev_name(&removal->ib->dev), path, sizeof(path)))
		return conform_refuse(report, -ENOENT, "no device file: is ib_uverbs loaded, is /sys mounted?");
	removal->node = filp_open(path, O_RDWR | O_CLOEXEC, 0);
	if (IS_ERR(removal->node)) {
		int error = PTR_ERR(removal->node);

		removal->node = NULL;
		return conform_refuse(report, error, "%s cannot be opened: %d", path, error);
	}
	if (!S_ISCHR(file_inode(removal->node)->i_mode) || !file_inode(removal->node)->i_cdev)
		return conform_refuse(report, -ENODEV, "%s is no character device", path);
	/* A driver that never let mappings go frees what their closing touches. */
	if (mapping_mapped(removal->node->f_mapping))
		return conform_refuse(report, -EBUSY, "%s is mapped, and its driver cannot take mappings away", path);
	return 0;
}

static int prepare(struct conform_report *report, struct removal *removal)
{
	if (!conform_removable(removal->ib))
		return conform_refuse(report, -EOPNOTSUPP, "its driver does not let others unregister it: unbind it");
	if (!try_module_get(removal->ib->ops.owner))
		return conform_refuse(report, -ENODEV, "its driver is going");
	removal->owner = removal->ib->ops.owner;
	return open_node(report, removal);
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
	error = conform_understood(report, command) ?: prepare(report, removal);
	if (error) {
		module_put(removal->owner);
		ib_device_put(ib);
		goto out;
	}
	kref_get(&removal->kref);
	queue_work(removals, &removal->work);
	error = wait_for_completion_killable(&removal->done);
	if (!error)
		conform_say(report, "forced=%d\nfiles=%u\ndriver_references=%d\nmicroseconds=%llu\n", !!removal->node,
			    removal->node ? removal->files - 1 : 0, removal->references, removal->microseconds);
out:
	kref_put(&removal->kref, free_removal);
	return error;
}
