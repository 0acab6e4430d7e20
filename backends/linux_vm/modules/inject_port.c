// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * The state of a port that follows a network interface: the interface is taken down or brought up. That gives the
 * states DOWN and ACTIVE and no other, which is less than setting the state of a port.
 */
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <rdma/ib_cache.h>

#include "inject.h"

/* The interface behind a port, held; NULL where there is none. */
static struct net_device *interface_of(struct ib_device *ib, u32 port)
{
	struct net_device *interface = NULL;
	const struct ib_gid_attr *gid;
	struct ib_port_attr attr;
	u32 index;

	if (!rdma_protocol_roce(ib, port) || ib_query_port(ib, port, &attr))
		return NULL;
	for (index = 0; index < attr.gid_tbl_len && !interface; index++) {
		gid = rdma_get_gid_attr(ib, port, index);
		if (IS_ERR(gid))
			continue;
		rcu_read_lock();
		interface = rcu_dereference(gid->ndev);
		dev_hold(interface);
		rcu_read_unlock();
		rdma_put_gid_attr(gid);
	}
	return interface;
}

bool conform_has_link(struct ib_device *ib, u32 port)
{
	struct net_device *interface = interface_of(ib, port);

	dev_put(interface);
	return interface;
}

static int set_state(struct conform_report *report, struct ib_device *ib, u32 port, const char *state)
{
	struct net_device *interface;
	struct ib_port_attr attr;
	int error = 0;

	if (!rdma_is_port_valid(ib, port))
		return conform_refuse(report, -EINVAL, "no port %u", port);
	if (strcmp(state, "DOWN") && strcmp(state, "UP"))
		return conform_refuse(report, -EINVAL, "state: UP or DOWN");
	interface = interface_of(ib, port);
	if (!interface)
		return conform_refuse(report, -EOPNOTSUPP, "port %u follows no network interface", port);
	rtnl_lock();
	if (strcmp(state, "DOWN"))
		error = dev_open(interface, NULL);
	else
		dev_close(interface);
	rtnl_unlock();
	dev_put(interface);
	/* Drivers tell of it by the core's queue. */
	flush_workqueue(ib_wq);
	if (!error)
		error = ib_query_port(ib, port, &attr);
	if (error)
		return conform_refuse(report, error, "the interface does not change: %d", error);
	conform_say(report, "state=%u\n", attr.state);
	return 0;
}

int conform_set_link(struct conform_report *report, struct conform_command *command)
{
	struct ib_device *ib = conform_get_device(report, command);
	const char *state;
	u64 port;
	int error;

	if (IS_ERR(ib))
		return PTR_ERR(ib);
	error = conform_number(report, command, "port", U32_MAX, 0, &port) ?:
		conform_word(report, command, "state", &state) ?: conform_understood(report, command) ?:
		set_state(report, ib, port, state);
	ib_device_put(ib);
	return error;
}
