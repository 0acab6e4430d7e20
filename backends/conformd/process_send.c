/* Frames to a worker: queued while lines are read, sent together. */
#include "process.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Places with something new to send. */
static uint32_t dirty[STATIONS];
static size_t dirty_count;

struct frame *processes_frame(uint32_t place, size_t size)
{
  struct process *process = &processes[place];
  size_t waiting = 0;

  for (uint32_t each = 0; each < STATIONS; each++)
    waiting += processes[each].out.length;
  if (waiting + size > LIMIT_BYTES || process->passed == PASSING_MOST)
    return NULL;
  struct frame *frame = (struct frame *)text_reserve(&process->out, size + 8);
  memset(frame, 0, sizeof(*frame));
  frame->size = (uint32_t)((size + 7) & ~(size_t)7);
  return frame;
}

void processes_queue(uint32_t place, struct frame *frame, int file)
{
  struct process *process = &processes[place];

  if (file >= 0) {
    process->passing[process->passed].at = process->out.length;
    process->passing[process->passed++].fd = file;
  }
  if (!process->out.length)
    dirty[dirty_count++] = place;
  process->out.length += frame->size;
  process->sent++;
}

static ssize_t send_part(struct process *process, size_t length, int file)
{
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
  } control = {0};
  struct iovec part = {.iov_base = process->out.data, .iov_len = length};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

  if (file >= 0) {
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof(control.bytes);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &file, sizeof(int));
  }
  return sendmsg(process->channel, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void sent(struct process *process, size_t length, bool with_file)
{
  text_drop(&process->out, length);
  if (with_file) {
    close(process->passing[0].fd);
    process->passed--;
    memmove(process->passing, process->passing + 1, process->passed * sizeof(process->passing[0]));
  }
  for (size_t i = 0; i < process->passed; i++)
    process->passing[i].at -= length;
}

void process_send(uint32_t place)
{
  struct process *process = &processes[place];

  while (process->out.length) {
    /* A file goes with a message of its own, so that the other side gets at most one at a time. */
    size_t length = process->passed ? process->passing[0].at : process->out.length;
    bool with_file = process->passed && length == 0;

    if (with_file)
      length = ((const struct frame *)process->out.data)->size;
    ssize_t done = send_part(process, length, with_file ? process->passing[0].fd : -1);
    if (done < 0) {
      /* Where the worker has died, its end is heard of by itself. */
      process_attend(place, errno == EAGAIN);
      return;
    }
    sent(process, (size_t)done, with_file);
  }
  process_attend(place, false);
}

void processes_flush(void)
{
  for (size_t i = 0; i < dirty_count; i++) {
    if (processes[dirty[i]].state == PROCESS_LIVE)
      process_send(dirty[i]);
  }
  dirty_count = 0;
}
