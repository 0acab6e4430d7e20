/* What a worker does with itself. */
#ifndef CONFORMD_WORKER_STATE_H
#define CONFORMD_WORKER_STATE_H

#include <stdint.h>

/* A new process, or a new child of one, begins to work at its station: nothing read, nothing written, one spare thread. */
void worker_begin(uint32_t place);
/* Ends the process after what it has to say. */
_Noreturn void worker_exit(void);

#endif
