/*
 * Round trip of an ioctl through conformd, against a raw echo of the same line over a socket of the same kind, by turns:
 *
 *   build/conformd/round_trip build/conformd/conformd
 *
 * Prints medians in microseconds, and calls per second with 64 lines in one write.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 10
#define CALLS 2000
#define DEPTH 64

static char line[4096];
static char buffer[1 << 20];

static double now(void)
{
  struct timespec time;

  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int reach(const char *path)
{
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);

  strcpy(address.sun_path, path);
  for (int tries = 0; connect(fd, (struct sockaddr *)&address, sizeof(address)); tries++) {
    if (tries == 200) {
      perror(path);
      exit(1);
    }
    usleep(10000);
  }
  return fd;
}

/* Waits for `lines` lines; the first is left in the buffer. */
static void hear(int fd, int lines)
{
  size_t length = 0;

  while (lines > 0) {
    ssize_t got = read(fd, buffer + length, sizeof(buffer) - 1 - length);

    if (got <= 0) {
      fprintf(stderr, "the other side has gone\n");
      exit(1);
    }
    for (ssize_t i = 0; i < got; i++)
      lines -= buffer[length + (size_t)i] == '\n';
    length += (size_t)got;
  }
  buffer[length] = 0;
}

static int ask(int fd, const char *request, const char *member)
{
  if (write(fd, request, strlen(request)) < 0)
    exit(1);
  hear(fd, 1);
  char *found = strstr(buffer, member);
  if (!found) {
    fprintf(stderr, "%s-> %s", request, buffer);
    exit(1);
  }
  return atoi(found + strlen(member));
}

static int by_size(const void *a, const void *b)
{
  double left = *(const double *)a, right = *(const double *)b;

  return (left > right) - (left < right);
}

static double median_round_trip(int fd)
{
  static double times[CALLS];

  for (int i = 0; i < CALLS; i++) {
    double start = now();

    if (write(fd, line, strlen(line)) < 0)
      exit(1);
    hear(fd, 1);
    times[i] = now() - start;
  }
  qsort(times, CALLS, sizeof(times[0]), by_size);
  return times[CALLS / 2];
}

static double calls_per_second(int fd)
{
  static char many[DEPTH * sizeof(line)];
  size_t length = strlen(line);
  double start = now();

  for (int i = 0; i < DEPTH; i++)
    memcpy(many + (size_t)i * length, line, length);
  for (int i = 0; i < CALLS / 10; i++) {
    if (write(fd, many, DEPTH * length) < 0)
      exit(1);
    hear(fd, DEPTH);
  }
  return DEPTH * (CALLS / 10) / ((now() - start) / 1e6);
}

static void echo(const char *path)
{
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int listener = socket(AF_UNIX, SOCK_STREAM, 0);

  strcpy(address.sun_path, path);
  if (bind(listener, (struct sockaddr *)&address, sizeof(address)) || listen(listener, 1))
    exit(1);
  int fd = accept(listener, NULL, NULL);
  for (;;) {
    ssize_t got = read(fd, buffer, sizeof(buffer));

    if (got <= 0 || write(fd, buffer, (size_t)got) != got)
      exit(0);
  }
}

int main(int argc, char **argv)
{
  char folder[] = "/tmp/conformd-bench.XXXXXX";
  char echo_path[64], agent_path[64];

  if (argc != 2 || !mkdtemp(folder)) {
    fprintf(stderr, "round_trip CONFORMD\n");
    return 2;
  }
  snprintf(echo_path, sizeof(echo_path), "%s/echo", folder);
  snprintf(agent_path, sizeof(agent_path), "%s/agent", folder);
  pid_t echoing = fork();
  if (!echoing)
    echo(echo_path);
  pid_t agent = fork();
  if (!agent) {
    execl(argv[1], argv[1], "--device", "/dev/ptmx", "--listen", agent_path, (char *)NULL);
    _exit(1);
  }
  int raw = reach(echo_path);
  int fd = reach(agent_path);
  ask(fd, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",\"params\":{\"protocol\":[1],\"client\":\"bench\"}}\n",
      "\"protocol\":");
  int process =
    ask(fd, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"process\",\"params\":{\"privileged\":true}}\n", "\"process\":");
  snprintf(line, sizeof(line),
           "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"open\",\"params\":{\"process\":%d,\"path\":\"/dev/ptmx\",\"flags\":2}}\n",
           process);
  int file = ask(fd, line, "\"value\":");
  /* TIOCGPTN with a message such as a small uverbs call has, 56 bytes and one address. */
  snprintf(line, sizeof(line),
           "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"ioctl\",\"params\":{\"process\":%d,\"fd\":%d,\"request\":2147767344,"
           "\"regions\":[{\"bytes\":\"%0112d\"},{\"bytes\":\"0000000000000000\"}],\"patches\":[[0,40,1,0]]}}\n",
           process, file, 1);

  double best_echo = 1e9, best_agent = 1e9;
  for (int i = 0; i < ROUNDS; i++) {
    double e = median_round_trip(raw), a = median_round_trip(fd);

    best_echo = e < best_echo ? e : best_echo;
    best_agent = a < best_agent ? a : best_agent;
    printf("echo %6.1f us  conformd %6.1f us  ratio %.2f\n", e, a, a / e);
  }
  printf("best: echo %.1f us, conformd %.1f us, ratio %.2f; a line of %zu bytes\n", best_echo, best_agent,
         best_agent / best_echo, strlen(line));
  double e = calls_per_second(raw), a = calls_per_second(fd);
  printf("%d lines in a write: echo %.0f/s, conformd %.0f/s\n", DEPTH, e, a);
  close(fd);
  close(raw);
  kill(agent, SIGTERM);
  waitpid(agent, NULL, 0);
  waitpid(echoing, NULL, 0);
  unlink(echo_path);
  rmdir(folder);
  return 0;
}
