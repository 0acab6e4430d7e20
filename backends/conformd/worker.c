#include "worker.h"

#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "descriptors.h"
#include "inbox.h"
#include "lease.h"
#include "memory.h"
#include "outbox.h"
#include "output.h"
#include "privileges.h"
#include "shared.h"
#include "worker_state.h"

/* One thread, and what it needs for a call. */
struct thread {
  struct text frame;
  struct text reply;
  struct arena arena;
};

static struct station *station;
/* The frame whose call the leading thread is in; 0 while it reads. Who changes it to 0 leads. */
static _Atomic uint64_t executing;
static _Atomic int spares;

static void (*const calls[OP_COUNT])(struct call *) = {
  [OP_START] = call_start, [OP_OPEN] = call_open,   [OP_IOCTL] = call_ioctl,     [OP_WRITE] = call_write,
  [OP_READ] = call_read,   [OP_POLL] = call_poll,   [OP_FCNTL] = call_fcntl,     [OP_MAP] = call_map,
  [OP_UNMAP] = call_unmap, [OP_LOAD] = call_load,   [OP_STORE] = call_store,     [OP_CLOSE] = call_close,
  [OP_FORK] = call_fork,   [OP_SEND_FD] = call_send_fd, [OP_TAKE_FD] = call_take_fd, [OP_CONTROL] = call_control,
  [OP_LEASE] = call_lease, [OP_RETURN] = call_return,
};

/* Runs calls until another thread has taken over because one of them did not return. */
static void lead(struct thread *thread)
{
  for (;;) {
    struct call call = {.arena = &thread->arena, .reply = &thread->reply, .file = -1};

    if (inbox_take(&thread->frame, &call.file))
      atomic_fetch_add(&station->leased, 1);
    call.frame = (const struct frame *)thread->frame.data;
    thread->reply.length = 0;
    atomic_store(&station->unsent, outbox_waits());
    uint64_t number = atomic_load(&station->begun) + 1;
    atomic_store(&executing, number);
    atomic_store(&station->begun, number);
    lease_enter_call();

    if (call.frame->op == OP_EXIT)
      worker_exit();
    calls[call.frame->op](&call);
    if (call.is_child)
      continue;
    bool lost = !atomic_compare_exchange_strong(&executing, &number, 0);
    if (!call.left_to_supervisor)
      outbox_add(call.frame, &thread->reply, lost);
    if (lost)
      return;
    lease_leave_call();
  }
}

static void start_spare(void);

/* Sleeps until a call holds up the others. */
static void wait_to_lead(void)
{
  atomic_fetch_add(&spares, 1);
  for (;;) {
    uint32_t seen = atomic_load(&station->kick);
    uint64_t stuck = atomic_load(&station->stuck);

    if (stuck && atomic_compare_exchange_strong(&executing, &stuck, 0))
      break;
    syscall(SYS_futex, &station->kick, FUTEX_WAIT, seen, NULL, NULL, 0);
  }
  if (atomic_fetch_sub(&spares, 1) == 1)
    start_spare();
}

static void *spare_thread(void *unused)
{
  struct thread thread = {0};

  (void)unused;
  for (;;) {
    wait_to_lead();
    lead(&thread);
  }
  return NULL;
}

static void start_spare(void)
{
  pthread_attr_t small;
  pthread_t thread;

  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 256 * 1024);
  pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
  /* Without a spare, calls wait for each other; there is nothing better to be done about it. */
  pthread_create(&thread, &small, spare_thread, NULL);
  pthread_attr_destroy(&small);
}

void worker_begin(uint32_t place)
{
  station = &shared->stations[place];
  atomic_store(&executing, 0);
  atomic_store(&spares, 0);
  memory_begin(&station->mapped);
  outbox_begin(station);
  inbox_begin();
  lease_begin(place);
  start_spare();
}

_Noreturn void worker_exit(void)
{
  outbox_flush();
  /* No other thread is in the middle of a line. */
  output_lock();
  _exit(0);
}

_Noreturn void worker_main(int channel, int input, uint32_t place, enum worker_kind kind)
{
  struct thread thread = {0};
  sigset_t none;

  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGPIPE, SIG_IGN);
  /* Children that a client forks are buried by the kernel; commands of controls are waited for. */
  signal(SIGCHLD, kind == WORKER_CONTROLS ? SIG_DFL : SIG_IGN);
  prctl(PR_SET_NAME, kind == WORKER_CONTROLS ? "conformd-ctl" : "conformd-proc");
  /* Capabilities are a thread's own, so that they go before there is a second one; call_start looks whether they have. */
  if (kind == WORKER_ORDINARY)
    privileges_drop();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  descriptors_settle(channel, input, output_fd());
  memory_prepare();
  worker_begin(place);
  for (;;) {
    lead(&thread);
    wait_to_lead();
  }
}
