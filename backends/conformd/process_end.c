/* The end of all processes of a session. */
#include "processes.h"

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "calls.h"
#include "clock.h"
#include "intake.h"
#include "output.h"
#include "process.h"

/* True where some are left. A process that was forked meanwhile is killed the next time. */
static bool kill_all(uint32_t places)
{
  bool left = false;

  /* Nobody dies in the middle of a line. */
  output_lock();
  for (uint32_t place = 0; place < places; place++) {
    struct process *process = &processes[place];

    if (process->state != PROCESS_LIVE)
      continue;
    left = true;
    if (!process->killed)
      syscall(SYS_pidfd_send_signal, process->pidfd, SIGKILL, NULL, 0);
    process->killed = true;
  }
  output_unlock();
  return left;
}

static void name_hanging(uint32_t place, struct text *hanging)
{
  text_string(hanging, hanging->length ? "; process " : "process ");
  text_number(hanging, processes[place].pid);
  text_string(hanging, " does not end: ");
  calls_name(place, hanging);
}

static void wait_a_little(void)
{
  struct pollfd event = {.fd = processes_event_fd(), .events = POLLIN};

  poll(&event, 1, 50);
  processes_hear();
}

void processes_await_controls(unsigned milliseconds)
{
  uint64_t until = clock_microseconds() + milliseconds * 1000ull;

  while (calls_any(CONTROL_PLACE) && clock_microseconds() < until)
    usleep(1000);
}

bool processes_end_all(bool but_controls, unsigned milliseconds, struct text *hanging)
{
  uint32_t places = but_controls ? CONTROL_PLACE : STATIONS;
  uint64_t until = clock_microseconds() + milliseconds * 1000ull;
  bool all = true;

  while (kill_all(places) && clock_microseconds() < until)
    wait_a_little();
  for (uint32_t place = 0; place < places; place++) {
    if (processes[place].state != PROCESS_LIVE)
      continue;
    all = false;
    name_hanging(place, hanging);
    calls_fail(place, "the process does not end");
    intake_reclaim(place);
    process_leave(place);
  }
  return all;
}
