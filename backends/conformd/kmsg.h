/* The kernel's log: a marker for each scenario, and the faults that the kernel reported since. */
#ifndef CONFORMD_KMSG_H
#define CONFORMD_KMSG_H

#include "text.h"

/* What is in the log from here on counts. */
void kmsg_mark(void);
/* Writes `conformance: begin SCENARIO` into the log, where that is allowed. */
void kmsg_write(const char *scenario);
/* Adds `,"complaints":[...]` with the faults since the mark, each with the lines behind it; nothing where the log cannot be heard. */
void kmsg_write_complaints(struct text *json);

#endif
