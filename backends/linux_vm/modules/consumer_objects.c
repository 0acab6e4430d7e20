// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Objects of the kernel: protection domains and address handles, made and destroyed where the caller says. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/xarray.h>
#include <rdma/ib_verbs.h>

#include "consumer.h"

/* Far from the handles of processes, so that the one is never taken for the other. */
#define HANDLES XA_LIMIT(0x40000001, 0x4fffffff)
#define MOST_OBJECTS 65536

struct object {
	/* The one or the other. */
	struct ib_pd *pd;
	struct ib_ah *ah;
};

struct conform_consumer {
	struct ib_device *ib;
	struct xarray objects;
	unsigned int count;
};

/* A call on the device. */
struct device_call {
	struct conform_work work;
	struct ib_device *ib;
	struct ib_pd *pd;
	struct ib_ah *ah;
	struct rdma_ah_attr path;
	u32 flags;
	int error;
};

struct conform_consumer *conform_consumer_new(struct ib_device *ib)
{
	struct conform_consumer *consumer = kzalloc(sizeof(*consumer), GFP_KERNEL);

	if (!consumer)
		return NULL;
	consumer->ib = ib;
	xa_init_flags(&consumer->objects, XA_FLAGS_ALLOC);
	return consumer;
}

static void drop(struct conform_consumer *consumer, unsigned long handle, struct object *object)
{
	xa_erase(&consumer->objects, handle);
	consumer->count--;
	kfree(object);
}

/* Destroys everything, address handles before the domains they use. How much there was. */
unsigned int conform_forget(struct conform_consumer *consumer)
{
	unsigned int count = consumer->count;
	struct object *object;
	unsigned long handle;
	int error;

	xa_for_each(&consumer->objects, handle, object) {
		if (!object->ah)
			continue;
		error = rdma_destroy_ah_user(object->ah, RDMA_DESTROY_AH_SLEEPABLE, NULL);
		if (error)
			pr_err("an address handle of %s cannot be destroyed: %d\n", dev_name(&consumer->ib->dev), error);
		drop(consumer, handle, object);
	}
	xa_for_each(&consumer->objects, handle, object) {
		error = ib_dealloc_pd_user(object->pd, NULL);
		if (error)
			pr_err("a domain of %s cannot be destroyed: %d\n", dev_name(&consumer->ib->dev), error);
		drop(consumer, handle, object);
	}
	return count;
}

void conform_consumer_end(struct conform_consumer *consumer)
{
	conform_forget(consumer);
	xa_destroy(&consumer->objects);
	kfree(consumer);
}

static void create_pd(struct conform_work *work)
{
	struct device_call *call = container_of(work, struct device_call, work);

	call->pd = ib_alloc_pd(call->ib, 0);
	call->error = PTR_ERR_OR_ZERO(call->pd);
}

static void destroy_pd(struct conform_work *work)
{
	struct device_call *call = container_of(work, struct device_call, work);

	call->error = ib_dealloc_pd_user(call->pd, NULL);
}

static void create_ah(struct conform_work *work)
{
	struct device_call *call = container_of(work, struct device_call, work);

	call->ah = rdma_create_ah(call->pd, &call->path, call->flags);
	call->error = PTR_ERR_OR_ZERO(call->ah);
}

static void destroy_ah(struct conform_work *work)
{
	struct device_call *call = container_of(work, struct device_call, work);

	call->error = rdma_destroy_ah_user(call->ah, call->flags, NULL);
}

/* The object that `key` names, of the kind that `is_ah` says; NULL where there is none. */
static int named(struct conform_report *report, struct conform_command *command, struct conform_consumer *consumer,
		 const char *key, bool is_ah, u64 *handle, struct object **object)
{
	int error = conform_number(report, command, key, U32_MAX, 0, handle);

	*object = xa_load(&consumer->objects, *handle);
	if (*object && !(*object)->ah == is_ah)
		*object = NULL;
	return error;
}

/* The key that names what a method is called on. */
static const char *target_key(struct conform_command *command)
{
	return conform_value(command, "on") ? "on" : "handle";
}

static void answer(struct conform_report *report, int error, u64 handle, const struct conform_work *work)
{
	conform_say(report, "errno=%d\nhandle=%llu\nviolations=%u\nmicroseconds=%llu\n", -error, error ? 0 : handle,
		    work->violations, div_u64(work->nanoseconds + 999, 1000));
}

/* Keeps what was made: its handle. Room was made before the call, so nothing that was made is lost. */
static u64 keep(struct conform_consumer *consumer, struct object *room, u32 handle, struct device_call *call)
{
	if (call->error) {
		drop(consumer, handle, room);
		return 0;
	}
	room->ah = call->ah;
	room->pd = call->ah ? NULL : call->pd;
	return handle;
}

static int create(struct conform_report *report, struct conform_consumer *consumer, enum conform_context context,
		  struct device_call *call)
{
	struct object *room = kzalloc(sizeof(*room), GFP_KERNEL);
	u32 handle;
	int error;

