// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Devices, and what lies in wait for calls of their operations. The pointer of an operation in the device is replaced
 * by a wrapper of the same type when the first ambush is laid, and put back when calls are let go and when the device
 * or this module goes.
 */
#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "inject.h"
#include "inject_wrappers.h"

#define MOST_AMBUSHES 4096

/* A device that is or was registered: its driver's operations as they were, and what waits for calls of them. */
struct conform_device {
	struct list_head list;
	struct rcu_head rcu;
	/* Its registration, and every call in a wrapper. */
	refcount_t users;
	struct ib_device *ib;
	char name[IB_DEVICE_NAME_MAX];
	/* What its files pin; NULL where that is the driver itself. */
	struct conform_owner *owner;
	/* Unregistered: only calls that were stopped before still use it. */
	bool gone;
	/* Of everything below. */
	spinlock_t lock;
	/* A removal has begun. */
	bool leaving;
	/* By number of the operation; set once it was replaced for the first time. */
	void **saved;
	unsigned long *replaced;
	struct list_head ambushes;
	unsigned int ambush_count;
	struct list_head stalled;
	wait_queue_head_t gate;
};

/* The next call of an operation that is to be treated differently. */
struct ambush {
	struct list_head list;
	unsigned int op;
	/* What it fails with; 0 where it is to stand still. */
	int error;
};

/* A call that stands still. */
struct stalled {
	struct list_head list;
	bool released;
};

static LIST_HEAD(devices);
static DEFINE_SPINLOCK(devices_lock);
/* Calls in a wrapper, of all devices: what unloading waits for. */
static atomic_t inside = ATOMIC_INIT(0);
static DECLARE_WAIT_QUEUE_HEAD(outside);
static bool ever_replaced;

void **conform_slot_of(struct ib_device *ib, unsigned int op)
{
	return (void **)((char *)&ib->ops + conform_ops[op].offset);
}

static void *wrapper_of(unsigned int op)
{
	return *(void **)((char *)&conform_wrappers + conform_ops[op].offset);
}

static void free_device_record(struct rcu_head *rcu)
{
	struct conform_device *device = container_of(rcu, struct conform_device, rcu);

	bitmap_free(device->replaced);
	kfree(device->saved);
	kfree(device);
}

static void put_device_record(struct conform_device *device)
{
	unsigned long flags;

	if (!refcount_dec_and_test(&device->users))
		return;
	/* A wrapper can be the last to leave, and where it is called nothing may sleep. */
	spin_lock_irqsave(&devices_lock, flags);
	list_del_rcu(&device->list);
	spin_unlock_irqrestore(&devices_lock, flags);
	call_rcu(&device->rcu, free_device_record);
}

/* The record of a registered device, with a reference; NULL where there is none any more. */
static struct conform_device *get_device_record(struct ib_device *ib)
{
	struct conform_device *device, *found = NULL;

	rcu_read_lock();
	list_for_each_entry_rcu(device, &devices, list)
		if (device->ib == ib && !READ_ONCE(device->gone) && refcount_inc_not_zero(&device->users)) {
			found = device;
			break;
		}
	rcu_read_unlock();
	return found;
}

/* Whose calls are meant: those of processes, which may sleep. Not the kernel's own, nor those at the end of a process. */
static bool is_process(void)
{
	/* Without a count of preemption a spinlock is not seen; the operations of user calls are made under none. */
	if (IS_ENABLED(CONFIG_PREEMPT_COUNT) ? !preemptible() : !in_task() || irqs_disabled())
		return false;
	return current->mm && !(current->flags & (PF_KTHREAD | PF_EXITING));
}

/* Takes the first ambush for an operation; a call that is to stand still is entered in `stalled`. NULL: none. */
static struct ambush *take_ambush(struct conform_device *device, unsigned int op, struct stalled *stalled)
{
	struct ambush *ambush, *found = NULL;

