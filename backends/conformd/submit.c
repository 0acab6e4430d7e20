#include "submit.h"

#include <stdio.h>
#include "calls.h"
#include "processes.h"

uint32_t submit_place(struct asker asker, const struct argument *process)
{
  uint32_t place = processes_find((pid_t)process->number);
  struct complaint complaint;

  if (place == NOWHERE) {
    complain(&complaint, "params.process: %d is no process of this session", (int)process->number);
    rpc_error(asker, RPC_PARAMS, complaint.text);
  }
  return place;
}

struct frame *submit_frame(struct asker asker, uint32_t place, enum op op, size_t more)
{
  struct frame *frame = processes_frame(place, sizeof(*frame) + more);

  if (!frame) {
    rpc_error(asker, RPC_OVERLOAD, "more bytes wait for processes than limits.bytes");
    return NULL;
  }
  frame->op = (uint16_t)op;
  frame->batched = asker.batch != NULL;
  frame->id = asker.id;
  return frame;
}

int submit(struct asker asker, uint32_t place, struct frame *frame)
{
  int slot = calls_begin(asker, place, frame->op);

  if (slot < 0) {
    rpc_error(asker, RPC_OVERLOAD, "more calls are in flight than limits.inflight");
    return -1;
  }
  frame->slot = (uint32_t)slot;
  processes_queue(place, frame, -1);
  return slot;
}
