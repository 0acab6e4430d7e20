// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* The calls themselves, as storage protocols in the kernel make them; each in the context that the caller is in. */
#include <rdma/ib_verbs.h>

#include "consumer.h"

static const char *const kinds[] = {
	[CONFORM_AH] = "ah", [CONFORM_MR] = "mr", [CONFORM_QP] = "qp", [CONFORM_CQ] = "cq", [CONFORM_PD] = "pd",
};

int conform_kind_of(const char *object)
{
	return match_string(kinds, ARRAY_SIZE(kinds), object);
}

static struct conform_verb *verb_of(struct conform_work *work)
{
	return container_of(work, struct conform_verb, work);
}

static void keep(struct conform_verb *verb, void *made)
{
	verb->error = PTR_ERR_OR_ZERO(made);
	verb->it = verb->error ? NULL : made;
}

static void create_pd(struct conform_work *work)
{
	keep(verb_of(work), ib_alloc_pd(verb_of(work)->ib, 0));
}

static void create_ah(struct conform_work *work)
{
	struct conform_verb *verb = verb_of(work);

	keep(verb, rdma_create_ah(verb->pd, &verb->path, verb->flags));
}

/* Nothing is ever posted, so nothing is told. */
static void completed(struct ib_cq *cq, void *context)
{
}

static void happened(struct ib_event *event, void *context)
{
}

static void create_cq(struct conform_work *work)
{
	struct conform_verb *verb = verb_of(work);

	keep(verb, ib_create_cq(verb->ib, completed, happened, NULL, &verb->cq));
}

static void create_qp(struct conform_work *work)
{
	struct conform_verb *verb = verb_of(work);

	verb->init.event_handler = happened;
	keep(verb, ib_create_qp(verb->pd, &verb->init));
}

static void modify_qp(struct conform_work *work)
{
	struct conform_verb *verb = verb_of(work);

	verb->error = ib_modify_qp(verb->it, &verb->attr, verb->mask);
}

static void query_qp(struct conform_work *work)
{
	struct conform_verb *verb = verb_of(work);

	verb->error = ib_query_qp(verb->it, &verb->attr, IB_QP_STATE, &verb->init);
}

static void alloc_mr(struct conform_work *work)
{
	struct conform_verb *verb = verb_of(work);

	keep(verb, ib_alloc_mr(verb->pd, IB_MR_TYPE_MEM_REG, verb->pages));
}

#define DESTROYS(kind, KIND) \
	static void destroy_##kind(struct conform_work *work) \
	{ \
		struct conform_verb *verb = verb_of(work); \
\
		verb->error = conform_destroyed(KIND, verb->it, verb->flags); \
	}
DESTROYS(ah, CONFORM_AH)
DESTROYS(mr, CONFORM_MR)
DESTROYS(qp, CONFORM_QP)
DESTROYS(cq, CONFORM_CQ)
DESTROYS(pd, CONFORM_PD)

int conform_destroyed(enum conform_kind kind, void *it, u32 flags)
{
	switch (kind) {
	case CONFORM_AH:
		return rdma_destroy_ah_user(it, flags, NULL);
	case CONFORM_MR:
		return ib_dereg_mr_user(it, NULL);
	case CONFORM_QP:
		return ib_destroy_qp_user(it, NULL);
	case CONFORM_CQ:
		return ib_destroy_cq_user(it, NULL);
	default:
		return ib_dealloc_pd_user(it, NULL);
	}
}

/* The core leaves it to its users in the kernel not to give back a domain that something uses: it warns, and does it. */
bool conform_used(enum conform_kind kind, void *it)
{
	return kind == CONFORM_PD && atomic_read(&((struct ib_pd *)it)->usecnt);
}

static const struct {
	enum conform_kind kind;
	const char *method;
	void (*run)(struct conform_work *work);
} verbs[] = {
	{ CONFORM_PD, "create", create_pd }, { CONFORM_PD, "destroy", destroy_pd },
	{ CONFORM_AH, "create", create_ah }, { CONFORM_AH, "destroy", destroy_ah },
	{ CONFORM_CQ, "create", create_cq }, { CONFORM_CQ, "destroy", destroy_cq },
	{ CONFORM_QP, "create", create_qp }, { CONFORM_QP, "destroy", destroy_qp },
	{ CONFORM_QP, "modify", modify_qp }, { CONFORM_QP, "query", query_qp },
	{ CONFORM_MR, "alloc", alloc_mr },   { CONFORM_MR, "destroy", destroy_mr },
};

/* NULL where there is no such call. */
void (*conform_verb_of(enum conform_kind kind, const char *method))(struct conform_work *work)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(verbs); i++)
		if (verbs[i].kind == kind && !strcmp(verbs[i].method, method))
			return verbs[i].run;
	return NULL;
}

/* What a call that succeeded answers beside the handle. */
void conform_tell(struct conform_report *report, enum conform_kind kind, const struct conform_verb *verb)
{
	if (kind == CONFORM_CQ && verb->work.run == create_cq)
		conform_say(report, "cqe=%d\n", ((struct ib_cq *)verb->it)->cqe);
	if (kind == CONFORM_QP && verb->work.run == create_qp)
		conform_say(report, "qpn=%u\n", ((struct ib_qp *)verb->it)->qp_num);
	if (kind == CONFORM_QP && verb->work.run == query_qp)
		conform_say(report, "state=%d\n", verb->attr.qp_state);
	if (kind == CONFORM_MR && verb->work.run == alloc_mr)
		conform_say(report, "lkey=%u\nrkey=%u\n", ((struct ib_mr *)verb->it)->lkey,
			    ((struct ib_mr *)verb->it)->rkey);
}