	spin_lock(&device->lock);
	list_for_each_entry(ambush, &device->ambushes, list)
		if (ambush->op == op) {
			found = ambush;
			break;
		}
	if (found) {
		list_del(&found->list);
		device->ambush_count--;
		if (!found->error)
			list_add_tail(&stalled->list, &device->stalled);
	}
	spin_unlock(&device->lock);
	return found;
}

/* Until it is released. A process that is killed goes on at once. */
static void stand_still(struct conform_device *device, struct stalled *stalled)
{
	wait_event_killable(device->gate, READ_ONCE(stalled->released));
	spin_lock(&device->lock);
	if (!stalled->released)
		list_del(&stalled->list);
	spin_unlock(&device->lock);
}

/* What a wrapper does first: 0, or the errno to fail with. */
int conform_enter(struct conform_call *call, struct ib_device *ib, unsigned int op)
{
	struct stalled stalled = { .released = false };
	struct ambush *ambush;
	int error = 0;

	atomic_inc(&inside);
	call->device = get_device_record(ib);
	if (!call->device) {
		/* Between the moment the core read the pointer and now, it was put back. */
		call->original = READ_ONCE(*conform_slot_of(ib, op));
		return call->original && call->original != wrapper_of(op) ? 0 : -ENODEV;
	}
	call->original = call->device->saved[op];
	if (!is_process() || !try_module_get(THIS_MODULE))
		return 0;
	ambush = take_ambush(call->device, op, &stalled);
	if (ambush) {
		error = ambush->error;
		kfree(ambush);
		if (!error)
			stand_still(call->device, &stalled);
	}
	module_put(THIS_MODULE);
	return error;
}

/* What a wrapper does last. */
void conform_leave(struct conform_call *call)
{
	if (call->device)
		put_device_record(call->device);
	if (atomic_dec_and_test(&inside))
		wake_up_all(&outside);
}

int conform_device_add(struct ib_device *ib)
{
	struct conform_device *device = kzalloc(sizeof(*device), GFP_KERNEL);

	if (!device)
		return -ENOMEM;
	device->saved = kcalloc(conform_op_count, sizeof(*device->saved), GFP_KERNEL);
	device->replaced = bitmap_zalloc(conform_op_count, GFP_KERNEL);
	if (!device->saved || !device->replaced) {
		free_device_record(&device->rcu);
		return -ENOMEM;
	}
	refcount_set(&device->users, 1);
	device->ib = ib;
	device->owner = conform_owner_replace(ib);
	strscpy(device->name, dev_name(&ib->dev), sizeof(device->name));
	spin_lock_init(&device->lock);
	INIT_LIST_HEAD(&device->ambushes);
	INIT_LIST_HEAD(&device->stalled);
	init_waitqueue_head(&device->gate);
	spin_lock_irq(&devices_lock);
	list_add_tail_rcu(&device->list, &devices);
	spin_unlock_irq(&devices_lock);
	return 0;
}

/* Puts the operations back and forgets what was waited for: how many calls were. */
static unsigned int disarm(struct conform_device *device)
{
	struct ambush *ambush, *next;
	unsigned int op, count;
	LIST_HEAD(unused);

	spin_lock(&device->lock);
	for_each_set_bit(op, device->replaced, conform_op_count)
		WRITE_ONCE(*conform_slot_of(device->ib, op), device->saved[op]);
	bitmap_zero(device->replaced, conform_op_count);
	list_splice_init(&device->ambushes, &unused);
	count = device->ambush_count;
	device->ambush_count = 0;
	spin_unlock(&device->lock);
	list_for_each_entry_safe(ambush, next, &unused, list)
		kfree(ambush);
	return count;
}

