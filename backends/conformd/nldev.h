/* What the RDMA part of netlink tells (rdma_netlink.h, RDMA_NL_NLDEV). */
#ifndef CONFORMD_NLDEV_H
#define CONFORMD_NLDEV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TALLY_MOST 32
#define TALLY_NAME 32

/* Counts by kind of object, over the devices on the agent's list. */
struct tally {
  size_t kinds;
  char names[TALLY_MOST][TALLY_NAME];
  int64_t counts[TALLY_MOST];
};

/* Adds what there is. False where the kernel tells nothing. */
bool nldev_count(struct tally *tally);

#endif
