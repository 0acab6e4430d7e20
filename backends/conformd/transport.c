#include "transport.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "rpc.h"
#include "serve.h"
#include "text.h"

/* Milliseconds between two looks whether the host has opened its side of the port. */
#define LOOK_AGAIN 5

/* A signal that ends the agent; read where it is waited for. */
static int signals(void)
{
  sigset_t ending;

  sigemptyset(&ending);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGHUP);
  sigprocmask(SIG_BLOCK, &ending, NULL);
  return signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
}

static bool stop(int fd)
{
  (void)fd;
  return false;
}

static int fail(const char *path)
{
  fprintf(stderr, "conformd: %s: %s\n", path, strerror(errno));
  return 2;
}

int transport_stdio(void)
{
  const struct watch watches[] = {{signals(), stop}};

  serve(STDIN_FILENO, STDOUT_FILENO, watches, 1);
  return 0;
}

/* A second client learns why it is not served. */
static bool turn_away(int listener)
{
  int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
  struct text refusal = {0};

  if (client < 0)
    return true;
  rpc_write_error(&refusal, 0, RPC_RESOURCE, "the agent serves another client");
  send(client, refusal.data, refusal.length, MSG_DONTWAIT | MSG_NOSIGNAL);
  text_free(&refusal);
  close(client);
  return true;
}

/* A socket that nobody but the owner can reach from its first moment on; takes the place of a dead one only. */
static int open_listener(const char *path)
{
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  struct stat there;
  int fd;

  if (strlen(path) >= sizeof(address.sun_path)) {
    errno = ENAMETOOLONG;
    return -1;
  }
  strcpy(address.sun_path, path);
  fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return -1;
  if (!lstat(path, &there)) {
    bool dead = S_ISSOCK(there.st_mode) && connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0 &&
                errno == ECONNREFUSED;
    if (!dead) {
      close(fd);
      errno = EEXIST;
      return -1;
    }
    unlink(path);
  }
  mode_t before = umask(0177);
  int failed = bind(fd, (struct sockaddr *)&address, sizeof(address)) || listen(fd, 4);
  umask(before);
  if (failed) {
    close(fd);
    return -1;
  }
  return fd;
}

int transport_listen(const char *path)
{
  int listener = open_listener(path);
  int client;
  enum serve_end end = SERVE_GONE;

  if (listener < 0)
    return fail(path);
  const struct watch watches[] = {{signals(), stop}, {listener, turn_away}};
  while (end != SERVE_STOP) {
    struct pollfd ready[] = {{.fd = watches[0].fd, .events = POLLIN}, {.fd = listener, .events = POLLIN}};

    poll(ready, 2, -1);
    if (ready[0].revents)
      break;
    client = ready[1].revents ? accept4(listener, NULL, NULL, SOCK_CLOEXEC) : -1;
    if (client < 0)
      continue;
    end = serve(client, client, watches, 2);
    close(client);
  }
  unlink(path);
  return 0;
}

int transport_port(const char *path)
{
  int port = open(path, O_RDWR | O_CLOEXEC);
  const struct watch watches[] = {{signals(), stop}};
  enum serve_end end = SERVE_GONE;

  if (port < 0)
    return fail(path);
  while (end != SERVE_STOP) {
    struct pollfd ready[] = {{.fd = watches[0].fd, .events = POLLIN}, {.fd = port, .events = POLLIN}};

    poll(ready, 2, -1);
    if (ready[0].revents)
      break;
    if (ready[1].revents & POLLIN && !(ready[1].revents & POLLHUP))
      end = serve(port, port, watches, 1);
    else
      /* The port says that its other side is closed, and goes on saying it. */
      poll(ready, 1, LOOK_AGAIN);
  }
  return 0;
}
