/* Calls on files, as the kernel has them. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>
#include "descriptors.h"
#include "devices.h"
#include "regions.h"
#include "worker.h"

/* True, with the answer given, where the client names a descriptor of ours: to it none of that number is open. */
static bool not_open(struct call *call)
{
  if (!descriptors_own(call->frame->fd))
    return false;
  answer_errno(call, EBADF);
  return true;
}

void call_open(struct call *call)
{
  const char *path = (const char *)(call->frame + 1);
  char resolved[LIMIT_PATH];
  struct text message = {0};
  int error = devices_resolve(path, resolved);

  if (error > 0) {
    answer_errno(call, error);
  } else if (error < 0) {
    text_string(&message, path);
    text_string(&message, " is not on the agent's list of devices (--device)");
    text_add(&message, "", 1);
    answer_error(call, RPC_CONFIG, message.data);
    text_free(&message);
  } else {
    /* What the name led to is opened, and nothing that took its place since. */
    answer_returned(call, open(resolved, (int)call->frame->address | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW));
  }
}

void call_ioctl(struct call *call)
{
  struct regions regions;

  if (not_open(call))
    return;
  if (!regions_place(&regions, call)) {
    answer_error(call, RPC_RESOURCE, "no memory for the regions of the call");
    return;
  }
  void *argument = call->frame->regions ? regions.placed[0].at : NULL;
  regions_answer(&regions, call, ioctl(call->frame->fd, (unsigned long)call->frame->request, argument));
}

void call_write(struct call *call)
{
  struct regions regions;

  if (not_open(call))
    return;
  if (!regions_place(&regions, call)) {
    answer_error(call, RPC_RESOURCE, "no memory for the regions of the call");
    return;
  }
  const struct placed first = call->frame->regions ? regions.placed[0] : (struct placed){0};
  const size_t cut = (size_t)call->frame->request;

  if (cut == 0 || cut >= first.length) {
    regions_answer(&regions, call, write(call->frame->fd, first.at, first.length));
    return;
  }
  const struct iovec pieces[] = {{.iov_base = first.at, .iov_len = cut},
                                 {.iov_base = (uint8_t *)first.at + cut, .iov_len = first.length - cut}};
  regions_answer(&regions, call, writev(call->frame->fd, pieces, 2));
}

void call_read(struct call *call)
{
  uint8_t *bytes;

  if (not_open(call))
    return;
  bytes = malloc(call->frame->length ? call->frame->length : 1);
  if (!bytes) {
    answer_error(call, RPC_RESOURCE, "no memory for what is read");
    return;
  }
  ssize_t got = read(call->frame->fd, bytes, call->frame->length);
  if (got < 0)
    answer_errno(call, errno);
  else
    answer_bytes(call, bytes, (size_t)got);
  free(bytes);
}

void call_poll(struct call *call)
{
  const struct frame_entry *entries = (const struct frame_entry *)(call->frame + 1);
  struct pollfd polled[LIMIT_ENTRIES];
  size_t count = call->frame->length;
  bool wait = call->frame->request;

  for (size_t i = 0; i < count; i++) {
    bool own = descriptors_own(entries[i].fd);

    polled[i] = (struct pollfd){.fd = own ? -1 : entries[i].fd, .events = (short)entries[i].events};
    /* What is not open is ready at once. */
    wait = wait && !own;
  }
  if (poll(polled, count, wait ? -1 : 0) < 0) {
    answer_errno(call, errno);
    return;
  }
  rpc_write_head(call->reply, call->frame->id);
  text_string(call->reply, "{\"value\":[");
  for (size_t i = 0; i < count; i++) {
    text_string(call->reply, i ? "," : "");
    text_number(call->reply, descriptors_own(entries[i].fd) ? POLLNVAL : (unsigned short)polled[i].revents);
  }
  text_string(call->reply, "]}}\n");
}

void call_fcntl(struct call *call)
{
  int command = (int)call->frame->request;
  int returned;

  if (not_open(call))
    return;
  returned = fcntl(call->frame->fd, command, (int)call->frame->length);
  if (returned > 0 && command == F_GETFL)
    returned &= O_NONBLOCK;
  answer_returned(call, returned);
}

void call_close(struct call *call)
{
  if (not_open(call))
    return;
  answer_returned(call, close(call->frame->fd));
}
