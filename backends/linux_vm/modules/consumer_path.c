// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* The path of an address handle, as a command gives it. */
#include <linux/etherdevice.h>
#include <linux/inet.h>
#include <rdma/ib_verbs.h>

#include "consumer.h"

static int destination(struct conform_report *report, struct conform_command *command, union ib_gid *gid)
{
	const char *text = conform_value(command, "dgid");
	u64 high, low;
	int error;

	error = conform_number(report, command, "dgid_high", U64_MAX, 0, &high) ?:
		conform_number(report, command, "dgid_low", U64_MAX, 0, &low);
	if (error)
		return error;
	gid->global.subnet_prefix = cpu_to_be64(high);
	gid->global.interface_id = cpu_to_be64(low);
	if (text && (strlen(text) != 2 * sizeof(gid->raw) || hex2bin(gid->raw, text, sizeof(gid->raw))) &&
	    !in6_pton(text, -1, gid->raw, -1, NULL))
		return conform_refuse(report, -EINVAL, "dgid: 32 hexadecimal digits, or an IPv6 address");
	return 0;
}

/* The path of an address handle. What it holds beyond its port is for the core and the driver to judge. */
int conform_path_of(struct conform_report *report, struct conform_command *command, struct ib_device *ib,
		    struct rdma_ah_attr *path)
{
	u64 port, sl, rate, dlid, bits, label, index, hops, class, global, reserved;
	const char *mac = conform_value(command, "dmac");
	union ib_gid gid;
	int error;

	error = conform_number(report, command, "port", U32_MAX, rdma_start_port(ib), &port) ?:
		conform_number(report, command, "sl", U8_MAX, 0, &sl) ?:
		conform_number(report, command, "static_rate", U8_MAX, 0, &rate) ?:
		conform_number(report, command, "dlid", U16_MAX, 0, &dlid) ?:
		conform_number(report, command, "src_path_bits", 127, 0, &bits) ?:
		conform_number(report, command, "flow_label", U32_MAX, 0, &label) ?:
		conform_number(report, command, "sgid_index", U8_MAX, 0, &index) ?:
		conform_number(report, command, "hop_limit", U8_MAX, 64, &hops) ?:
		conform_number(report, command, "traffic_class", U8_MAX, 0, &class) ?:
		conform_number(report, command, "reserved", 0, 0, &reserved) ?:
		destination(report, command, &gid);
	if (error)
		return error;
	/* The core trusts its users in the kernel with this one. */
	if (!rdma_is_port_valid(ib, port))
		return conform_refuse(report, -EINVAL, "no port %llu", port);
	path->type = rdma_ah_find_type(ib, port);
	error = conform_number(report, command, "is_global", 1, path->type == RDMA_AH_ATTR_TYPE_ROCE, &global);
	if (error)
		return error;
	rdma_ah_set_port_num(path, port);
	rdma_ah_set_sl(path, sl);
	rdma_ah_set_static_rate(path, rate);
	if (path->type == RDMA_AH_ATTR_TYPE_ROCE) {
		if (mac && !mac_pton(mac, path->roce.dmac))
			return conform_refuse(report, -EINVAL, "dmac: such as 02:00:00:00:00:01");
	} else {
		rdma_ah_set_dlid(path, dlid);
		rdma_ah_set_path_bits(path, bits);
	}
	if (global) {
		rdma_ah_set_grh(path, &gid, label, index, hops, class);
		rdma_ah_set_ah_flags(path, IB_AH_GRH);
	}
	return 0;
}
