/* Processes that come of processes, and files that go from one to another. */
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "descriptors.h"
#include "outbox.h"
#include "privileges.h"
#include "shared.h"
#include "worker.h"
#include "worker_state.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static bool send_all(const char *bytes, size_t length)
{
  while (length) {
    ssize_t sent = send(descriptors_channel(), bytes, length, MSG_NOSIGNAL);

    if (sent < 0 && errno != EINTR)
      return false;
    if (sent > 0) {
      bytes += sent;
      length -= (size_t)sent;
    }
  }
  return true;
}

static int send_note(const struct note *note, int file)
{
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
  } control = {0};
  struct iovec part = {.iov_base = (void *)(uintptr_t)note, .iov_len = sizeof(*note)};
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control.bytes)};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);

  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &file, sizeof(int));
  return sendmsg(descriptors_channel(), &message, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

int worker_note(enum note_kind kind, uint32_t slot, int32_t value, const struct text *text, int file)
{
  static const char padding[8];
  size_t length = text ? text->length : 0;
  const struct note note = {.size = (uint32_t)(sizeof(note) + length), .kind = kind, .slot = slot, .value = value};
  int result = 0;

  pthread_mutex_lock(&lock);
  if (file >= 0)
    result = send_note(&note, file);
  else if (!send_all((const char *)&note, sizeof(note)) || (text && !send_all(text->data, length)) ||
           !send_all(padding, -length & 7))
    result = -1;
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

void call_start(struct call *call)
{
  if (call->frame->request == WORKER_ORDINARY && privileges_any()) {
    answer_error(call, RPC_RESOURCE, "the capabilities of the process cannot be dropped");
    return;
  }
  rpc_write_head(call->reply, call->frame->id);
  text_string(call->reply, "{\"process\":");
  text_number(call->reply, getpid());
  text_string(call->reply, "}}\n");
}

/* The child tells the supervisor of itself over the channel of its parent, and sends the end of its own with it. */
static void introduce(const struct call *call)
{
  int pair[2];

  pthread_mutex_init(&lock, NULL);
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) ||
      worker_note(NOTE_BORN, call->frame->slot, getpid(), NULL, pair[0]))
    _exit(71);
  descriptors_replace_channel(pair[1]);
  close(pair[0]);
  close(pair[1]);
}

/* Until the child has used our channel, or has died. */
static void await_introduction(pid_t pid, _Atomic uint32_t *born)
{
  const struct timespec while_at_it = {.tv_nsec = 5000000};

  while (!atomic_load(born) && !kill(pid, 0))
    syscall(SYS_futex, born, FUTEX_WAIT, 0, &while_at_it, NULL, 0);
}

void call_fork(struct call *call)
{
  _Atomic uint32_t *born = &shared->stations[call->frame->request].born;
  pid_t pid;
  int error;

  call->left_to_supervisor = true;
  /* Parent and child speak over one channel for a moment, and must not do so at once. */
  pthread_mutex_lock(&lock);
  pid = fork();
  error = errno;
  if (pid == 0) {
    call->is_child = true;
    introduce(call);
    atomic_store(born, 1);
    syscall(SYS_futex, born, FUTEX_WAKE, 1, NULL, NULL, 0);
    worker_begin(call->frame->request);
    return;
  }
  if (pid > 0)
    await_introduction(pid, born);
  pthread_mutex_unlock(&lock);
  if (pid < 0)
    worker_note(NOTE_UNBORN, call->frame->slot, error, NULL, -1);
}

void call_send_fd(struct call *call)
{
  int fd = call->frame->fd;

  if (descriptors_own(fd) || fd < 0)
    answer_errno(call, EBADF);
  else if (worker_note(NOTE_FILE, call->frame->slot, (int32_t)call->frame->request, NULL, fd))
    answer_errno(call, errno);
  else
    call->left_to_supervisor = true;
}

void call_take_fd(struct call *call)
{
  /* The kernel gave it the lowest free number when it arrived, or there was none. */
  if (call->file < 0) {
    answer_errno(call, EMFILE);
    return;
  }
  /* A receiver that does not ask for more gets a descriptor that exec leaves open; ours asked, lest it leak. */
  fcntl(call->file, F_SETFD, 0);
  answer_value(call, call->file);
}
