// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Events, as a driver would report them: of ports and devices by the core, of objects by their own handlers. */
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <rdma/restrack.h>

#include "inject.h"

/* Identifiers that are tried at most when an object is looked for by its handle. */
#define MOST_IDS BIT(24)

enum subject { SUBJECT_DEVICE, SUBJECT_PORT, SUBJECT_CQ, SUBJECT_QP, SUBJECT_SRQ, SUBJECT_WQ };

static const struct {
	const char *name;
	enum subject subject;
} events[] = {
	[IB_EVENT_CQ_ERR] = { "CQ_ERR", SUBJECT_CQ },
	[IB_EVENT_QP_FATAL] = { "QP_FATAL", SUBJECT_QP },
	[IB_EVENT_QP_REQ_ERR] = { "QP_REQ_ERR", SUBJECT_QP },
	[IB_EVENT_QP_ACCESS_ERR] = { "QP_ACCESS_ERR", SUBJECT_QP },
	[IB_EVENT_COMM_EST] = { "COMM_EST", SUBJECT_QP },
	[IB_EVENT_SQ_DRAINED] = { "SQ_DRAINED", SUBJECT_QP },
	[IB_EVENT_PATH_MIG] = { "PATH_MIG", SUBJECT_QP },
	[IB_EVENT_PATH_MIG_ERR] = { "PATH_MIG_ERR", SUBJECT_QP },
	[IB_EVENT_DEVICE_FATAL] = { "DEVICE_FATAL", SUBJECT_DEVICE },
	[IB_EVENT_PORT_ACTIVE] = { "PORT_ACTIVE", SUBJECT_PORT },
	[IB_EVENT_PORT_ERR] = { "PORT_ERR", SUBJECT_PORT },
	[IB_EVENT_LID_CHANGE] = { "LID_CHANGE", SUBJECT_PORT },
	[IB_EVENT_PKEY_CHANGE] = { "PKEY_CHANGE", SUBJECT_PORT },
	[IB_EVENT_SM_CHANGE] = { "SM_CHANGE", SUBJECT_PORT },
	[IB_EVENT_SRQ_ERR] = { "SRQ_ERR", SUBJECT_SRQ },
	[IB_EVENT_SRQ_LIMIT_REACHED] = { "SRQ_LIMIT_REACHED", SUBJECT_SRQ },
	[IB_EVENT_QP_LAST_WQE_REACHED] = { "QP_LAST_WQE_REACHED", SUBJECT_QP },
	[IB_EVENT_CLIENT_REREGISTER] = { "CLIENT_REREGISTER", SUBJECT_PORT },
	[IB_EVENT_GID_CHANGE] = { "GID_CHANGE", SUBJECT_PORT },
	[IB_EVENT_WQ_FATAL] = { "WQ_FATAL", SUBJECT_WQ },
};

/* An object of a process, by the handle it has in one open file. */
struct wanted {
	enum subject subject;
	u32 handle;
	/* What the open file keeps; NULL: any file, as long as only one has the handle. Compared, never followed. */
	const void *ufile;
};

struct lookup {
	unsigned int fd;
	const void *ufile;
};

/* Called for the first descriptor from the wanted one on: that one, unless it is closed. */
static int take_file(const void *data, struct file *file, unsigned int fd)
{
	struct lookup *lookup = (struct lookup *)data;

	if (fd == lookup->fd)
		lookup->ufile = file->private_data;
	return 1;
}

/* What descriptor `fd` of a process keeps; of the calling process where `pid` is 0. */
static const void *file_of(u64 pid, u64 fd)
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
	return lookup.ufile;
}

static bool matches(const struct wanted *wanted, const void *object, const struct ib_uobject *uobject)
{
	/* An object of the kernel, or one that is being made. */
	if (!uobject || READ_ONCE(uobject->object) != object)
		return false;
	return uobject->id == wanted->handle && (!wanted->ufile || uobject->ufile == wanted->ufile);
}

