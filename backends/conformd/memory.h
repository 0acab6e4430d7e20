/* Memory that a client maps. It reaches nothing else of the process: the rest is the agent's. */
#ifndef CONFORMD_MEMORY_H
#define CONFORMD_MEMORY_H

#include <stdatomic.h>
#include <stdint.h>

/* Once in a new worker: a fault of load or store becomes an answer. */
void memory_prepare(void);
/* In a new process, which has the mappings it got from its parent: where their bytes are counted. */
void memory_begin(_Atomic uint64_t *counter);

#endif
