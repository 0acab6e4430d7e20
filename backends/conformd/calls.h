/* Calls that workers have and that are not answered yet: bounded, and known by number when a worker dies. */
#ifndef CONFORMD_CALLS_H
#define CONFORMD_CALLS_H

#include <stdint.h>
#include "frame.h"
#include "rpc.h"
#include "text.h"

/* A slot for a call of the process in `place`; -1 where too many are in flight. */
int calls_begin(struct asker asker, uint32_t place, enum op op);
/* The same in a worker that reads lines itself. */
int calls_begin_leased(uint64_t id, uint32_t place, enum op op);
/* The slot, if it is one of that process and in use; else NULL. Workers are not trusted with indices. */
const struct asker *calls_asker(uint32_t slot, uint32_t place);
enum op calls_op(uint32_t slot);
/* From now on the call is another process's. */
void calls_move(uint32_t slot, uint32_t place);
void calls_end(uint32_t slot);
/* Answers everything that the process in `place` leaves unanswered: its exit with success, the rest with a crash. */
void calls_fail(uint32_t place, const char *why);
/* True where calls are in flight, of one process or of any (UINT32_MAX). */
bool calls_any(uint32_t place);
/* Names what the process in `place` is in the middle of, such as "ioctl (id 12)". */
void calls_name(uint32_t place, struct text *names);

#endif
