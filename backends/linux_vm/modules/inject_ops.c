// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Driver operations that fail or stand still once. The operation's pointer in the device is replaced by a wrapper of
 * the same type when a command first asks for it, and put back when the device or this module goes.
 */
#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>

#include "inject.h"
#include "inject_wrappers.h"

#define MOST_AMBUSHES 4096

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

static void **slot_of(struct ib_device *ib, unsigned int op)
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
		call->original = READ_ONCE(*slot_of(ib, op));
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

int conform_ops_add(struct ib_device *ib)
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
		WRITE_ONCE(*slot_of(device->ib, op), device->saved[op]);
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
void conform_ops_remove(struct ib_device *ib)
{
	struct conform_device *device = get_device_record(ib);

	if (!device)
		return;
	spin_lock(&device->lock);
	WRITE_ONCE(device->gone, true);
	spin_unlock(&device->lock);
	disarm(device);
	put_device_record(device);
	/* That of its registration. */
	put_device_record(device);
}

/*
 * After the last device has gone: returns when no call is in a wrapper any more. Whoever read a pointer before it was
 * put back has entered a wrapper by the end of a grace period, and has left this module's code one after it said that
 * it leaves; for tasks that may be preempted here that is one of RCU tasks.
 */
void conform_ops_drain(void)
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

static int replace(struct conform_device *device, unsigned int op, struct ambush *ambush)
{
	void **slot = slot_of(device->ib, op);
	int error = 0;

	spin_lock(&device->lock);
	if (device->gone) {
		error = -ENODEV;
	} else if (device->ambush_count == MOST_AMBUSHES) {
		error = -ENOSPC;
	} else {
		if (!test_bit(op, device->replaced)) {
			device->saved[op] = *slot;
			WRITE_ONCE(ever_replaced, true);
			smp_wmb();
			WRITE_ONCE(*slot, wrapper_of(op));
			set_bit(op, device->replaced);
		}
		list_add_tail(&ambush->list, &device->ambushes);
		device->ambush_count++;
	}
	spin_unlock(&device->lock);
	return error;
}

/* The operation a command means: by its own name, or by an object and a method of it. */
static int find_op(struct conform_report *report, struct conform_command *command, struct ib_device *ib)
{
	const char *object = conform_value(command, "object");
	const char *method;
	unsigned int op;
	int error;

	error = conform_word(report, command, "method", &method);
	if (error)
		return error;
	for (op = 0; op < conform_op_count; op++) {
		if (object ? !conform_ops[op].object || strcmp(conform_ops[op].object, object) ||
				     strcmp(conform_ops[op].method, method) :
			     strcmp(conform_ops[op].name, method))
			continue;
		if (!*slot_of(ib, op))
			return conform_refuse(report, -EOPNOTSUPP, "the driver has no %s", conform_ops[op].name);
		return op;
	}
	return conform_refuse(report, -EOPNOTSUPP, "%s%s%s reaches no operation of a driver", object ?: "",
			      object ? "." : "", method);
}

static int lie_in_wait(struct conform_report *report, struct ib_device *ib, int op, int error)
{
	struct conform_device *device;
	struct ambush *ambush = kmalloc(sizeof(*ambush), GFP_KERNEL);

	if (!ambush)
		return -ENOMEM;
	device = get_device_record(ib);
	if (!device) {
		kfree(ambush);
		return conform_refuse(report, -ENODEV, "the device is going");
	}
	*ambush = (struct ambush){ .op = op, .error = error };
	error = replace(device, op, ambush);
	put_device_record(device);
	if (error) {
		kfree(ambush);
		return conform_refuse(report, error, "%s", error == -ENODEV ? "the device is going" : "too many at once");
	}
	return 0;
}

