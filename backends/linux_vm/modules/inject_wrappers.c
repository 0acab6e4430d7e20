// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * One row an operation: the name and type it has in struct ib_device_ops, the device it is called of, and the object
 * and method of the specification by which a process reaches it. The compiler holds each row against the kernel's
 * own type, so a kernel that changed one does not build.
 */
#include <linux/err.h>
#include <linux/stddef.h>

#include "conform_kernel.h"
#include "inject_wrappers.h"

/* What a driver is told of the process that creates a completion queue. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
#define conform_cq_data uverbs_attr_bundle
#else
#define conform_cq_data ib_udata
#endif

#define PARAMETERS(...) (__VA_ARGS__)
#define ARGUMENTS(...) (__VA_ARGS__)

/* OP(name, type of the answer, device, object, method, parameters, arguments) */
#define EACH_OP(OP) \
	OP(alloc_pd, int, pd->device, pd, create, \
	   PARAMETERS(struct ib_pd *pd, struct ib_udata *udata), \
	   ARGUMENTS(pd, udata)) \
	OP(dealloc_pd, int, pd->device, pd, destroy, \
	   PARAMETERS(struct ib_pd *pd, struct ib_udata *udata), \
	   ARGUMENTS(pd, udata)) \
	OP(create_user_ah, int, ah->device, ah, create, \
	   PARAMETERS(struct ib_ah *ah, struct rdma_ah_init_attr *attr, struct ib_udata *udata), \
	   ARGUMENTS(ah, attr, udata)) \
	OP(destroy_ah, int, ah->device, ah, destroy, \
	   PARAMETERS(struct ib_ah *ah, u32 flags), \
	   ARGUMENTS(ah, flags)) \
	OP(create_cq, int, cq->device, cq, create, \
	   PARAMETERS(struct ib_cq *cq, const struct ib_cq_init_attr *attr, struct conform_cq_data *data), \
	   ARGUMENTS(cq, attr, data)) \
	OP(destroy_cq, int, cq->device, cq, destroy, \
	   PARAMETERS(struct ib_cq *cq, struct ib_udata *udata), \
	   ARGUMENTS(cq, udata)) \
	OP(modify_cq, int, cq->device, cq, modify, \
	   PARAMETERS(struct ib_cq *cq, u16 count, u16 period), \
	   ARGUMENTS(cq, count, period)) \
	OP(resize_cq, int, cq->device, cq, resize, \
	   PARAMETERS(struct ib_cq *cq, int cqe, struct ib_udata *udata), \
	   ARGUMENTS(cq, cqe, udata)) \
	OP(req_notify_cq, int, cq->device, cq, req_notify, \
	   PARAMETERS(struct ib_cq *cq, enum ib_cq_notify_flags flags), \
	   ARGUMENTS(cq, flags)) \
	OP(poll_cq, int, cq->device, cq, poll, \
	   PARAMETERS(struct ib_cq *cq, int count, struct ib_wc *wc), \
	   ARGUMENTS(cq, count, wc)) \
	OP(create_srq, int, srq->device, srq, create, \
	   PARAMETERS(struct ib_srq *srq, struct ib_srq_init_attr *attr, struct ib_udata *udata), \
	   ARGUMENTS(srq, attr, udata)) \
	OP(modify_srq, int, srq->device, srq, modify, \
	   PARAMETERS(struct ib_srq *srq, struct ib_srq_attr *attr, enum ib_srq_attr_mask mask, \
		      struct ib_udata *udata), \
	   ARGUMENTS(srq, attr, mask, udata)) \
	OP(query_srq, int, srq->device, srq, query, \
	   PARAMETERS(struct ib_srq *srq, struct ib_srq_attr *attr), \
	   ARGUMENTS(srq, attr)) \
	OP(destroy_srq, int, srq->device, srq, destroy, \
	   PARAMETERS(struct ib_srq *srq, struct ib_udata *udata), \
	   ARGUMENTS(srq, udata)) \
	OP(post_srq_recv, int, srq->device, srq, post_recv, \
	   PARAMETERS(struct ib_srq *srq, const struct ib_recv_wr *wr, const struct ib_recv_wr **bad), \
	   ARGUMENTS(srq, wr, bad)) \
	OP(create_qp, int, qp->device, qp, create, \
	   PARAMETERS(struct ib_qp *qp, struct ib_qp_init_attr *attr, struct ib_udata *udata), \
	   ARGUMENTS(qp, attr, udata)) \
	OP(modify_qp, int, qp->device, qp, modify, \
	   PARAMETERS(struct ib_qp *qp, struct ib_qp_attr *attr, int mask, struct ib_udata *udata), \
	   ARGUMENTS(qp, attr, mask, udata)) \
	OP(query_qp, int, qp->device, qp, query, \
	   PARAMETERS(struct ib_qp *qp, struct ib_qp_attr *attr, int mask, struct ib_qp_init_attr *init), \
	   ARGUMENTS(qp, attr, mask, init)) \
	OP(destroy_qp, int, qp->device, qp, destroy, \
	   PARAMETERS(struct ib_qp *qp, struct ib_udata *udata), \
	   ARGUMENTS(qp, udata)) \
	OP(post_send, int, qp->device, qp, post_send, \
	   PARAMETERS(struct ib_qp *qp, const struct ib_send_wr *wr, const struct ib_send_wr **bad), \
	   ARGUMENTS(qp, wr, bad)) \
	OP(post_recv, int, qp->device, qp, post_recv, \
	   PARAMETERS(struct ib_qp *qp, const struct ib_recv_wr *wr, const struct ib_recv_wr **bad), \
	   ARGUMENTS(qp, wr, bad)) \
	OP(attach_mcast, int, qp->device, qp, attach_mcast, \
	   PARAMETERS(struct ib_qp *qp, union ib_gid *gid, u16 lid), \
	   ARGUMENTS(qp, gid, lid)) \
	OP(detach_mcast, int, qp->device, qp, detach_mcast, \
	   PARAMETERS(struct ib_qp *qp, union ib_gid *gid, u16 lid), \
	   ARGUMENTS(qp, gid, lid)) \
	OP(reg_user_mr, struct ib_mr *, pd->device, mr, create, \
	   PARAMETERS(struct ib_pd *pd, u64 start, u64 length, u64 address, int access, struct ib_udata *udata), \
	   ARGUMENTS(pd, start, length, address, access, udata)) \
	OP(rereg_user_mr, struct ib_mr *, mr->device, mr, modify, \
	   PARAMETERS(struct ib_mr *mr, int flags, u64 start, u64 length, u64 address, int access, \
		      struct ib_pd *pd, struct ib_udata *udata), \
	   ARGUMENTS(mr, flags, start, length, address, access, pd, udata)) \
	OP(dereg_mr, int, mr->device, mr, destroy, \
	   PARAMETERS(struct ib_mr *mr, struct ib_udata *udata), \
	   ARGUMENTS(mr, udata)) \
	OP(reg_dm_mr, struct ib_mr *, pd->device, mr, create_dm, \
	   PARAMETERS(struct ib_pd *pd, struct ib_dm *dm, struct ib_dm_mr_attr *attr, \
		      struct uverbs_attr_bundle *attrs), \
	   ARGUMENTS(pd, dm, attr, attrs)) \
	OP(advise_mr, int, pd->device, mr, advise, \
	   PARAMETERS(struct ib_pd *pd, enum ib_uverbs_advise_mr_advice advice, u32 flags, struct ib_sge *list, \
		      u32 count, struct uverbs_attr_bundle *attrs), \
	   ARGUMENTS(pd, advice, flags, list, count, attrs)) \
	OP(alloc_mw, int, mw->device, mw, create, \
	   PARAMETERS(struct ib_mw *mw, struct ib_udata *udata), \
	   ARGUMENTS(mw, udata)) \
	OP(dealloc_mw, int, mw->device, mw, destroy, \
	   PARAMETERS(struct ib_mw *mw), \
	   ARGUMENTS(mw)) \
	OP(alloc_xrcd, int, xrcd->device, xrcd, create, \
	   PARAMETERS(struct ib_xrcd *xrcd, struct ib_udata *udata), \
	   ARGUMENTS(xrcd, udata)) \
	OP(dealloc_xrcd, int, xrcd->device, xrcd, destroy, \
	   PARAMETERS(struct ib_xrcd *xrcd, struct ib_udata *udata), \
	   ARGUMENTS(xrcd, udata)) \
	OP(alloc_dm, struct ib_dm *, ib, dm, create, \
	   PARAMETERS(struct ib_device *ib, struct ib_ucontext *context, struct ib_dm_alloc_attr *attr, \
		      struct uverbs_attr_bundle *attrs), \
	   ARGUMENTS(ib, context, attr, attrs)) \
	OP(dealloc_dm, int, dm->device, dm, destroy, \
	   PARAMETERS(struct ib_dm *dm, struct uverbs_attr_bundle *attrs), \
	   ARGUMENTS(dm, attrs)) \
	OP(create_counters, int, counters->device, counters, create, \
	   PARAMETERS(struct ib_counters *counters, struct uverbs_attr_bundle *attrs), \
	   ARGUMENTS(counters, attrs)) \
	OP(destroy_counters, int, counters->device, counters, destroy, \
	   PARAMETERS(struct ib_counters *counters), \
	   ARGUMENTS(counters)) \
	OP(read_counters, int, counters->device, counters, read, \
	   PARAMETERS(struct ib_counters *counters, struct ib_counters_read_attr *attr, \
		      struct uverbs_attr_bundle *attrs), \
	   ARGUMENTS(counters, attr, attrs)) \
	OP(create_flow, struct ib_flow *, qp->device, flow, create, \
	   PARAMETERS(struct ib_qp *qp, struct ib_flow_attr *attr, struct ib_udata *udata), \
	   ARGUMENTS(qp, attr, udata)) \
	OP(destroy_flow, int, flow->device, flow, destroy, \
	   PARAMETERS(struct ib_flow *flow), \
	   ARGUMENTS(flow)) \
	OP(create_wq, struct ib_wq *, pd->device, wq, create, \
	   PARAMETERS(struct ib_pd *pd, struct ib_wq_init_attr *attr, struct ib_udata *udata), \
	   ARGUMENTS(pd, attr, udata)) \
	OP(modify_wq, int, wq->device, wq, modify, \
	   PARAMETERS(struct ib_wq *wq, struct ib_wq_attr *attr, u32 mask, struct ib_udata *udata), \
	   ARGUMENTS(wq, attr, mask, udata)) \
	OP(destroy_wq, int, wq->device, wq, destroy, \
	   PARAMETERS(struct ib_wq *wq, struct ib_udata *udata), \
	   ARGUMENTS(wq, udata)) \
	OP(create_rwq_ind_table, int, table->device, rwq_ind_tbl, create, \
	   PARAMETERS(struct ib_rwq_ind_table *table, struct ib_rwq_ind_table_init_attr *attr, \
		      struct ib_udata *udata), \
	   ARGUMENTS(table, attr, udata)) \
	OP(destroy_rwq_ind_table, int, table->device, rwq_ind_tbl, destroy, \
	   PARAMETERS(struct ib_rwq_ind_table *table), \
	   ARGUMENTS(table)) \
	OP(alloc_ucontext, int, context->device, context, create, \
	   PARAMETERS(struct ib_ucontext *context, struct ib_udata *udata), \
	   ARGUMENTS(context, udata)) \
	OP(query_device, int, ib, device, query, \
	   PARAMETERS(struct ib_device *ib, struct ib_device_attr *attr, struct ib_udata *udata), \
	   ARGUMENTS(ib, attr, udata)) \
	OP(query_port, int, ib, port, query, \
	   PARAMETERS(struct ib_device *ib, u32 port, struct ib_port_attr *attr), \
	   ARGUMENTS(ib, port, attr))

