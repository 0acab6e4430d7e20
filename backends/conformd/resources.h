/* Objects of the devices, as the kernel counts them (what `rdma resource` shows). */
#ifndef CONFORMD_RESOURCES_H
#define CONFORMD_RESOURCES_H

#include "text.h"

/* What there is now is what there may be after a reset. */
void resources_remember(void);
/* An object of names and how many more there are than remembered, after giving the kernel about 2 s to let go. */
void resources_write_leaks(struct text *json);

#endif
