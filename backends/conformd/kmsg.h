/* The kernel's log: a marker for each scenario, and what the kernel complained of since. */
#ifndef CONFORMD_KMSG_H
#define CONFORMD_KMSG_H

#include "text.h"

/* What is in the log from here on counts. */
void kmsg_mark(void);
/* Writes `conformance: begin SCENARIO` into the log, where that is allowed. */
void kmsg_write(const char *scenario);
/* Adds `,"complaints":[...]` with what counts since the mark; nothing where the log cannot be heard. */
void kmsg_write_complaints(struct text *json);

#endif
