/* Hands a call to the worker that is to run it. */
#ifndef CONFORMD_SUBMIT_H
#define CONFORMD_SUBMIT_H

#include <stdint.h>
#include "frame.h"
#include "params.h"
#include "rpc.h"

/* A process as every method on one names it, first of its fields. */
#define PROCESS_FIELD {"process", FIELD_NUMBER, 1, INT32_MAX, false}
#define FD_FIELD {"fd", FIELD_NUMBER, INT32_MIN, INT32_MAX, false}

/* The place of the process; NOWHERE where there is none, and then it is answered so. */
uint32_t submit_place(struct asker asker, const struct argument *process);
/* A frame with `more` bytes behind its header, to be filled; NULL where there is no room, and then it is answered so. */
struct frame *submit_frame(struct asker asker, uint32_t place, enum op op, size_t more);
/* The frame goes its way. The slot of the call, or -1 where too many are in flight, which is then answered. */
int submit(struct asker asker, uint32_t place, struct frame *frame);

#endif
