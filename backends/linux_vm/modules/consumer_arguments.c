// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* What a command gives to a call, in the names and numbers of the specification, which are those of the kernel. */
#include <rdma/ib_verbs.h>

#include "consumer.h"

/* What a modify takes beside the path. */
static const struct {
	const char *key;
	size_t offset, bytes;
	int bit;
} members[] = {
#define MEMBER(key, name, bit) { key, offsetof(struct ib_qp_attr, name), sizeof_field(struct ib_qp_attr, name), bit }
	MEMBER("state", qp_state, IB_QP_STATE),
	MEMBER("cur_state", cur_qp_state, IB_QP_CUR_STATE),
	MEMBER("en_sqd_async_notify", en_sqd_async_notify, IB_QP_EN_SQD_ASYNC_NOTIFY),
	MEMBER("access_flags", qp_access_flags, IB_QP_ACCESS_FLAGS),
	MEMBER("pkey_index", pkey_index, IB_QP_PKEY_INDEX),
	MEMBER("port", port_num, IB_QP_PORT),
	MEMBER("qkey", qkey, IB_QP_QKEY),
	MEMBER("path_mtu", path_mtu, IB_QP_PATH_MTU),
	MEMBER("timeout", timeout, IB_QP_TIMEOUT),
	MEMBER("retry_cnt", retry_cnt, IB_QP_RETRY_CNT),
	MEMBER("rnr_retry", rnr_retry, IB_QP_RNR_RETRY),
	MEMBER("rq_psn", rq_psn, IB_QP_RQ_PSN),
	MEMBER("max_qp_rd_atomic", max_rd_atomic, IB_QP_MAX_QP_RD_ATOMIC),
	MEMBER("min_rnr_timer", min_rnr_timer, IB_QP_MIN_RNR_TIMER),
	MEMBER("sq_psn", sq_psn, IB_QP_SQ_PSN),
	MEMBER("max_dest_rd_atomic", max_dest_rd_atomic, IB_QP_MAX_DEST_RD_ATOMIC),
	MEMBER("path_mig_state", path_mig_state, IB_QP_PATH_MIG_STATE),
	MEMBER("dest_qpn", dest_qp_num, IB_QP_DEST_QPN),
	MEMBER("rate_limit", rate_limit, IB_QP_RATE_LIMIT),
#undef MEMBER
};

static int modify_arguments(struct conform_report *report, struct conform_command *command, struct conform_verb *verb)
{
	bool path = conform_value(command, "sgid_index") || conform_value(command, "dlid");
	unsigned int i;
	u64 number;
	int error = 0;

	for (i = 0; i < ARRAY_SIZE(members) && !error; i++) {
		/* A port beside a path is the path's: keys are told apart by their last part. */
		if (!conform_value(command, members[i].key) || (path && members[i].bit == IB_QP_PORT))
			continue;
		error = conform_number(report, command, members[i].key, BIT_ULL(8 * members[i].bytes) - 1, 0, &number);
		memcpy((char *)&verb->attr + members[i].offset, &number, members[i].bytes);
		verb->mask |= members[i].bit;
	}
	if (error || !path)
		return error;
	verb->mask |= IB_QP_AV;
	return conform_path_of(report, command, verb->ib, &verb->attr.ah_attr);
}

static int cq_arguments(struct conform_report *report, struct conform_command *command, struct conform_verb *verb)
{
	u64 cqe, vector;
	int error = conform_number(report, command, "cqe", U32_MAX, 16, &cqe) ?:
		    conform_number(report, command, "comp_vector", U32_MAX, 0, &vector);

	verb->cq.cqe = cqe;
	verb->cq.comp_vector = vector;
	return error;
}

static int qp_arguments(struct conform_report *report, struct conform_command *command,
			struct conform_consumer *consumer, struct conform_verb *verb)
{
	u64 handle, sends, receives, sends_sge, receives_sge, inlined, reserved;
	void *send_cq = NULL, *recv_cq = NULL;
	int error;

	error = conform_number(report, command, "max_send_wr", U32_MAX, 4, &sends) ?:
		conform_number(report, command, "max_recv_wr", U32_MAX, 4, &receives) ?:
		conform_number(report, command, "max_send_sge", U32_MAX, 1, &sends_sge) ?:
		conform_number(report, command, "max_recv_sge", U32_MAX, 1, &receives_sge) ?:
		conform_number(report, command, "max_inline_data", U32_MAX, 0, &inlined) ?:
		conform_number(report, command, "reserved", 0, 0, &reserved) ?:
		conform_named(report, command, consumer, "send_cq", CONFORM_CQ, &handle, &send_cq) ?:
		conform_named(report, command, consumer, "recv_cq", CONFORM_CQ, &handle, &recv_cq);
	if (error)
		return error;
	if (!send_cq || !recv_cq)
		return -ENOENT;
	verb->init.qp_type = IB_QPT_RC;
	verb->init.sq_sig_type = IB_SIGNAL_REQ_WR;
	verb->init.send_cq = send_cq;
	verb->init.recv_cq = recv_cq;
	verb->init.cap.max_send_wr = sends;
	verb->init.cap.max_recv_wr = receives;
	verb->init.cap.max_send_sge = sends_sge;
	verb->init.cap.max_recv_sge = receives_sge;
	verb->init.cap.max_inline_data = inlined;
	return 0;
}

/* -ENOENT where a handle names nothing; other errors with a reason. */
int conform_arguments(struct conform_report *report, struct conform_command *command,
		      struct conform_consumer *consumer, enum conform_kind kind, const char *method,
		      struct conform_verb *verb)
{
	bool creates = !strcmp(method, "create") || !strcmp(method, "alloc");
	void *pd = NULL;
	u64 handle, pages;
	const char *variant;
	int error = 0;

	if (kind == CONFORM_QP) {
		error = conform_word(report, command, "variant", &variant);
		if (!error && strcmp(variant, "RC"))
			error = conform_refuse(report, -EOPNOTSUPP, "%s: no such type here", variant);
	}
	if (!error && creates && (kind == CONFORM_AH || kind == CONFORM_QP || kind == CONFORM_MR)) {
		error = conform_named(report, command, consumer, "pd", CONFORM_PD, &handle, &pd);
		verb->pd = pd;
	}
	if (error)
		return error;
	if (creates && kind == CONFORM_AH)
		error = conform_path_of(report, command, verb->ib, &verb->path);
	else if (creates && kind == CONFORM_CQ)
		error = cq_arguments(report, command, verb);
	else if (creates && kind == CONFORM_QP)
		error = qp_arguments(report, command, consumer, verb);
	else if (creates && kind == CONFORM_MR) {
		error = conform_number(report, command, "max_num_sg", U32_MAX, 1, &pages);
		verb->pages = pages;
	} else if (!strcmp(method, "modify"))
		error = modify_arguments(report, command, verb);
	if (!error && creates && kind != CONFORM_PD && kind != CONFORM_CQ && !pd)
		return -ENOENT;
	return error;
}