static enum rdma_restrack_type type_of(enum subject subject)
{
	switch (subject) {
	case SUBJECT_CQ:
		return RDMA_RESTRACK_CQ;
	case SUBJECT_QP:
		return RDMA_RESTRACK_QP;
	default:
		return RDMA_RESTRACK_SRQ;
	}
}

/* The core's records of user objects begin with a struct ib_uobject, on every kernel these modules build for. */
static bool is_wanted(const struct wanted *wanted, struct rdma_restrack_entry *entry)
{
	struct ib_cq *cq = container_of(entry, struct ib_cq, res);
	struct ib_qp *qp = container_of(entry, struct ib_qp, res);
	struct ib_srq *srq = container_of(entry, struct ib_srq, res);

	switch (wanted->subject) {
	case SUBJECT_CQ:
		return matches(wanted, cq, (struct ib_uobject *)cq->uobject);
	case SUBJECT_QP:
		return matches(wanted, qp, (struct ib_uobject *)qp->uobject);
	default:
		return matches(wanted, srq, (struct ib_uobject *)srq->uobject);
	}
}

static bool is_there(struct ib_device *ib, enum rdma_restrack_type type, u32 id)
{
	struct rdma_restrack_entry *entry = rdma_restrack_get_byid(ib, type, id);

	if (IS_ERR(entry))
		return false;
	rdma_restrack_put(entry);
	return true;
}

/* The management queue pairs have numbers far from all others. */
static u32 count_management(struct ib_device *ib)
{
	u32 port, count = 0;

	rdma_for_each_port(ib, port)
		count += is_there(ib, RDMA_RESTRACK_QP, port << 24) + is_there(ib, RDMA_RESTRACK_QP, port << 24 | 1);
	return count;
}

/* The entry, held, or an error: ENOENT, ENOTUNIQ where several files have the handle, EINTR. */
static struct rdma_restrack_entry *find_entry(struct ib_device *ib, const struct wanted *wanted)
{
	enum rdma_restrack_type type = type_of(wanted->subject);
	struct rdma_restrack_entry *entry, *found = NULL;
	u32 left = rdma_restrack_count(ib, type, true);
	u32 id;

	if (type == RDMA_RESTRACK_QP)
		left -= min(left, count_management(ib));
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
		if (!is_wanted(wanted, entry)) {
			rdma_restrack_put(entry);
			continue;
		}
		if (found) {
			rdma_restrack_put(entry);
			rdma_restrack_put(found);
			return ERR_PTR(-ENOTUNIQ);
		}
		found = entry;
	}
	return found ?: ERR_PTR(fatal_signal_pending(current) ? -EINTR : -ENOENT);
}

static int tell_owner(struct ib_event *event, enum subject subject, struct rdma_restrack_entry *entry)
{
	void (*handler)(struct ib_event *event, void *context);
	void *context;

	switch (subject) {
	case SUBJECT_CQ:
		event->element.cq = container_of(entry, struct ib_cq, res);
		handler = event->element.cq->event_handler;
		context = event->element.cq->cq_context;
		break;
	case SUBJECT_QP:
		event->element.qp = container_of(entry, struct ib_qp, res);
		handler = event->element.qp->event_handler;
		context = event->element.qp->qp_context;
		break;
	default:
		event->element.srq = container_of(entry, struct ib_srq, res);
		handler = event->element.srq->event_handler;
		context = event->element.srq->srq_context;
	}
	if (!handler)
		return -EOPNOTSUPP;
	handler(event, context);
	return 0;
}

static int raise_affiliated(struct conform_report *report, struct conform_command *command, struct ib_device *ib,
			    struct ib_event *event, enum subject subject)
{
	static const char *const objects[] = { [SUBJECT_CQ] = "cq", [SUBJECT_QP] = "qp", [SUBJECT_SRQ] = "srq" };
	struct wanted wanted = { .subject = subject };
	struct rdma_restrack_entry *entry;
	const char *object, *qpn;
	u64 handle, pid, fd;
	int error;

