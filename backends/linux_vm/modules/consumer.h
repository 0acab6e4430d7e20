/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* conform_consumer: a user of RDMA devices inside the kernel, in contexts that may sleep and in atomic ones. */
#ifndef CONFORM_CONSUMER_H
#define CONFORM_CONSUMER_H

#include <linux/types.h>
#include <rdma/ib_verbs.h>

#include "conform_kernel.h"
#include "conform_text.h"

enum conform_context {
	CONFORM_PROCESS,
	CONFORM_SPINLOCK,
	CONFORM_IRQOFF,
	CONFORM_TASKLET,
	CONFORM_TIMER,
	CONFORM_CONTEXTS,
};

/* One call, where it is made, and what came of it. */
struct conform_work {
	void (*run)(struct conform_work *work);
	/* Whether sleeping in it counts. */
	bool watched;
	bool made;
	u64 nanoseconds;
	unsigned int violations;
};

/* What the kernel can have, in the order in which it goes: nothing before what uses it. */
enum conform_kind {
	CONFORM_AH,
	CONFORM_MR,
	CONFORM_QP,
	CONFORM_CQ,
	CONFORM_PD,
	CONFORM_KINDS,
};

/* A call on the device. */
struct conform_verb {
	struct conform_work work;
	struct ib_device *ib;
	/* What was made, or what the call is about. */
	void *it;
	struct ib_pd *pd;
	struct ib_cq_init_attr cq;
	struct ib_qp_init_attr init;
	struct ib_qp_attr attr;
	struct rdma_ah_attr path;
	int mask;
	u32 pages;
	u32 flags;
	int error;
};

/* consumer_objects.c */
struct conform_consumer *conform_consumer_new(struct ib_device *ib);
void conform_consumer_end(struct conform_consumer *consumer);
unsigned int conform_forget(struct conform_consumer *consumer);
int conform_call(struct conform_report *report, struct conform_command *command, struct conform_consumer *consumer);
int conform_named(struct conform_report *report, struct conform_command *command, struct conform_consumer *consumer,
		  const char *key, enum conform_kind kind, u64 *handle, void **it);

/* consumer_verbs.c */
int conform_kind_of(const char *object);
void (*conform_verb_of(enum conform_kind kind, const char *method))(struct conform_work *work);
int conform_destroyed(enum conform_kind kind, void *it, u32 flags);
bool conform_used(enum conform_kind kind, void *it);
void conform_tell(struct conform_report *report, enum conform_kind kind, const struct conform_verb *verb);

/* consumer_arguments.c: what the command gives to a create, or to a modify; 0 where all that it names is there. */
int conform_arguments(struct conform_report *report, struct conform_command *command,
		      struct conform_consumer *consumer, enum conform_kind kind, const char *method,
		      struct conform_verb *verb);

/* consumer_path.c */
int conform_path_of(struct conform_report *report, struct conform_command *command, struct ib_device *ib,
		    struct rdma_ah_attr *path);

/* consumer_call.c */
int conform_context_of(const char *name);
const char *conform_context_name(enum conform_context context);
const char *conform_context_refused(enum conform_context context);
int conform_run(enum conform_context context, struct conform_work *work);

/* consumer_detector.c */
int conform_detector_init(void);
void conform_detector_exit(void);
int conform_detector_arm(void);
void conform_detector_begin(void);
unsigned int conform_detector_end(void);
void conform_detector_report(struct conform_report *report);
void conform_detector_allocation(gfp_t flags);

/* consumer_allocations.c */
bool conform_allocations_find(void);
int conform_allocations_watch(void);
void conform_allocations_unwatch(void);

#endif
