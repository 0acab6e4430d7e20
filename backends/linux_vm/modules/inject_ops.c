// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* The commands about operations of a driver: to make the next call fail or stand still, and to let calls go on. */
#include "inject.h"
#include "inject_wrappers.h"

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
		if (!*conform_slot_of(ib, op))
			return conform_refuse(report, -EOPNOTSUPP, "the driver has no %s", conform_ops[op].name);
		return op;
	}
	return conform_refuse(report, -EOPNOTSUPP, "%s%s%s reaches no operation of a driver", object ?: "",
			      object ? "." : "", method);
}

static int lie_in_wait(struct conform_report *report, struct ib_device *ib, unsigned int op, int fail)
{
	int error = conform_lie_in_wait(ib, op, fail);

	if (error == -ENOSPC)
		return conform_refuse(report, error, "too many calls are waited for");
	return error ? conform_refuse(report, error, "the device is going") : 0;
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

static int go_on(struct conform_report *report, struct conform_command *command, bool restore)
{
	unsigned int released = 0, disarmed = 0;
	char name[IB_DEVICE_NAME_MAX];
	int error;

	error = conform_device_name(report, command, name) ?: conform_understood(report, command);
	if (error)
		return error;
	if (!conform_devices_go_on(name, &released, &disarmed))
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
		if (*conform_slot_of(ib, op))
			conform_say(report, "%s=%s%s%s\n", conform_ops[op].name, conform_ops[op].object ?: "",
				    conform_ops[op].object ? "." : "", conform_ops[op].method ?: "");
	ib_device_put(ib);
	return error;
}