	if (!room)
		return -ENOMEM;
	if (consumer->count == MOST_OBJECTS ||
	    xa_alloc(&consumer->objects, &handle, room, HANDLES, GFP_KERNEL)) {
		kfree(room);
		return conform_refuse(report, -ENOSPC, "%u objects at once are too many", consumer->count);
	}
	consumer->count++;
	error = conform_run(context, &call->work);
	if (error) {
		drop(consumer, handle, room);
		return error;
	}
	answer(report, call->error, keep(consumer, room, handle, call), &call->work);
	return 0;
}

static int destroy(struct conform_report *report, struct conform_consumer *consumer, enum conform_context context,
		   struct device_call *call, u64 handle, struct object *object)
{
	int error = conform_run(context, &call->work);

	if (error)
		return error;
	if (!call->error)
		drop(consumer, handle, object);
	answer(report, call->error, handle, &call->work);
	return 0;
}

/* Where the call is made and what the driver is told: `context=`, or `atomic=` for the plainest of each. */
static int mood_of(struct conform_report *report, struct conform_command *command, enum conform_context *context,
		   bool *sleepable)
{
	const char *name = conform_value(command, "context"), *refused;
	u64 atomic, sleeps;
	int found, error;

	error = conform_number(report, command, "atomic", 1, 0, &atomic) ?:
		conform_number(report, command, "sleepable", 1, !atomic, &sleeps);
	if (error)
		return error;
	found = name ? conform_context_of(name) : atomic ? CONFORM_SPINLOCK : CONFORM_PROCESS;
	if (found < 0)
		return conform_refuse(report, -EINVAL, "%s: no such context", name);
	if (atomic && found == CONFORM_PROCESS)
		return conform_refuse(report, -EINVAL, "context=process is not atomic");
	refused = conform_context_refused(found);
	if (refused)
		return conform_refuse(report, -EBUSY, "%s", refused);
	if (found != CONFORM_PROCESS && sleeps && conform_value(command, "sleepable"))
		return conform_refuse(report, -EINVAL, "a driver that may sleep cannot be called in %s", name ?: "a spinlock");
	*context = found;
	*sleepable = found == CONFORM_PROCESS && sleeps;
	return 0;
}

static int call_pd(struct conform_report *report, struct conform_command *command, struct conform_consumer *consumer,
		   enum conform_context context, const char *method, struct device_call *call)
{
	struct object *object;
	u64 handle;
	int error;

	if (context != CONFORM_PROCESS)
		return conform_refuse(report, -EINVAL, "the core makes protection domains in process context alone");
	if (!strcmp(method, "create")) {
		call->work.run = create_pd;
		return conform_understood(report, command) ?: create(report, consumer, context, call);
	}
	error = named(report, command, consumer, target_key(command), false, &handle, &object) ?:
		conform_understood(report, command);
	if (error)
		return error;
	if (!object) {
		answer(report, -ENOENT, 0, &call->work);
		return 0;
	}
	/* The core leaves it to its users in the kernel not to do this. */
	if (atomic_read(&object->pd->usecnt)) {
		answer(report, -EBUSY, 0, &call->work);
		return 0;
	}
	call->work.run = destroy_pd;
	call->pd = object->pd;
	return destroy(report, consumer, context, call, handle, object);
}

static int call_ah(struct conform_report *report, struct conform_command *command, struct conform_consumer *consumer,
		   enum conform_context context, const char *method, struct device_call *call)
{
	bool creates = !strcmp(method, "create");
	struct object *object;
	u64 handle;
	int error;

	error = named(report, command, consumer, creates ? "pd" : target_key(command), !creates, &handle, &object);
	if (!error && creates)
		error = conform_path_of(report, command, consumer->ib, &call->path);
	error = error ?: conform_understood(report, command);
	if (error)
		return error;
	if (!object) {
		answer(report, -ENOENT, 0, &call->work);
		return 0;
	}
	if (creates) {
		call->work.run = create_ah;
		call->pd = object->pd;
		return create(report, consumer, context, call);
	}
	call->work.run = destroy_ah;
	call->ah = object->ah;
	return destroy(report, consumer, context, call, handle, object);
}

int conform_call(struct conform_report *report, struct conform_command *command, struct conform_consumer *consumer)
{
	struct device_call call = { .ib = consumer->ib };
	const char *object, *method;
	enum conform_context context;
	bool sleepable;
	int error;

	error = conform_word(report, command, "object", &object) ?: conform_word(report, command, "method", &method) ?:
		mood_of(report, command, &context, &sleepable);
	if (error)
		return error;
	if (strcmp(method, "create") && strcmp(method, "destroy"))
		return conform_refuse(report, -EOPNOTSUPP, "%s: no such method here", method);
	call.flags = sleepable ? RDMA_CREATE_AH_SLEEPABLE : 0;
	call.work.watched = !sleepable;
	if (!strcmp(object, "ah"))
		error = call_ah(report, command, consumer, context, method, &call);
	else if (!strcmp(object, "pd"))
		error = call_pd(report, command, consumer, context, method, &call);
	else
		return conform_refuse(report, -EOPNOTSUPP, "%s: no such object here", object);
	if (!error && call.work.watched && call.work.made)
		conform_detector_report(report);
	return error;
}
