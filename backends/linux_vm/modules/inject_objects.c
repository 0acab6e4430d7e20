// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Finds the object behind a handle of a process. Handles are the core's own business; what it lets others see is a
 * list of objects by another number. So that list is walked, and each object's link to its user is compared.
 */
#include <linux/fdtable.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "inject.h"

/* Numbers that are tried at most. */
#define MOST_IDS BIT(24)

struct lookup {
	unsigned int fd;
	const void *file;
};

/* Called for the first descriptor from the wanted one on: that one, unless it is closed. */
static int take_file(const void *data, struct file *file, unsigned int fd)
{
	struct lookup *lookup = (struct lookup *)data;

	if (fd == lookup->fd)
		lookup->file = file->private_data;
	return 1;
}

/* What the core keeps of descriptor `fd` of a process, or of the calling one where `pid` is 0: to compare by alone. */
const void *conform_file_of(u64 pid, u64 fd)
{
	struct lookup lookup = { .fd = fd };
	struct task_struct *task;
	struct pid *reference;

	reference = pid ? find_get_pid(pid) : get_task_pid(current, PIDTYPE_TGID);
	task = get_pid_task(reference, PIDTYPE_PID);
	put_pid(reference);
	if (!task)
		return NULL;
	task_lock(task);
	if (task->files)
		iterate_fd(task->files, fd, take_file, &lookup);
	task_unlock(task);
	put_task_struct(task);
	return lookup.file;
}

/*
 * The link from an object to its user, which is NULL for an object of the kernel. What the core keeps there begins
 * with a struct ib_uobject, on every kernel these modules build for.
 */
static const struct ib_uobject *user_of(enum rdma_restrack_type type, struct rdma_restrack_entry *entry,
					const void **object)
{
	if (type == RDMA_RESTRACK_CQ) {
		*object = container_of(entry, struct ib_cq, res);
		return (const struct ib_uobject *)container_of(entry, struct ib_cq, res)->uobject;
	}
	if (type == RDMA_RESTRACK_QP) {
		*object = container_of(entry, struct ib_qp, res);
		return (const struct ib_uobject *)container_of(entry, struct ib_qp, res)->uobject;
	}
	*object = container_of(entry, struct ib_srq, res);
	return (const struct ib_uobject *)container_of(entry, struct ib_srq, res)->uobject;
}

static bool is_wanted(enum rdma_restrack_type type, struct rdma_restrack_entry *entry, u32 handle, const void *file)
{
	const struct ib_uobject *user;
	const void *object;

	user = user_of(type, entry, &object);
	/* The link back is missing while an object is being made, and would be where the first line above is wrong. */
	if (!user || READ_ONCE(user->object) != object)
		return false;
	return user->id == handle && (!file || user->ufile == file);
}

static bool is_there(struct ib_device *ib, u32 id)
{
	struct rdma_restrack_entry *entry = rdma_restrack_get_byid(ib, RDMA_RESTRACK_QP, id);

	if (IS_ERR(entry))
		return false;
	rdma_restrack_put(entry);
	return true;
}

/* How many objects can have a number that is tried: all but the management queue pairs. */
static u32 count_objects(struct ib_device *ib, enum rdma_restrack_type type)
{
	u32 count = rdma_restrack_count(ib, type, true);
	u32 port, management = 0;

	if (type != RDMA_RESTRACK_QP)
		return count;
	rdma_for_each_port(ib, port)
		management += is_there(ib, port << 24) + is_there(ib, port << 24 | 1);
	return count - min(count, management);
}

/*
 * The object of this handle in a file, or in whatever file has it where `file` is NULL, held: or ENOENT, ENOTUNIQ
 * where several files have the handle, EINTR.
 */
struct rdma_restrack_entry *conform_find_object(struct ib_device *ib, enum rdma_restrack_type type, u32 handle,
						const void *file)
{
	struct rdma_restrack_entry *entry, *found = NULL;
	u32 left = count_objects(ib, type);
	u32 id;

	for (id = 0; id < MOST_IDS && left; id++) {
		if (!(id % 1024)) {
			cond_resched();
			if (fatal_signal_pending(current))
				break;
		}
		entry = rdma_restrack_get_byid(ib, type, id);
		if (IS_ERR(entry))
			continue;
		left--;
		if (!is_wanted(type, entry, handle, file)) {
			rdma_restrack_put(entry);
		} else if (found) {
			rdma_restrack_put(entry);
			rdma_restrack_put(found);
			return ERR_PTR(-ENOTUNIQ);
		} else {
			found = entry;
		}
	}
	return found ?: ERR_PTR(fatal_signal_pending(current) ? -EINTR : -ENOENT);
}
