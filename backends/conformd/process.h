/* One process as the supervisor sees it: a worker at the other end of a channel. */
#ifndef CONFORMD_PROCESS_H
#define CONFORMD_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "processes.h"
#include "text.h"

/* Files that wait to be sent to one process. */
#define PASSING_MOST 64

struct process {
  enum { PROCESS_NONE, PROCESS_RESERVED, PROCESS_LIVE } state;
  pid_t pid;
  int pidfd;
  int channel;
  /* What epoll asks about. */
  uint32_t attended;
  /* Frames that wait to be sent; each file goes with the frame that begins at `at`. */
  struct text out;
  struct {
    size_t at;
    int fd;
  } passing[PASSING_MOST];
  size_t passed;
  /* The beginning of a note. */
  struct text in;
  /* Where its fork is under way: who forks, in answer to which call. */
  uint32_t parent;
  uint32_t slot;
  /* Frames sent, how many had begun when last looked at, and since when. */
  uint64_t sent;
  uint64_t seen;
  uint64_t seen_at;
  bool killed;
  /* How it ended, where it is our child and that is known. */
  int status;
};

extern struct process processes[STATIONS];

/* Takes a reserved place. False where the process has gone already. */
bool process_enter(uint32_t place, pid_t pid, int channel);
/* Gives the place back. */
void process_leave(uint32_t place);
/* Sends as much as the channel takes. */
void process_send(uint32_t place);
/* Asks to be told when the channel takes more. */
void process_attend(uint32_t place, bool more);
/* Takes all notes there are. */
void process_hear(uint32_t place);
/* Sees to it that no call holds up others for long; `now` in microseconds. True where it must be looked at again soon. */
bool process_watch(uint32_t place, uint64_t now);

#endif
