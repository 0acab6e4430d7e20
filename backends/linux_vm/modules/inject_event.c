// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Events, as a driver would report them: of ports and devices by the core, of objects by their own handlers. */
#include <linux/threads.h>

#include "inject.h"

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
	static const struct {
		const char *name;
		enum rdma_restrack_type type;
	} subjects[] = { [SUBJECT_CQ] = { "cq", RDMA_RESTRACK_CQ },
			 [SUBJECT_QP] = { "qp", RDMA_RESTRACK_QP },
			 [SUBJECT_SRQ] = { "srq", RDMA_RESTRACK_SRQ } };
	struct rdma_restrack_entry *entry;
	const void *file = NULL;
	u64 handle, pid, fd, qpn;
	const char *object;
	int error;

	error = conform_word(report, command, "object", &object) ?:
		conform_number(report, command, "handle", U32_MAX, U64_MAX, &handle) ?:
		conform_number(report, command, "pid", PID_MAX_LIMIT, 0, &pid) ?:
		conform_number(report, command, "fd", INT_MAX, U64_MAX, &fd) ?:
		conform_number(report, command, "qpn", U32_MAX, U64_MAX, &qpn) ?: conform_understood(report, command);
	if (error)
		return error;
	if (subject == SUBJECT_WQ)
		return conform_refuse(report, -EOPNOTSUPP, "the core keeps no list of work queues");
	if (strcmp(object, subjects[subject].name))
		return conform_refuse(report, -EINVAL, "the event is one of a %s", subjects[subject].name);
	if (qpn != U64_MAX ? subject != SUBJECT_QP || handle != U64_MAX : handle == U64_MAX)
		return conform_refuse(report, -EINVAL, "an object is named by its handle, or a qp by its qpn");
	if (fd != U64_MAX) {
		file = conform_file_of(pid, fd);
		if (!file)
			return conform_refuse(report, -EBADF, "no such descriptor");
	}
	entry = qpn != U64_MAX ? rdma_restrack_get_byid(ib, RDMA_RESTRACK_QP, qpn) :
				 conform_find_object(ib, subjects[subject].type, handle, file);
	if (entry == ERR_PTR(-ENOTUNIQ))
		return conform_refuse(report, -ENOTUNIQ, "several files have a %s of this handle: name fd and pid", object);
	if (IS_ERR(entry))
		return conform_refuse(report, (int)PTR_ERR(entry), "no such %s", object);
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
