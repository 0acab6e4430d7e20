/* Where paths of a device can lead: by default from a port to itself, as sysfs has its GIDs; else what the operator says. */
#ifndef CONFORMD_PATHS_H
#define CONFORMD_PATHS_H

#include <stdbool.h>
#include "text.h"

/* `port=1,sgid_index=3,dgid=32 hex digits[,dlid=5]`; false where it is not that. Stands instead of what sysfs says of the port. */
bool paths_add(const char *given);
/* The paths of the RDMA device as elements of a JSON array. */
void paths_write(struct text *json, const char *ibdev);

#endif
