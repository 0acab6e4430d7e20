#include "output.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>
#include "shared.h"

static int out = -1;

void output_to(int fd)
{
  out = fd;
}

int output_fd(void)
{
  return out;
}

static bool write_all(const char *bytes, size_t length)
{
  while (length) {
    ssize_t written = write(out, bytes, length);

    if (written >= 0) {
      bytes += written;
      length -= (size_t)written;
    } else if (errno == EAGAIN) {
      struct pollfd ready = {.fd = out, .events = POLLOUT};

      poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

void output_lock(void)
{
  if (pthread_mutex_lock(&shared->output) == EOWNERDEAD) {
    pthread_mutex_consistent(&shared->output);
    /* Somebody died in the middle of a line: what there is of it must not swallow the next one. */
    if (atomic_exchange(&shared->midline, 0) && out >= 0)
      write_all("\n", 1);
  }
}

void output_unlock(void)
{
  pthread_mutex_unlock(&shared->output);
}

void output_write_locked(const char *lines, size_t length)
{
  if (out < 0)
    return;
  atomic_store(&shared->midline, 1);
  write_all(lines, length);
  atomic_store(&shared->midline, 0);
}

void output_write(const char *lines, size_t length)
{
  if (!length)
    return;
  output_lock();
  output_write_locked(lines, length);
  output_unlock();
}
