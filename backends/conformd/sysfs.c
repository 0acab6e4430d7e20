#include "sysfs.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool read_line(const char *path, char *line, size_t room)
{
  FILE *file = fopen(path, "re");
  bool got;

  if (!file)
    return false;
  got = fgets(line, (int)room, file) != NULL;
  fclose(file);
  if (got)
    line[strcspn(line, "\n")] = 0;
  return got;
}

bool sysfs_ibdev(const struct device *device, char *name, size_t room)
{
  char path[PATH_MAX];

  snprintf(path, sizeof(path), "/sys/class/infiniband_verbs/%.200s/ibdev", device->name);
  return read_line(path, name, room);
}

bool sysfs_line(const char *ibdev, const char *file, char *line, size_t room)
{
  char path[PATH_MAX];

  snprintf(path, sizeof(path), "/sys/class/infiniband/%.60s/%.100s", ibdev, file);
  return read_line(path, line, room);
}

bool sysfs_node(const char *ibdev, char *node, size_t room)
{
  char line[64];
  const char *word;

  /* "1: CA" */
  if (!sysfs_line(ibdev, "node_type", line, sizeof(line)))
    return false;
  word = strstr(line, ": ");
  snprintf(node, room, "%s", word ? word + 2 : line);
  return true;
}

bool sysfs_port(const char *ibdev, unsigned port)
{
  char path[PATH_MAX];

  snprintf(path, sizeof(path), "/sys/class/infiniband/%.60s/ports/%u", ibdev, port);
  return !access(path, F_OK);
}

bool sysfs_driver(const char *ibdev, char *driver, size_t room)
{
  char path[PATH_MAX];
  char target[PATH_MAX];
  char node[64];

  snprintf(path, sizeof(path), "/sys/class/infiniband/%.60s/device/driver", ibdev);
  ssize_t length = readlink(path, target, sizeof(target) - 1);
  if (length > 0) {
    target[length] = 0;
    const char *slash = strrchr(target, '/');
    snprintf(driver, room, "%s", slash ? slash + 1 : target);
    return true;
  }
  /* The software drivers have no bus: only rxe says what it stands on, and siw is the other one with node type RNIC. */
  snprintf(path, sizeof(path), "/sys/class/infiniband/%.60s/parent", ibdev);
  if (!access(path, F_OK)) {
    snprintf(driver, room, "rxe");
    return true;
  }
  if (!sysfs_node(ibdev, node, sizeof(node)) || strcmp(node, "RNIC"))
    return false;
  snprintf(driver, room, "siw");
  return true;
}

bool sysfs_lists(const char *ibdev)
{
  char name[64];

  for (size_t i = 0; i < devices_count(); i++) {
    if (sysfs_ibdev(devices_at(i), name, sizeof(name)) && !strcmp(name, ibdev))
      return true;
  }
  return false;
}