/* An errno by name or number; 0: there is none. */
static int errno_of(const char *name)
{
	static const struct {
		const char *name;
		int number;
	} names[] = {
#define NAMED(errno) { #errno, errno }
		NAMED(EPERM), NAMED(ENOENT), NAMED(EINTR), NAMED(EIO), NAMED(ENXIO), NAMED(E2BIG), NAMED(EBADF),
		NAMED(EAGAIN), NAMED(ENOMEM), NAMED(EACCES), NAMED(EFAULT), NAMED(EBUSY), NAMED(EEXIST),
		NAMED(ENODEV), NAMED(EINVAL), NAMED(EMFILE), NAMED(ENOSPC), NAMED(ERANGE), NAMED(ENOSYS),
		NAMED(ENODATA), NAMED(EPROTO), NAMED(EBADMSG), NAMED(EOVERFLOW), NAMED(EMSGSIZE),
		NAMED(EPROTONOSUPPORT), NAMED(EOPNOTSUPP), NAMED(EADDRNOTAVAIL), NAMED(ENETDOWN),
		NAMED(ENETUNREACH), NAMED(ENOBUFS), NAMED(EISCONN), NAMED(ENOTCONN), NAMED(ETIMEDOUT),
		NAMED(ECONNREFUSED), NAMED(EHOSTUNREACH), NAMED(EALREADY), NAMED(EINPROGRESS), NAMED(ECANCELED),
#undef NAMED
	};
	unsigned int number;

	if (!kstrtouint(name, 0, &number))
		return number <= EHWPOISON ? number : 0;
	for (number = 0; number < ARRAY_SIZE(names); number++)
		if (!strcmp(names[number].name, name))
			return names[number].number;
	return 0;
}

int conform_fail(struct conform_report *report, struct conform_command *command)
{
	struct ib_device *ib = conform_get_device(report, command);
	const char *name;
	int op, number, error;

	if (IS_ERR(ib))
		return PTR_ERR(ib);
	op = find_op(report, command, ib);
	error = op < 0 ? op : conform_word(report, command, "errno", &name) ?: conform_understood(report, command);
	if (error)
		goto out;
	number = errno_of(name);
	error = number ? lie_in_wait(report, ib, op, -number) : conform_refuse(report, -EINVAL, "%s: no such errno", name);
out:
	ib_device_put(ib);
	return error;
}

int conform_stall(struct conform_report *report, struct conform_command *command)
{
	struct ib_device *ib = conform_get_device(report, command);
	const char *point;
	int op, error;

	if (IS_ERR(ib))
		return PTR_ERR(ib);
	op = find_op(report, command, ib);
	point = conform_value(command, "point");
	error = op < 0 ? op : conform_understood(report, command);
	if (!error && point && strcmp(point, "admitted"))
		error = conform_refuse(report, -EOPNOTSUPP, "calls stand still where they are admitted alone");
	error = error ?: lie_in_wait(report, ib, op, 0);
	ib_device_put(ib);
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

/* Lets go what stands still on every device of this name that is or was there, and forgets what was waited for. */
static int go_on(struct conform_report *report, struct conform_command *command, bool restore)
{
	unsigned int released = 0, disarmed = 0;
	char name[IB_DEVICE_NAME_MAX];
	struct conform_device *device;
	bool known = false;
	int error;

	error = conform_device_name(report, command, name) ?: conform_understood(report, command);
	if (error)
		return error;
	rcu_read_lock();
	list_for_each_entry_rcu(device, &devices, list) {
		if (strcmp(device->name, name))
			continue;
		known = true;
		disarmed += disarm(device);
		released += let_go(device);
	}
	rcu_read_unlock();
	if (!known)
		return conform_refuse(report, -ENODEV, "%s: no such device", name);
	conform_say(report, "released=%u\n", released);
	if (restore)
		conform_say(report, "disarmed=%u\n", disarmed);
	return 0;
}

int conform_let_go(struct conform_report *report, struct conform_command *command)
{
	return go_on(report, command, false);
}

int conform_restore(struct conform_report *report, struct conform_command *command)
{
	return go_on(report, command, true);
}

/* Lists what can be stopped or made fail on a device. */
int conform_methods(struct conform_report *report, struct conform_command *command)
{
	struct ib_device *ib = conform_get_device(report, command);
	unsigned int op;
	int error;

	if (IS_ERR(ib))
		return PTR_ERR(ib);
	error = conform_understood(report, command);
	for (op = 0; op < conform_op_count && !error; op++)
		if (*slot_of(ib, op))
			conform_say(report, "%s=%s%s%s\n", conform_ops[op].name, conform_ops[op].object ?: "",
				    conform_ops[op].object ? "." : "", conform_ops[op].method ?: "");
	ib_device_put(ib);
	return error;
}
