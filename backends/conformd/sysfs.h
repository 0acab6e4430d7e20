/* What sysfs says of the devices on the agent's list. */
#ifndef CONFORMD_SYSFS_H
#define CONFORMD_SYSFS_H

#include <stdbool.h>
#include <stddef.h>
#include "devices.h"

/* Name of the RDMA device behind a file such as uverbs0; false where there is none. */
bool sysfs_ibdev(const struct device *device, char *name, size_t room);
/* Name of the kernel's driver of an RDMA device, as far as sysfs tells; false where it does not. */
bool sysfs_driver(const char *ibdev, char *driver, size_t room);
/* The first line of a file of the RDMA device. */
bool sysfs_line(const char *ibdev, const char *file, char *line, size_t room);
/* The word of its node_type, such as CA or RNIC. */
bool sysfs_node(const char *ibdev, char *node, size_t room);
bool sysfs_port(const char *ibdev, unsigned port);
/* True where the RDMA device is behind a file on the list. */
bool sysfs_lists(const char *ibdev);

#endif
