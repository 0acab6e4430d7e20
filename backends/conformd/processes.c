#include "processes.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "calls.h"
#include "clock.h"
#include "intake.h"
#include "process.h"
#include "worker.h"

struct process processes[STATIONS];
static int events = -1;
static int input = -1;

int processes_prepare(void)
{
  events = epoll_create1(EPOLL_CLOEXEC);
  /* Children of a worker that has died become ours, to be buried. */
  return events < 0 ? -1 : prctl(PR_SET_CHILD_SUBREAPER, 1);
}

void processes_input(int fd)
{
  input = fd;
}

int processes_event_fd(void)
{
  return events;
}

void process_attend(uint32_t place, bool more)
{
  struct process *process = &processes[place];
  struct epoll_event event = {.events = EPOLLIN | (more ? EPOLLOUT : 0u), .data.u32 = place * 2};

  if (process->attended == event.events)
    return;
  epoll_ctl(events, process->attended ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, process->channel, &event);
  process->attended = event.events;
}

bool process_enter(uint32_t place, pid_t pid, int channel)
{
  struct process *process = &processes[place];
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = place * 2 + 1};
  int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);

  if (pidfd < 0)
    return false;
  process->state = PROCESS_LIVE;
  process->pid = pid;
  process->pidfd = pidfd;
  process->channel = channel;
  epoll_ctl(events, EPOLL_CTL_ADD, pidfd, &event);
  process_attend(place, false);
  return true;
}

static void empty_station(uint32_t place)
{
  memset(&shared->stations[place], 0, sizeof(shared->stations[place]));
}

static uint32_t free_place(void)
{
  for (uint32_t place = 0; place < LIMIT_PROCESSES; place++) {
    if (processes[place].state == PROCESS_NONE)
      return place;
  }
  errno = EUSERS;
  return NOWHERE;
}

uint32_t processes_reserve(uint32_t parent, uint32_t slot)
{
  uint32_t place = free_place();

  if (place == NOWHERE)
    return NOWHERE;
  empty_station(place);
  processes[place] = (struct process){.state = PROCESS_RESERVED, .parent = parent, .slot = slot};
  return place;
}

uint32_t processes_spawn(enum worker_kind kind)
{
  uint32_t place = kind == WORKER_CONTROLS ? CONTROL_PLACE : free_place();
  int pair[2];

  if (place == NOWHERE || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
    return NOWHERE;
  empty_station(place);
  pid_t pid = fork();
  if (pid == 0)
    worker_main(pair[1], input, place, kind);
  close(pair[1]);
  if (pid < 0 || !process_enter(place, pid, pair[0])) {
    close(pair[0]);
    return NOWHERE;
  }
  return place;
}

pid_t processes_pid(uint32_t place)
{
  return processes[place].pid;
}

uint32_t processes_find(pid_t pid)
{
  for (uint32_t place = 0; place < LIMIT_PROCESSES; place++) {
    if (processes[place].state == PROCESS_LIVE && processes[place].pid == pid)
      return place;
  }
  return NOWHERE;
}

bool processes_live(uint32_t place)
{
  return place < STATIONS && processes[place].state == PROCESS_LIVE;
}

void process_leave(uint32_t place)
{
  struct process *process = &processes[place];

  /* A child that was to come gets no place any more. */
  for (uint32_t child = 0; child < LIMIT_PROCESSES; child++) {
    if (processes[child].state == PROCESS_RESERVED && processes[child].parent == place)
      processes[child] = (struct process){0};
  }
  close(process->pidfd);
  close(process->channel);
  for (size_t i = 0; i < process->passed; i++)
    close(process->passing[i].fd);
  text_free(&process->out);
  text_free(&process->in);
  *process = (struct process){0};
}

/* Our children, and those of workers that have died; a child of a worker that lives is the kernel's to reap. */
static void reap(void)
{
  int status;
  pid_t pid;

  while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
    for (uint32_t place = 0; place < STATIONS; place++) {
      if (processes[place].state == PROCESS_LIVE && processes[place].pid == pid)
        processes[place].status = status;
    }
  }
}

static void bury(uint32_t place)
{
  struct process *process = &processes[place];
  char why[100];

  process_hear(place);
  reap();
  snprintf(why, sizeof(why), "process %d ended before the call had returned", process->pid);
  if (WIFSIGNALED(process->status) && WTERMSIG(process->status) != SIGKILL)
    snprintf(why, sizeof(why), "process %d was ended by signal %d", process->pid, WTERMSIG(process->status));
  calls_fail(place, why);
  intake_reclaim(place);
  process_leave(place);
}

void processes_hear(void)
{
  struct epoll_event ready[32];
  int count = epoll_wait(events, ready, 32, 0);

  for (int i = 0; i < count; i++) {
    uint32_t place = ready[i].data.u32 / 2;

    if (processes[place].state != PROCESS_LIVE)
      continue;
    if (ready[i].data.u32 & 1)
      bury(place);
    else if (ready[i].events & EPOLLOUT)
      process_send(place);
    else
      process_hear(place);
  }
  reap();
}

bool processes_watch(void)
{
  uint64_t now = clock_microseconds();
  bool again = false;

  for (uint32_t place = 0; place < STATIONS; place++) {
    if (processes[place].state == PROCESS_LIVE && process_watch(place, now))
      again = true;
  }
  return again;
}

uint64_t processes_mapped(void)
{
  uint64_t sum = 0;

  for (uint32_t place = 0; place < STATIONS; place++)
    sum += atomic_load_explicit(&shared->stations[place].mapped, memory_order_relaxed);
  return sum;
}
