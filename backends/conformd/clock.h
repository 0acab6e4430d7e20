/* Time that only goes forward. */
#ifndef CONFORMD_CLOCK_H
#define CONFORMD_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_microseconds(void)
{
  struct timespec now;

  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

#endif
