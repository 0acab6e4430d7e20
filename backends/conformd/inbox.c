#include "inbox.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "descriptors.h"
#include "frame.h"
#include "lease.h"
#include "outbox.h"
#include "worker_state.h"

static struct text held;
static size_t taken;
/* At most one: each comes with a frame that is sent by itself. -1: none. */
static int arrived = -1;

void inbox_begin(void)
{
  held.length = taken = 0;
  if (arrived >= 0)
    close(arrived);
  arrived = -1;
}

static void receive(void)
{
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
  } control;
  struct iovec part = {.iov_base = text_reserve(&held, 65536), .iov_len = 65536};
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control.bytes)};
  ssize_t got = recvmsg(descriptors_channel(), &message, MSG_CMSG_CLOEXEC);

  if (got == 0 || (got < 0 && errno != EINTR))
    worker_exit();
  if (got < 0)
    return;
  held.length += (size_t)got;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header && header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN(sizeof(int)))
    memcpy(&arrived, CMSG_DATA(header), sizeof(int));
}

static bool whole(void)
{
  const struct frame *frame = (const struct frame *)(held.data + taken);

  return held.length - taken >= sizeof(*frame) && held.length - taken >= frame->size;
}

bool inbox_take(struct text *frame, int *file)
{
  while (!whole()) {
    text_drop(&held, taken);
    taken = 0;
    if (lease_held() && lease_take(frame))
      return true;
    outbox_flush();
    if (!lease_held() || lease_wait())
      receive();
  }
  const struct frame *next = (const struct frame *)(held.data + taken);
  frame->length = 0;
  text_add(frame, next, next->size);
  taken += next->size;
  if (next->op == OP_TAKE_FD) {
    *file = arrived;
    arrived = -1;
  }
  return false;
}
