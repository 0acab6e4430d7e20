/* The files that a client may open. */
#ifndef CONFORMD_DEVICES_H
#define CONFORMD_DEVICES_H

#include <stdbool.h>
#include <stddef.h>

#define DEVICES_MOST 64

struct device {
  /* As describe tells it: the last part of the path. */
  const char *name;
  const char *path;
};

/* `uverbs0` stands for /dev/infiniband/uverbs0; anything else is an absolute path. False where it is neither. */
bool devices_add(const char *given);
size_t devices_count(void);
const struct device *devices_at(size_t index);
/*
 * What `path` leads to, into `resolved` of LIMIT_PATH bytes: 0 where it is on the list, an errno where there is no such
 * file, -1 where there is but it is not on the list.
 */
int devices_resolve(const char *path, char *resolved);

#endif
