// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Events of ports, of the device and of objects. */
#include <string.h>
#include <unistd.h>

#include "selftest.h"

void try_events(void)
{
	static const struct {
		const char *name;
		int number;
	} general[] = { { "DEVICE_FATAL", 8 }, { "PORT_ACTIVE", 9 }, { "PORT_ERR", 10 }, { "LID_CHANGE", 11 },
			{ "PKEY_CHANGE", 12 }, { "SM_CHANGE", 13 }, { "CLIENT_REREGISTER", 17 }, { "GID_CHANGE", 18 } };
	struct context context, other;
	uint64_t element;
	unsigned int i;
	int got;

	open_context(&context);
	open_context(&other);
	populate(&context);
	populate(&other);
	for (i = 0; i < sizeof(general) / sizeof(*general); i++) {
		check(!inject("raise_event device=%s event=%s port=1", device, general[i].name), "raise: %s", report);
		got = next_event(context.async, &element);
		check(got == general[i].number && element == 1, "%s: %d of %llu", general[i].name, got,
		      (unsigned long long)element);
		next_event(other.async, &element);
	}
	check(!inject("raise_event device=%s event=CQ_ERR object=cq handle=%u fd=%d pid=%d", device, context.cq,
		      context.fd, getpid()), "raise: %s", report);
	got = next_event(context.async, &element);
	check(got == 0 && element == 0xc0, "CQ_ERR: %d of %#llx", got, (unsigned long long)element);
	check(!inject("raise_event device=%s event=5 object=qp handle=%u fd=%d", device, other.qp, other.fd),
	      "raise: %s", report);
	got = next_event(other.async, &element);
	check(got == 5 && element == 0xd0, "SQ_DRAINED: %d of %#llx", got, (unsigned long long)element);
	check(!inject("raise_event device=%s event=QP_FATAL object=qp qpn=%u", device, context.qpn), "raise: %s", report);
	got = next_event(context.async, &element);
	check(got == 1 && element == 0xd0, "QP_FATAL: %d of %#llx", got, (unsigned long long)element);
	check(!inject("raise_event device=%s event=SRQ_LIMIT_REACHED object=srq handle=%u fd=%d", device, other.srq,
		      other.fd), "raise: %s", report);
	got = next_event(other.async, &element);
	check(got == 15 && element == 0xe0, "SRQ_LIMIT_REACHED: %d of %#llx", got, (unsigned long long)element);
	check(inject("raise_event device=%s event=CQ_ERR object=cq handle=%u", device, context.cq) == ENOTUNIQ,
	      "two files: %s", report);
	check(inject("raise_event device=%s event=CQ_ERR object=cq handle=77 fd=%d", device, context.fd) == ENOENT,
	      "no such handle: %s", report);
	check(inject("raise_event device=%s event=CQ_ERR object=qp handle=1", device) == EINVAL, "wrong: %s", report);
	check(inject("raise_event device=%s event=WQ_FATAL object=wq handle=1", device) == EOPNOTSUPP, "wq: %s", report);
	check(inject("raise_event device=%s event=PORT_ERR port=9", device) == EINVAL, "port: %s", report);
	check(next_event(context.async, &element) < 0 && next_event(other.async, &element) < 0, "one event too many");
	close_context(&context);
	close_context(&other);
}

void try_link(void)
{
	struct context context;
	uint64_t element;
	int event;

	inject("offers device=%s", device);
	if (!strstr(report, "set_link"))
		return;
	open_context(&context);
	check(!inject("set_link device=%s port=1 state=DOWN", device) && reported("state") == 1, "down: %s", report);
	while ((event = next_event(context.async, &element)) >= 0 && event != 10)
		;
	check(event == 10, "no PORT_ERR");
	check(!inject("set_link device=%s port=1 state=UP", device) && reported("state") == 4, "up: %s", report);
	while ((event = next_event(context.async, &element)) >= 0 && event != 9)
		;
	check(event == 9, "no PORT_ACTIVE");
	check(inject("set_link device=%s port=1 state=ARMED", device) == EINVAL, "ARMED: %s", report);
	check(inject("set_link device=%s port=7 state=DOWN", device) == EINVAL, "port 7: %s", report);
	close_context(&context);
}
