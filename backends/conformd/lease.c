#include "lease.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>
#include "calls.h"
#include "descriptors.h"
#include "intake.h"
#include "message.h"
#include "shared.h"
#include "worker.h"

static uint32_t mine;
static pid_t self;

void lease_begin(uint32_t place)
{
  mine = place + 1;
  self = getpid();
}

bool lease_held(void)
{
  return atomic_load(&intake->reader) == mine;
}

static void lease_give_back(void)
{
  atomic_store(&intake->reader, READER_SUPERVISOR);
  /* Wakes the supervisor, which looks at the lines. */
  worker_note(NOTE_LINES, 0, 0, NULL, -1);
}

static bool make_frame(const char *line, size_t length, struct text *frame)
{
  static struct message message;
  struct complaint complaint;
  uint64_t id;

  if (!message_read_quickly(line, length, &id, &message) || message.process.number != self)
    return false;
  frame->length = 0;
  size_t size = message_size(&message);
  struct frame *made = (struct frame *)text_reserve(frame, size);
  *made = (struct frame){.size = (uint32_t)size, .op = (uint16_t)message.op};
  if (!message_fill(made, &message, &complaint))
    return false;
  int slot = calls_begin_leased(id, mine - 1, message.op);
  if (slot < 0)
    return false;
  made->id = id;
  made->slot = (uint32_t)slot;
  frame->length = size;
  return true;
}

bool lease_take(struct text *frame)
{
  const struct lines before = intake->lines;
  char *line;
  size_t length;
  enum line_kind kind = lines_next(&intake->lines, &line, &length);

  if (kind == LINE_NONE)
    return false;
  if (kind == LINE_WHOLE && make_frame(line, length, frame))
    return true;
  /* Not for us, or with something wrong in it: the supervisor reads it again. */
  intake->lines = before;
  lease_give_back();
  return false;
}

bool lease_wait(void)
{
  struct pollfd ready[] = {{.fd = descriptors_input(), .events = POLLIN},
                           {.fd = descriptors_channel(), .events = POLLIN}};

  if (poll(ready, 2, -1) < 0)
    return false;
  if (ready[1].revents)
    return true;
  /* The end of the client is the supervisor's business. */
  if (!(ready[0].revents & POLLIN) || (lines_read(&intake->lines, descriptors_input()) <= 0 && errno != EINTR))
    lease_give_back();
  return false;
}

void lease_enter_call(void)
{
  uint32_t idle = mine;

  atomic_compare_exchange_strong(&intake->reader, &idle, mine | READER_BUSY);
}

void lease_leave_call(void)
{
  uint32_t busy = mine | READER_BUSY;

  atomic_compare_exchange_strong(&intake->reader, &busy, mine);
}

/* The frame has done its work when it was read. */
void call_lease(struct call *call)
{
  call->left_to_supervisor = true;
}

void call_return(struct call *call)
{
  call->left_to_supervisor = true;
  lease_leave_call();
  if (lease_held())
    lease_give_back();
}
