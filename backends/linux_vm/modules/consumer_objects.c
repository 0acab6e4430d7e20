// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Objects of the kernel: made, called and destroyed where the caller says, and kept under handles. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/xarray.h>
#include <rdma/ib_verbs.h>

#include "consumer.h"

/* Far from the handles of processes, so that the one is never taken for the other. */
#define HANDLES XA_LIMIT(0x40000001, 0x4fffffff)
#define MOST_OBJECTS 65536

struct object {
	enum conform_kind kind;
	void *it;
};

struct conform_consumer {
	struct ib_device *ib;
	struct xarray objects;
	unsigned int count;
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

/* Destroys everything, each kind before those that it uses. How much there was. */
unsigned int conform_forget(struct conform_consumer *consumer)
{
	unsigned int count = consumer->count;
	enum conform_kind kind;
	struct object *object;
	unsigned long handle;
	int error;

	for (kind = 0; kind < CONFORM_KINDS; kind++) {
		xa_for_each(&consumer->objects, handle, object) {
			if (object->kind != kind)
				continue;
			error = conform_destroyed(kind, object->it, RDMA_DESTROY_AH_SLEEPABLE);
			if (error)
				pr_err("an object of %s cannot be destroyed: kind %d, %d\n",
				       dev_name(&consumer->ib->dev), kind, error);
			drop(consumer, handle, object);
		}
	}
	return count;
}

void conform_consumer_end(struct conform_consumer *consumer)
{
	conform_forget(consumer);
	xa_destroy(&consumer->objects);
	kfree(consumer);
}

/* The object of a kind that `key` names; NULL where there is none. */
int conform_named(struct conform_report *report, struct conform_command *command, struct conform_consumer *consumer,
		  const char *key, enum conform_kind kind, u64 *handle, void **it)
{
	int error = conform_number(report, command, key, U32_MAX, 0, handle);
	struct object *object = xa_load(&consumer->objects, *handle);

	*it = object && object->kind == kind ? object->it : NULL;
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

/* Room is made before the call, so nothing that was made is lost. */
static int create(struct conform_report *report, struct conform_consumer *consumer, enum conform_context context,
		  enum conform_kind kind, struct conform_verb *verb)
{
	struct object *room = kzalloc(sizeof(*room), GFP_KERNEL);
	u32 handle;
	int error;

	if (!room)
		return -ENOMEM;
	/* No kind until there is an object. */
	room->kind = CONFORM_KINDS;
	if (consumer->count == MOST_OBJECTS ||
	    xa_alloc(&consumer->objects, &handle, room, HANDLES, GFP_KERNEL)) {
		kfree(room);
		return conform_refuse(report, -ENOSPC, "%u objects at once are too many", consumer->count);
	}
	consumer->count++;
	error = conform_run(context, &verb->work);
	if (error || verb->error) {
		drop(consumer, handle, room);
	} else {
		room->kind = kind;
		room->it = verb->it;
	}
	if (!error)
		answer(report, verb->error, handle, &verb->work);
	return error;
}

/* A call on an object that is there. */
static int on_object(struct conform_report *report, struct conform_consumer *consumer, enum conform_context context,
		     enum conform_kind kind, const char *method, u64 handle, struct conform_verb *verb)
{
	bool destroys = !strcmp(method, "destroy");
	int error;

	if (destroys && conform_used(kind, verb->it)) {
		answer(report, -EBUSY, 0, &verb->work);
		return 0;
	}
	error = conform_run(context, &verb->work);
	if (error)
		return error;
	if (destroys && !verb->error)
		drop(consumer, handle, xa_load(&consumer->objects, handle));
	answer(report, verb->error, handle, &verb->work);
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

int conform_call(struct conform_report *report, struct conform_command *command, struct conform_consumer *consumer)
{
	struct conform_verb *verb;
	const char *object, *method;
	enum conform_context context;
	bool sleepable, creates;
	u64 handle = 0;
	int kind, error;

	error = conform_word(report, command, "object", &object) ?: conform_word(report, command, "method", &method) ?:
		mood_of(report, command, &context, &sleepable);
	if (error)
		return error;
	kind = conform_kind_of(object);
	if (kind < 0 || !conform_verb_of(kind, method))
		return conform_refuse(report, -EOPNOTSUPP, "%s.%s: no such call here", object, method);
	if (kind != CONFORM_AH && context != CONFORM_PROCESS)
		return conform_refuse(report, -EINVAL, "the core serves a %s in process context alone", object);
	verb = kzalloc(sizeof(*verb), GFP_KERNEL);
	if (!verb)
		return -ENOMEM;
	verb->ib = consumer->ib;
	verb->flags = sleepable ? RDMA_CREATE_AH_SLEEPABLE : 0;
	verb->work.run = conform_verb_of(kind, method);
	verb->work.watched = !sleepable;
	creates = !strcmp(method, "create") || !strcmp(method, "alloc");
	if (!creates)
		error = conform_named(report, command, consumer, target_key(command), kind, &handle, &verb->it);
	error = error ?: conform_arguments(report, command, consumer, kind, method, verb);
	/* A handle that names nothing is an answer, once the rest was understood. */
	if (!error || error == -ENOENT) {
		int understood = conform_understood(report, command);

		if (understood)
			error = understood;
		else if (error || (!creates && !verb->it)) {
			answer(report, -ENOENT, 0, &verb->work);
			error = 0;
		} else {
			error = creates ? create(report, consumer, context, kind, verb) :
					  on_object(report, consumer, context, kind, method, handle, verb);
		}
	}
	if (!error && verb->work.made && !verb->error)
		conform_tell(report, kind, verb);
	if (!error && verb->work.watched && verb->work.made)
		conform_detector_report(report);
	kfree(verb);
	return error;
}
