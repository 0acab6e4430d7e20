/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* conform_consumer: a user of RDMA devices inside the kernel, in contexts that may sleep and in atomic ones. */
#ifndef CONFORM_CONSUMER_H
#define CONFORM_CONSUMER_H

#include <linux/types.h>

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

struct ib_device;
struct rdma_ah_attr;

/* consumer_objects.c */
struct conform_consumer *conform_consumer_new(struct ib_device *ib);
void conform_consumer_end(struct conform_consumer *consumer);
unsigned int conform_forget(struct conform_consumer *consumer);
int conform_call(struct conform_report *report, struct conform_command *command, struct conform_consumer *consumer);

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
