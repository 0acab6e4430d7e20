#include "serve.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include "intake.h"
#include "output.h"
#include "processes.h"
#include "rpc.h"
#include "session.h"

static void take_lines(void)
{
  char *line;
  size_t length;

  for (;;) {
    switch (lines_next(&intake->lines, &line, &length)) {
    case LINE_NONE:
      return;
    case LINE_TOO_LONG:
      rpc_error((struct asker){0}, RPC_OVERLOAD, "a line is longer than limits.frame");
      break;
    case LINE_WHOLE:
      rpc_line(line, length);
      break;
    }
    if (session_over())
      return;
  }
}

/* False where the client has gone. */
static bool read_client(int in)
{
  long got = lines_read(&intake->lines, in);

  if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
    return false;
  take_lines();
  return !session_over();
}

static enum serve_end talk(int in, const struct watch *watches, int count)
{
  struct pollfd ready[4] = {{.fd = in, .events = POLLIN}, {.fd = processes_event_fd(), .events = POLLIN}};

  bool was_leased = false;

  for (int i = 0; i < count; i++)
    ready[2 + i] = (struct pollfd){.fd = watches[i].fd, .events = POLLIN};
  for (;;) {
    bool leased = intake_leased();

    /* What a worker left when it gave the lease back. */
    if (was_leased && !leased) {
      take_lines();
      if (session_over())
        return SERVE_GONE;
    }
    was_leased = intake_grant() || leased;
    processes_flush();
    rpc_flush();
    bool again = processes_watch();
    /* Back already, or revoked by the watch: nobody else would look at the lines. */
    if (was_leased && !intake_leased())
      continue;
    ready[0].fd = was_leased ? -1 : in;
    if (poll(ready, (nfds_t)(2 + count), again ? 1 : -1) < 0)
      continue;
    if (ready[0].revents && !read_client(in))
      return SERVE_GONE;
    if (ready[1].revents)
      processes_hear();
    for (int i = 0; i < count; i++) {
      if (ready[2 + i].revents && !watches[i].ready(watches[i].fd))
        return SERVE_STOP;
    }
  }
}

enum serve_end serve(int in, int out, const struct watch *watches, int count)
{
  enum serve_end end;

  lines_clear(&intake->lines);
  processes_input(in);
  output_to(out);
  end = talk(in, watches, count);
  session_end();
  rpc_forget();
  output_to(-1);
  return end;
}
