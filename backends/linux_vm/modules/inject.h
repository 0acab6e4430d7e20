/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* conform_inject: what no call of a process can make a device do. */
#ifndef CONFORM_INJECT_H
#define CONFORM_INJECT_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <rdma/ib_verbs.h>

#include "conform_kernel.h"
#include "conform_text.h"

/* A device that is or was registered: its driver's operations as they were, and what waits for calls of them. */
struct conform_device {
	struct list_head list;
	struct rcu_head rcu;
	/* Its registration, and every call in a wrapper. */
	refcount_t users;
	struct ib_device *ib;
	char name[IB_DEVICE_NAME_MAX];
	/* Unregistered: only calls that were stopped before still use it. */
	bool gone;
	/* Of everything below. */
	spinlock_t lock;
	/* By number of the operation; set once it was replaced for the first time. */
	void **saved;
	unsigned long *replaced;
	struct list_head ambushes;
	unsigned int ambush_count;
	struct list_head stalled;
	wait_queue_head_t gate;
};

/* inject_main.c */
int conform_device_name(struct conform_report *report, struct conform_command *command, char *device);
struct ib_device *conform_get_device(struct conform_report *report, struct conform_command *command);
bool conform_uverbs_node(const char *device, char *node, size_t size);

/* inject_ops.c */
int conform_ops_add(struct ib_device *ib);
void conform_ops_remove(struct ib_device *ib);
void conform_ops_drain(void);
int conform_fail(struct conform_report *report, struct conform_command *command);
int conform_stall(struct conform_report *report, struct conform_command *command);
int conform_let_go(struct conform_report *report, struct conform_command *command);
int conform_restore(struct conform_report *report, struct conform_command *command);
int conform_methods(struct conform_report *report, struct conform_command *command);

/* inject_remove.c */
int conform_remove_init(void);
void conform_remove_exit(void);
bool conform_removable(struct ib_device *ib);
int conform_remove(struct conform_report *report, struct conform_command *command);

/* inject_event.c */
int conform_raise(struct conform_report *report, struct conform_command *command);

/* inject_port.c */
bool conform_port_settable(struct ib_device *ib, u32 port);
int conform_set_port(struct conform_report *report, struct conform_command *command);

/* inject_table.c */
int conform_qp_table(struct conform_report *report, struct conform_command *command);

#endif