/* Answers that say which errno: numbers, or pointers to what was made. */
#define FAILED(type, error) ((type)(long)(error))

enum {
#define NUMBER(name, ...) OP_##name,
	EACH_OP(NUMBER)
#undef NUMBER
};

#define WRAPPER(name, type, device, object, method, parameters, arguments)                          \
	static type wrap_##name parameters                                                          \
	{                                                                                           \
		typeof(((struct ib_device_ops *)NULL)->name) original;                              \
		struct conform_call call;                                                           \
		int error = conform_enter(&call, device, OP_##name);                                \
		type answer;                                                                        \
												    \
		original = call.original;                                                           \
		answer = error ? FAILED(type, error) : original arguments;                          \
		conform_leave(&call);                                                               \
		return answer;                                                                      \
	}
EACH_OP(WRAPPER)

const struct ib_device_ops conform_wrappers = {
#define MEMBER(op, ...) .op = wrap_##op,
	EACH_OP(MEMBER)
#undef MEMBER
};

const struct conform_op conform_ops[] = {
#define ROW(op, type, device, class, call, ...) { #op, offsetof(struct ib_device_ops, op), #class, #call },
	EACH_OP(ROW)
#undef ROW
};

const unsigned int conform_op_count = ARRAY_SIZE(conform_ops);
