#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include "devices.h"
#include "limits.h"
#include "paths.h"

#define PATIENCE 50

struct options options = {.way = WAY_STDIO, .patience = PATIENCE};

static const char help[] =
  "conformd: the agent of rdma-conformance on the machine of the device\n"
  "\n"
  "It opens the listed devices, passes bytes to them and answers with what they say, one JSON text a line.\n"
  "\n"
  "  conformd --device uverbs0\n"
  "  ssh root@host conformd --stdio --device uverbs0\n"
  "\n"
  "  --device NAME     uverbs0 for /dev/infiniband/uverbs0, or an absolute path; can be repeated;\n"
  "                    nothing else is ever opened for a client\n"
  "  --stdio           the client is at standard input and output (the default)\n"
  "  --listen PATH     a unix socket of mode 0600, for one client at a time\n"
  "  --port PATH       a virtio-serial port, such as /dev/virtio-ports/conformance\n"
  "  --driver NAME     name of the driver, where sysfs does not tell it\n"
  "  --path PATH       port=1,sgid_index=3,dgid=32 hex digits: where a path from the port can lead, by default\n"
  "                    to itself; can be repeated\n"
  "  --patience MS     a call that takes longer waits for something (50)\n"
  "  --on-plug CMD     a command that brings a removed device back: a path alone, or for a shell;\n"
  "                    CONFORM_DEVICE names the device\n"
  "  --on-remove CMD   a command that takes a device away; by default the module conform_inject does\n"
  "  --help, --version\n";

enum { DEVICE = 256, STDIO, LISTEN, PORT, DRIVER, PATH, PATIENCE_MS, ON_PLUG, ON_REMOVE, HELP, VERSION };

static const struct option known[] = {
  {"device", required_argument, NULL, DEVICE},
  {"stdio", no_argument, NULL, STDIO},
  {"listen", required_argument, NULL, LISTEN},
  {"port", required_argument, NULL, PORT},
  {"driver", required_argument, NULL, DRIVER},
  {"path", required_argument, NULL, PATH},
  {"patience", required_argument, NULL, PATIENCE_MS},
  {"on-plug", required_argument, NULL, ON_PLUG},
  {"on-remove", required_argument, NULL, ON_REMOVE},
  {"help", no_argument, NULL, HELP},
  {"version", no_argument, NULL, VERSION},
  {0},
};

static _Noreturn void refuse(const char *what, const char *given)
{
  fprintf(stderr, "conformd: %s%s%s; conformd --help tells more\n", what, given ? ": " : "", given ? given : "");
  exit(2);
}

static int read_patience(const char *given)
{
  char *end;
  long value = strtol(given, &end, 10);

  if (*end || end == given || value < 0 || value > 600000)
    refuse("--patience wants milliseconds from 0 to 600000", given);
  return (int)value;
}

void options_read(int argc, char **argv)
{
  int option;
  int ways = 0;

  while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
    switch (option) {
    case DEVICE:
      if (!devices_add(optarg))
        refuse("--device wants a name such as uverbs0 or an absolute path, without ..", optarg);
      break;
    case STDIO:
    case LISTEN:
    case PORT:
      ways++;
      options.way = option == STDIO ? WAY_STDIO : option == LISTEN ? WAY_LISTEN : WAY_PORT;
      options.path = optarg;
      break;
    case DRIVER:
      options.driver = optarg;
      break;
    case PATH:
      if (!paths_add(optarg))
        refuse("--path wants port=N,sgid_index=N,dgid=32 hex digits and perhaps dlid=N", optarg);
      break;
    case PATIENCE_MS:
      options.patience = read_patience(optarg);
      break;
    case ON_PLUG:
      options.on_plug = optarg;
      break;
    case ON_REMOVE:
      options.on_remove = optarg;
      break;
    case HELP:
      fputs(help, stdout);
      exit(0);
    case VERSION:
      puts("conformd " AGENT_VERSION);
      exit(0);
    default:
      /* getopt has said what is wrong. */
      fputs("conformd --help tells more\n", stderr);
      exit(2);
    }
  }
  if (optind < argc)
    refuse("takes no arguments beside its options", argv[optind]);
  if (ways > 1)
    refuse("--stdio, --listen and --port exclude each other", NULL);
}
