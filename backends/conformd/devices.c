#include "devices.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "limits.h"

_Static_assert(LIMIT_PATH >= PATH_MAX, "a resolved path has room");

static struct device devices[DEVICES_MOST];
static size_t count;

/* True where a part of the path is `..`, which leads elsewhere when a directory is moved. */
static bool climbs(const char *path)
{
  for (const char *at = path; (at = strstr(at, "..")); at += 2) {
    if ((at == path || at[-1] == '/') && (at[2] == '/' || !at[2]))
      return true;
  }
  return false;
}

bool devices_add(const char *given)
{
  size_t room = strlen(given) + sizeof("/dev/infiniband/");
  char *path = malloc(room);

  if (!path || !*given || count == DEVICES_MOST || (*given != '/' && strchr(given, '/')) || climbs(given)) {
    free(path);
    return false;
  }
  snprintf(path, room, "%s%s", *given == '/' ? "" : "/dev/infiniband/", given);
  devices[count++] = (struct device){.name = strrchr(path, '/') + 1, .path = path};
  return true;
}

size_t devices_count(void)
{
  return count;
}

const struct device *devices_at(size_t index)
{
  return &devices[index];
}

int devices_resolve(const char *path, char *resolved)
{
  char listed[LIMIT_PATH];

  if (*path != '/' || climbs(path))
    return -1;
  if (!realpath(path, resolved))
    return errno;
  /* Both are resolved anew each time: a device that was removed and came back may be behind another link. */
  for (size_t i = 0; i < count; i++) {
    if (realpath(devices[i].path, listed) && !strcmp(listed, resolved))
      return 0;
  }
  return -1;
}
