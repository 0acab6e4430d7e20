/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* The operations that can be stopped or made fail, and what stands in for them. */
#ifndef CONFORM_INJECT_WRAPPERS_H
#define CONFORM_INJECT_WRAPPERS_H

#include <rdma/ib_verbs.h>

struct conform_device;

/* A call in a wrapper. */
struct conform_call {
	struct conform_device *device;
	void *original;
};

/* An operation: its name in the kernel, and the object and method of the specification that reach it. */
struct conform_op {
	const char *name;
	size_t offset;
	const char *object;
	const char *method;
};

extern const struct conform_op conform_ops[];
extern const unsigned int conform_op_count;
/* In the place of each operation, its wrapper. */
extern const struct ib_device_ops conform_wrappers;

/* inject_ops.c */
int conform_enter(struct conform_call *call, struct ib_device *ib, unsigned int op);
void conform_leave(struct conform_call *call);

#endif
