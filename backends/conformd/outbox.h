/* Replies of a worker: those of calls that were read together leave together, in one write. */
#ifndef CONFORMD_OUTBOX_H
#define CONFORMD_OUTBOX_H

#include <stdbool.h>
#include "frame.h"
#include "shared.h"
#include "text.h"

/* Nothing waits. */
void outbox_begin(struct station *station);
/* One more reply. `alone`: the thread no longer leads, so that it leaves at once and by itself. */
void outbox_add(const struct frame *frame, const struct text *reply, bool alone);
bool outbox_waits(void);
/* For the thread that leads. */
void outbox_flush(void);

#endif