	qpn = subject == SUBJECT_QP ? conform_value(command, "qpn") : NULL;
	error = conform_word(report, command, "object", &object) ?:
		conform_number(report, command, "handle", U32_MAX, U32_MAX, &handle) ?:
		conform_number(report, command, "pid", PID_MAX_LIMIT, 0, &pid) ?:
		conform_number(report, command, "fd", INT_MAX, U64_MAX, &fd);
	if (!error && qpn)
		error = conform_number(report, command, "qpn", U32_MAX, 0, &handle);
	error = error ?: conform_understood(report, command);
	if (error)
		return error;
	if (subject == SUBJECT_WQ)
		return conform_refuse(report, -EOPNOTSUPP, "the core keeps no list of work queues");
	if (strcmp(object, objects[subject]))
		return conform_refuse(report, -EINVAL, "the event is one of a %s", objects[subject]);
	if (qpn) {
		entry = rdma_restrack_get_byid(ib, RDMA_RESTRACK_QP, handle);
	} else {
		wanted.handle = handle;
		if (fd != U64_MAX) {
			wanted.ufile = file_of(pid, fd);
			if (!wanted.ufile)
				return conform_refuse(report, -EBADF, "no such descriptor");
		}
		entry = find_entry(ib, &wanted);
	}
	if (IS_ERR(entry)) {
		error = PTR_ERR(entry);
		if (error == -ENOTUNIQ)
			return conform_refuse(report, error, "several files have a %s of this handle: name fd and pid",
					      object);
		return conform_refuse(report, error, "no such %s", object);
	}
	error = tell_owner(event, subject, entry);
	rdma_restrack_put(entry);
	return error;
}

/* The core tells of its table of GIDs by itself, and leaves this event out where a driver raises it. */
static void tell_clients(struct ib_event *event)
{
	struct ib_event_handler *handler;

	down_read(&event->device->event_handler_rwsem);
	list_for_each_entry(handler, &event->device->event_handler_list, list)
		handler->handler(handler, event);
	up_read(&event->device->event_handler_rwsem);
}

static int raise_general(struct conform_report *report, struct conform_command *command, struct ib_device *ib,
			 struct ib_event *event, enum subject subject)
{
	u64 port;
	int error;

	error = conform_number(report, command, "port", U32_MAX, 0, &port) ?: conform_understood(report, command);
	if (error)
		return error;
	if (subject == SUBJECT_PORT && !rdma_is_port_valid(ib, port))
		return conform_refuse(report, -EINVAL, "no port %llu", port);
	event->element.port_num = port;
	if (event->event == IB_EVENT_GID_CHANGE) {
		tell_clients(event);
		return 0;
	}
	ib_dispatch_event(event);
	/* It is told of by the core's queue, so here it has been told. */
	flush_workqueue(ib_wq);
	return 0;
}

static int number_of(const char *name)
{
	unsigned int number;

	if (!kstrtouint(name, 0, &number))
		return number < ARRAY_SIZE(events) && events[number].name ? number : -EINVAL;
	for (number = 0; number < ARRAY_SIZE(events); number++)
		if (events[number].name && !strcmp(events[number].name, name))
			return number;
	return -EINVAL;
}

int conform_raise(struct conform_report *report, struct conform_command *command)
{
	struct ib_device *ib = conform_get_device(report, command);
	struct ib_event event = {};
	const char *name;
	int error;

	if (IS_ERR(ib))
		return PTR_ERR(ib);
	error = conform_word(report, command, "event", &name);
	if (error)
		goto out;
	error = number_of(name);
	if (error < 0) {
		error = conform_refuse(report, -EINVAL, "%s: no such event", name);
		goto out;
	}
	event.event = error;
	event.device = ib;
	if (events[event.event].subject <= SUBJECT_PORT)
		error = raise_general(report, command, ib, &event, events[event.event].subject);
	else
		error = raise_affiliated(report, command, ib, &event, events[event.event].subject);
out:
	ib_device_put(ib);
	return error;
}
