/*
 * Memory that the supervisor shares with all workers. It holds what would otherwise cost a message per call: which calls
 * have been answered, and how far each worker has come. The supervisor takes it as a hint and trusts no index from it.
 */
#ifndef CONFORMD_SHARED_H
#define CONFORMD_SHARED_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include "limits.h"

#define SLOT_HANDED 1
#define SLOT_LEASED 2

/* One more than processes: the worker for controls. */
#define STATIONS (LIMIT_PROCESSES + 1)

struct station {
  /* Frames whose call has begun, and whether replies wait in the worker until that call returns. */
  _Atomic uint64_t begun;
  _Atomic uint32_t unsent;
  /* A futex on which spare threads wait, and the frame whose call holds the others up. */
  _Atomic uint32_t kick;
  _Atomic uint64_t stuck;
  /* Frames among them that the worker made of lines it read itself. */
  _Atomic uint64_t leased;
  /* A futex: 1 once a child that was forked here has told the supervisor of itself. */
  _Atomic uint32_t born;
  /* Bytes of ordinary memory that the process has mapped. */
  _Atomic uint64_t mapped;
};

struct shared {
  /* Held while a line is written, so that lines of several processes do not mix; robust, since any of them can be killed. */
  pthread_mutex_t output;
  /* Whether who holds it is in the middle of a line. */
  _Atomic uint8_t midline;
  /* Calls that have not been answered: 0, SLOT_HANDED, or SLOT_LEASED, and then also which. */
  _Atomic uint8_t busy[LIMIT_INFLIGHT];
  struct {
    uint64_t id;
    uint32_t place;
    uint32_t op;
  } leased[LIMIT_INFLIGHT];
  uint32_t next;
  struct station stations[STATIONS];
};

extern struct shared *shared;

/* Makes the memory; before any fork. -1 with errno where there is none. */
int shared_make(void);

#endif
