#include "descriptors.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
#include "output.h"

/* Where the agent's own begin, unless the machine allows fewer descriptors. */
#define WANTED_BASE 1024
/* Channel, output and input. */
#define OWN 3

static int base;
static int nothing = -1;

static void allow(rlim_t count)
{
  struct rlimit limit;

  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = count < limit.rlim_max ? count : limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

int descriptors_prepare(void)
{
  struct rlimit limit;

  allow(WANTED_BASE + OWN);
  if (getrlimit(RLIMIT_NOFILE, &limit))
    return -1;
  base = (int)limit.rlim_cur - OWN;
  nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  return nothing < 0 ? -1 : 0;
}

static void move(int fd, int to)
{
  if (dup3(fd, to, O_CLOEXEC) < 0)
    _exit(70);
}

void descriptors_settle(int channel, int input, int output)
{
  move(channel, base);
  move(output, base + 1);
  move(input, base + 2);
  for (int fd = 0; fd < 3; fd++)
    dup2(nothing, fd);
  close_range(3, (unsigned)base - 1, 0);
  close_range((unsigned)base + OWN, ~0u, 0);
  output_to(base + 1);
  /* What is open stays open above the limit, and nothing new comes there. */
  allow((rlim_t)base);
}

void descriptors_replace_channel(int channel)
{
  allow((rlim_t)base + OWN);
  move(channel, base);
  allow((rlim_t)base);
}

void descriptors_hush(void)
{
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);
}

int descriptors_input(void)
{
  return base + 2;
}

int descriptors_channel(void)
{
  return base;
}

bool descriptors_own(int fd)
{
  return fd >= base;
}
