/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* conform_inject: what no call of a process can make a device do. */
#ifndef CONFORM_INJECT_H
#define CONFORM_INJECT_H

#include <rdma/ib_verbs.h>
#include <rdma/restrack.h>

#include "conform_kernel.h"
#include "conform_text.h"

/* inject_main.c */
int conform_device_name(struct conform_report *report, struct conform_command *command, char *device);
struct ib_device *conform_get_device(struct conform_report *report, struct conform_command *command);
bool conform_uverbs_node(const char *device, char *node, size_t size);

/* inject_owner.c */
struct conform_owner;
struct conform_owner *conform_owner_replace(struct ib_device *ib);
void conform_owner_restore(struct conform_owner *owner);
int conform_owner_forget(struct conform_owner *owner);
int conform_owner_files(const struct conform_owner *owner);

/* inject_devices.c */
int conform_device_add(struct ib_device *ib);
void conform_device_remove(struct ib_device *ib);
void conform_devices_drain(void);
int conform_device_leaves(struct ib_device *ib, struct conform_owner **owner);
void **conform_slot_of(struct ib_device *ib, unsigned int op);
int conform_lie_in_wait(struct ib_device *ib, unsigned int op, int fail);
bool conform_devices_go_on(const char *name, unsigned int *released, unsigned int *disarmed);

/* inject_ops.c */
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

/* inject_objects.c */
struct rdma_restrack_entry *conform_find_object(struct ib_device *ib, enum rdma_restrack_type type, u32 handle,
						const void *file);
const void *conform_file_of(u64 pid, u64 fd);

/* inject_event.c */
int conform_raise(struct conform_report *report, struct conform_command *command);

/* inject_port.c */
bool conform_has_link(struct ib_device *ib, u32 port);
int conform_set_link(struct conform_report *report, struct conform_command *command);

/* inject_table.c */
int conform_qp_table(struct conform_report *report, struct conform_command *command);

#endif
