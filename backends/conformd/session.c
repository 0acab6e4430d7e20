#include "session.h"

#include <poll.h>
#include <stdio.h>
#include "calls.h"
#include "clock.h"
#include "control.h"
#include "kmsg.h"
#include "processes.h"
#include "resources.h"
#include "rpc.h"

/* Milliseconds that ending the processes may take before the agent goes on without them, and that controls may. */
#define PATIENCE 10000
#define CONTROLS_END 5000
/* Microseconds that calls get which are in flight when the client goes, so that a session can come from a file. */
#define LAST_CALLS 100000

static bool open;
static bool over;

bool session_open(void)
{
  return open;
}

bool session_over(void)
{
  return over;
}

void session_start(void)
{
  open = true;
  resources_remember();
  kmsg_mark();
}

void session_leave(void)
{
  over = true;
}

static void answer_last_calls(void)
{
  uint64_t until = clock_microseconds() + LAST_CALLS;

  processes_flush();
  while (calls_any(UINT32_MAX) && clock_microseconds() < until) {
    struct pollfd event = {.fd = processes_event_fd(), .events = POLLIN};

    processes_watch();
    poll(&event, 1, 1);
    processes_hear();
    processes_flush();
  }
  rpc_flush();
}

bool session_clear(struct text *hanging)
{
  bool used = control_used();
  bool all;

  if (used)
    control_let_go();
  all = processes_end_all(used, PATIENCE, hanging);
  if (!used)
    return all;
  /* A removal ends once the files are closed. */
  processes_await_controls(CONTROLS_END);
  all = processes_end_all(false, PATIENCE, hanging) && all;
  control_set_right();
  return all;
}

void session_end(void)
{
  struct text hanging = {0};

  answer_last_calls();
  if (!session_clear(&hanging))
    fprintf(stderr, "conformd: %.*s\n", (int)hanging.length, hanging.data);
  text_free(&hanging);
  open = over = false;
}

void session_begin(const char *scenario)
{
  /* What was said since the last reset counts too: it would be nobody's otherwise. */
  kmsg_write(scenario);
}
