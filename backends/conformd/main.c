/* conformd: the agent of rdma-conformance on the machine of the device. It knows files, memory and bytes, and no verbs. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include "descriptors.h"
#include "devices.h"
#include "intake.h"
#include "json_arena.h"
#include "options.h"
#include "processes.h"
#include "shared.h"
#include "transport.h"

int main(int argc, char **argv)
{
  options_read(argc, argv);
  signal(SIGPIPE, SIG_IGN);
  if (descriptors_prepare() || shared_make() || intake_make() || json_arena_install() || processes_prepare()) {
    fprintf(stderr, "conformd: cannot start: %s\n", strerror(errno));
    return 2;
  }
  if (!devices_count())
    fputs("conformd: no --device is given, so that nothing can be opened\n", stderr);
  switch (options.way) {
  case WAY_LISTEN:
    return transport_listen(options.path);
  case WAY_PORT:
    return transport_port(options.path);
  default:
    return transport_stdio();
  }
}
