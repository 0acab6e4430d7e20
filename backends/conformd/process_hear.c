/* Notes from a worker: replies of batches, children that were born, files for another process. */
#include "process.h"

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "calls.h"
#include "rpc.h"

/* The reply of a call that gives all it may, and room to spare. */
#define NOTE_MOST (2 * LIMIT_FRAME)

static void child_born(uint32_t parent, const struct note *note, int *channel)
{
  const struct asker *asker = calls_asker(note->slot, parent);
  uint32_t place = 0;
  struct text answer = {0};

  while (place < LIMIT_PROCESSES && !(processes[place].state == PROCESS_RESERVED && processes[place].parent == parent &&
                                      processes[place].slot == note->slot))
    place++;
  if (!asker || place == LIMIT_PROCESSES)
    return;
  if (note->kind == NOTE_BORN && *channel >= 0 && process_enter(place, note->value, *channel)) {
    *channel = -1;
    text_string(&answer, "{\"process\":");
    text_number(&answer, note->value);
    text_add(&answer, "}", 2);
    rpc_result(*asker, answer.data);
  } else {
    processes[place] = (struct process){0};
    text_string(&answer, "the process cannot be forked: ");
    text_string(&answer, note->kind == NOTE_UNBORN ? strerror(note->value) : "the child ended at once");
    text_add(&answer, "", 1);
    rpc_error(*asker, RPC_RESOURCE, answer.data);
  }
  text_free(&answer);
  calls_end(note->slot);
}

static void file_passed(uint32_t from, const struct note *note, int *file)
{
  const struct asker *asker = calls_asker(note->slot, from);
  uint32_t place = (uint32_t)note->value;
  struct frame *frame = NULL;

  if (!asker || *file < 0)
    return;
  if (processes_live(place) && place < LIMIT_PROCESSES)
    frame = processes_frame(place, sizeof(*frame));
  if (!frame) {
    rpc_error(*asker, RPC_CRASH, "the process that was to get the file has ended");
    calls_end(note->slot);
    return;
  }
  frame->op = OP_TAKE_FD;
  frame->batched = asker->batch != NULL;
  frame->slot = note->slot;
  frame->id = asker->id;
  calls_move(note->slot, place);
  processes_queue(place, frame, *file);
  *file = -1;
}

static void take_note(uint32_t place, const struct note *note, int *file)
{
  const struct asker *asker = calls_asker(note->slot, place);

  switch (note->kind) {
  case NOTE_REPLY:
    if (!asker || note->size == sizeof(*note))
      return;
    rpc_relay(*asker, (const char *)(note + 1), note->size - sizeof(*note));
    calls_end(note->slot);
    return;
  case NOTE_BORN:
  case NOTE_UNBORN:
    child_born(place, note, file);
    return;
  case NOTE_FILE:
    file_passed(place, note, file);
    return;
  case NOTE_LINES:
  default:
    /* The lines are looked at wherever anything was heard. */
    return;
  }
}

static ssize_t receive(struct process *process, int *file)
{
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
  } control;
  struct iovec part = {.iov_base = text_reserve(&process->in, 65536), .iov_len = 65536};
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control.bytes)};
  ssize_t got = recvmsg(process->channel, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  struct cmsghdr *header = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;

  *file = -1;
  if (header && header->cmsg_type == SCM_RIGHTS)
    memcpy(file, CMSG_DATA(header), sizeof(int));
  return got;
}

void process_hear(uint32_t place)
{
  struct process *process = &processes[place];

  for (;;) {
    int file;
    size_t taken = 0;
    ssize_t got = receive(process, &file);

    if (got <= 0)
      return;
    process->in.length += (size_t)got;
    while (process->in.length - taken >= sizeof(struct note)) {
      const struct note *note = (const struct note *)(process->in.data + taken);

      size_t size = ((size_t)note->size + 7) & ~(size_t)7;

      if (note->size < sizeof(*note) || note->size > NOTE_MOST) {
        /* Nothing after it makes sense: a stray write has hit the worker. */
        syscall(SYS_pidfd_send_signal, process->pidfd, SIGKILL, NULL, 0);
        taken = process->in.length;
        break;
      }
      if (process->in.length - taken < size)
        break;
      take_note(place, note, &file);
      taken += size;
    }
    text_drop(&process->in, taken);
    if (file >= 0)
      close(file);
  }
}