/* The device goes. A call that stands still goes on standing: the core waits for it. */
void conform_device_remove(struct ib_device *ib)
{
	struct conform_device *device = get_device_record(ib);
	struct conform_owner *owner;

	if (!device)
		return;
	spin_lock(&device->lock);
	WRITE_ONCE(device->gone, true);
	device->leaving = true;
	owner = device->owner;
	device->owner = NULL;
	spin_unlock(&device->lock);
	disarm(device);
	conform_owner_restore(owner);
	put_device_record(device);
	/* That of its registration. */
	put_device_record(device);
}

/*
 * After the last device has gone: returns when no call is in a wrapper any more. Whoever read a pointer before it was
 * put back has entered a wrapper by the end of a grace period, and has left this module's code one after it said that
 * it leaves; for tasks that may be preempted here that is one of RCU tasks.
 */
void conform_devices_drain(void)
{
	if (READ_ONCE(ever_replaced)) {
		synchronize_rcu_tasks();
		synchronize_rcu();
		wait_event(outside, !atomic_read(&inside));
		synchronize_rcu_tasks();
		synchronize_rcu();
	}
	rcu_barrier();
}

/* The device is about to be removed; only one can do that. What its files pin is no longer this record's business. */
int conform_device_leaves(struct ib_device *ib, struct conform_owner **owner)
{
	struct conform_device *device = get_device_record(ib);
	int error = -ENODEV;

	if (!device)
		return error;
	spin_lock(&device->lock);
	if (!device->leaving) {
		device->leaving = true;
		*owner = device->owner;
		device->owner = NULL;
		error = 0;
	}
	spin_unlock(&device->lock);
	put_device_record(device);
	return error;
}

/* Enters an ambush, and puts the wrapper in place where this is the first one of the operation. */
static int enter_ambush(struct conform_device *device, struct ambush *ambush)
{
	void **slot = conform_slot_of(device->ib, ambush->op);
	int error = 0;

	spin_lock(&device->lock);
	if (device->gone) {
		error = -ENODEV;
	} else if (device->ambush_count == MOST_AMBUSHES) {
		error = -ENOSPC;
	} else {
		if (!test_bit(ambush->op, device->replaced)) {
			device->saved[ambush->op] = *slot;
			WRITE_ONCE(ever_replaced, true);
			/* Whoever finds the wrapper finds what it stands for. */
			smp_store_release(slot, wrapper_of(ambush->op));
			set_bit(ambush->op, device->replaced);
		}
		list_add_tail(&ambush->list, &device->ambushes);
		device->ambush_count++;
	}
	spin_unlock(&device->lock);
	return error;
}

/* The next call of an operation by a process fails with `fail`, or stands still where that is 0. */
int conform_lie_in_wait(struct ib_device *ib, unsigned int op, int fail)
{
	struct ambush *ambush = kmalloc(sizeof(*ambush), GFP_KERNEL);
	struct conform_device *device;
	int error;

	if (!ambush)
		return -ENOMEM;
	*ambush = (struct ambush){ .op = op, .error = fail };
	device = get_device_record(ib);
	error = device ? enter_ambush(device, ambush) : -ENODEV;
	if (device)
		put_device_record(device);
	if (error)
		kfree(ambush);
	return error;
}

static unsigned int let_go(struct conform_device *device)
{
	struct stalled *stalled, *next;
	unsigned int count = 0;

	spin_lock(&device->lock);
	list_for_each_entry_safe(stalled, next, &device->stalled, list) {
		list_del(&stalled->list);
		WRITE_ONCE(stalled->released, true);
		count++;
	}
	spin_unlock(&device->lock);
	wake_up_all(&device->gate);
	return count;
}

/* Lets every call on devices of this name go on, and forgets what was waited for. False: there is no such device. */
bool conform_devices_go_on(const char *name, unsigned int *released, unsigned int *disarmed)
{
	struct conform_device *device;
	bool known = false;

	rcu_read_lock();
	list_for_each_entry_rcu(device, &devices, list) {
		if (strcmp(device->name, name))
			continue;
		known = true;
		*disarmed += disarm(device);
		*released += let_go(device);
	}
	rcu_read_unlock();
	return known;
}
