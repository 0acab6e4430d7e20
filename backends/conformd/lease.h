/* A worker that reads the client's lines itself; see intake.h. */
#ifndef CONFORMD_LEASE_H
#define CONFORMD_LEASE_H

#include <stdbool.h>
#include <stdint.h>
#include "text.h"

/* The place of this worker. */
void lease_begin(uint32_t place);
bool lease_held(void);
/* A frame made of the next line, with its slot. False where none has come yet, or the lease has gone back. */
bool lease_take(struct text *frame);
/* Waits for lines, or for the channel: then true. */
bool lease_wait(void);
/* Around every call: whether the lease may be taken meanwhile. */
void lease_enter_call(void);
void lease_leave_call(void);

#endif
