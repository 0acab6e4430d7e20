/* Serves one client. */
#ifndef CONFORMD_SERVE_H
#define CONFORMD_SERVE_H

#include <stdbool.h>

/* What else is waited for meanwhile: a descriptor, and what is done when it is readable; false ends the agent. */
struct watch {
  int fd;
  bool (*ready)(int fd);
};

enum serve_end {
  /* The client said bye, or has gone. */
  SERVE_GONE,
  /* A watch said so. */
  SERVE_STOP,
};

/* Until the client has gone; every process of its session has ended then. `count` watches, at most 2. */
enum serve_end serve(int in, int out, const struct watch *watches, int count);

#endif
