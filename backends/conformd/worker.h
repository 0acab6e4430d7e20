/* A process of the protocol: runs the calls that the supervisor hands over. */
#ifndef CONFORMD_WORKER_H
#define CONFORMD_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "frame.h"
#include "limits.h"
#include "rpc.h"
#include "text.h"

/* Memory for the regions of one call; see regions.h. */
struct arena {
  uint8_t *base;
  size_t used;
  /* Where protected pages begin; `used` where there are none. */
  size_t protected_from;
};

/* A call that a thread of the worker runs. */
struct call {
  const struct frame *frame;
  struct arena *arena;
  /* The answer as a line. */
  struct text *reply;
  /* The file that came with the frame, or -1. */
  int file;
  /* Set by the call: whether this is the child of a fork; whether the supervisor answers. */
  bool is_child;
  bool left_to_supervisor;
};

enum worker_kind {
  /* With every capability that the agent has, or with none. */
  WORKER_PRIVILEGED,
  WORKER_ORDINARY,
  /* Does controls; no client names it. */
  WORKER_CONTROLS,
};

/* The worker in a new process; never returns. */
_Noreturn void worker_main(int channel, int input, uint32_t place, enum worker_kind kind);
/* A note to the supervisor, with text (NULL: none) or a file (-1: none). -1 with errno where the file cannot be passed. */
int worker_note(enum note_kind kind, uint32_t slot, int32_t value, const struct text *text, int file);

/* One for each operation; what follows the header is at frame + 1. */
void call_start(struct call *call);
void call_open(struct call *call);
void call_ioctl(struct call *call);
void call_write(struct call *call);
void call_read(struct call *call);
void call_poll(struct call *call);
void call_fcntl(struct call *call);
void call_map(struct call *call);
void call_unmap(struct call *call);
void call_load(struct call *call);
void call_store(struct call *call);
void call_close(struct call *call);
void call_fork(struct call *call);
void call_send_fd(struct call *call);
void call_take_fd(struct call *call);
void call_control(struct call *call);
void call_lease(struct call *call);
void call_return(struct call *call);

/* Answers: what the kernel said, or why it was not asked. */
void answer_value(struct call *call, int64_t value);
void answer_errno(struct call *call, int error);
/* A call of the C library: its value, or errno where it is negative. */
void answer_returned(struct call *call, int64_t returned);
void answer_bytes(struct call *call, const uint8_t *bytes, size_t length);
void answer_address(struct call *call, uint64_t address);
void answer_error(struct call *call, enum rpc_code code, const char *message);

#endif
