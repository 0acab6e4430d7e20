/* The processes of the session: workers that the supervisor forks, or that fork themselves. */
#ifndef CONFORMD_PROCESSES_H
#define CONFORMD_PROCESSES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "frame.h"
#include "shared.h"
#include "text.h"
#include "worker.h"

/* Stands for "there is no such process". */
#define NOWHERE UINT32_MAX
/* The place of the worker for controls, which no client names. */
#define CONTROL_PLACE LIMIT_PROCESSES

/* Before anything else. -1 with errno. */
int processes_prepare(void);
/* Readable where a worker has something to say, can take more, or has died. */
int processes_event_fd(void);

/* Where the client's lines come from, which workers may read too. */
void processes_input(int fd);
/* Forks a worker. NOWHERE with errno where that is not possible, EUSERS where there are too many. */
uint32_t processes_spawn(enum worker_kind kind);
/* Keeps a place for the child that the process in `parent` is to fork. NOWHERE where there are too many. */
uint32_t processes_reserve(uint32_t parent, uint32_t slot);
pid_t processes_pid(uint32_t place);
/* The place of a process that a client may name. */
uint32_t processes_find(pid_t pid);
bool processes_live(uint32_t place);

/* Room for a frame to the process, `size` bytes with the header; NULL where too much waits already. */
struct frame *processes_frame(uint32_t place, size_t size);
/* The frame is complete; `file` (or -1) goes with it and is closed. */
void processes_queue(uint32_t place, struct frame *frame, int file);
/* Sends what is queued. */
void processes_flush(void);
/* Hears what workers say, and buries the dead. */
void processes_hear(void);
/* Wakes a spare thread where a call holds others up. True where it must be asked again in a millisecond. */
bool processes_watch(void);

/* Waits until the worker for controls has nothing to do, at most so long. */
void processes_await_controls(unsigned milliseconds);
/*
 * Ends them all; `but_controls`: the worker for controls stays. Waits at most so long; false where some live on, which are then named in `hanging`
 * and no longer belong to the session.
 */
bool processes_end_all(bool but_controls, unsigned milliseconds, struct text *hanging);
/* Bytes of ordinary memory that all of them have mapped. */
uint64_t processes_mapped(void);

#endif
