/*
 * Who reads the client's lines. At first the supervisor, which hands calls to workers. While one worker gets one message
 * after another, it may read them itself, which spares two changes of process for each: it holds the lease. It gives it
 * back for any line that is not an ioctl or a write of its own; it is taken from it when a call does not return, and asked
 * back when nothing comes. What has been read stands in shared memory, so that who reads next goes on where this one ended.
 */
#ifndef CONFORMD_INTAKE_H
#define CONFORMD_INTAKE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include "lines.h"

/* Added to the reader while it is in a call; only then can the lease be taken from it. */
#define READER_BUSY 0x10000u
#define READER_SUPERVISOR 0u

struct intake {
  /* READER_SUPERVISOR, or one more than the place of the worker. */
  _Atomic uint32_t reader;
  struct lines lines;
};

extern struct intake *intake;

/* Before any fork. -1 with errno. */
int intake_make(void);

/* For the supervisor. One more line was a message for the process in `place`; NOWHERE: it was something else. */
void intake_note(uint32_t place);
/* Lets the worker that gets all the messages read them; true where one does from now on. */
bool intake_grant(void);
/* True while a worker reads. */
bool intake_leased(void);
/* Asks for the lease where nothing has come for a while; `begun` and `now` as the watch over calls has them. */
void intake_watch(uint32_t place, uint64_t seen_at, uint64_t now);
/* Takes the lease from a worker whose call does not return. */
void intake_revoke(uint32_t place);
/* The worker has died. */
void intake_reclaim(uint32_t place);

#endif
