#include "paths.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sysfs.h"

#define PATHS_MOST 64
#define PORTS_MOST 255
/* GIDs of a port that are looked at. */
#define GIDS_MOST 256
#define NO_LID UINT32_MAX

struct path {
  uint32_t port;
  uint32_t index;
  uint32_t dlid;
  char dgid[33];
};

static struct path given_paths[PATHS_MOST];
static size_t given_count;

static bool read_number(const char *value, uint32_t most, uint32_t *number)
{
  char *end;
  unsigned long read = strtoul(value, &end, 0);

  *number = (uint32_t)read;
  return end != value && !*end && read <= most && *value != '-';
}

static bool read_pair(const char *key, const char *value, struct path *path)
{
  if (!strcmp(key, "port"))
    return read_number(value, PORTS_MOST, &path->port) && path->port > 0;
  if (!strcmp(key, "sgid_index"))
    return read_number(value, UINT16_MAX, &path->index);
  if (!strcmp(key, "dlid"))
    return read_number(value, UINT32_MAX - 1, &path->dlid);
  if (strcmp(key, "dgid") || strlen(value) != 32 || strspn(value, "0123456789abcdef") != 32)
    return false;
  memcpy(path->dgid, value, sizeof(path->dgid));
  return true;
}

bool paths_add(const char *given)
{
  struct path path = {.index = UINT32_MAX, .dlid = NO_LID};
  char text[200];
  char *rest;

  if (given_count == PATHS_MOST || strlen(given) >= sizeof(text))
    return false;
  strcpy(text, given);
  for (char *pair = strtok_r(text, ",", &rest); pair; pair = strtok_r(NULL, ",", &rest)) {
    char *equals = strchr(pair, '=');

    if (!equals)
      return false;
    *equals = 0;
    if (!read_pair(pair, equals + 1, &path))
      return false;
  }
  if (!path.port || path.index == UINT32_MAX || !*path.dgid)
    return false;
  given_paths[given_count++] = path;
  return true;
}

/* "fe80:0000:..." without its colons; false where there is none, or only zeros. */
static bool read_gid(const char *ibdev, uint32_t port, uint32_t index, char *gid)
{
  char name[64];
  char line[64];
  size_t length = 0;

  snprintf(name, sizeof(name), "ports/%u/gids/%u", port, index);
  if (!sysfs_line(ibdev, name, line, sizeof(line)))
    return false;
  for (const char *at = line; *at && length < 32; at++) {
    if (*at != ':')
      gid[length++] = *at;
  }
  gid[length] = 0;
  return length == 32 && strspn(gid, "0123456789abcdef") == 32 && strspn(gid, "0") != 32;
}

/* How good a GID is for a path of a RoCE port: one of RoCE v2 with an IPv4 address above all. */
static int worth(const char *ibdev, uint32_t port, uint32_t index, const char *gid)
{
  char name[64];
  char type[32];

  snprintf(name, sizeof(name), "ports/%u/gid_attrs/types/%u", port, index);
  if (!sysfs_line(ibdev, name, type, sizeof(type)) || strcmp(type, "RoCE v2"))
    return 1;
  return strncmp(gid, "00000000000000000000ffff", 24) ? 2 : 3;
}

static bool to_itself(const char *ibdev, uint32_t port, struct path *path)
{
  char name[64];
  char layer[32];
  char line[32];
  char gid[33];
  int best = 0;

  *path = (struct path){.port = port, .dlid = NO_LID};
  snprintf(name, sizeof(name), "ports/%u/link_layer", port);
  if (!sysfs_line(ibdev, name, layer, sizeof(layer)))
    return false;
  if (!strcmp(layer, "InfiniBand")) {
    snprintf(name, sizeof(name), "ports/%u/lid", port);
    return read_gid(ibdev, port, 0, path->dgid) && sysfs_line(ibdev, name, line, sizeof(line)) &&
           read_number(line, UINT32_MAX - 1, &path->dlid);
  }
  for (uint32_t index = 0; index < GIDS_MOST && best < 3; index++) {
    int value = read_gid(ibdev, port, index, gid) ? worth(ibdev, port, index, gid) : 0;

    if (value <= best)
      continue;
    best = value;
    path->index = index;
    memcpy(path->dgid, gid, sizeof(gid));
  }
  return best > 0;
}

static void write_path(struct text *json, const struct path *path, const char **between)
{
  text_string(json, *between);
  text_string(json, "{\"port\":");
  text_number(json, path->port);
  text_string(json, ",\"sgid_index\":");
  text_number(json, path->index);
  text_string(json, ",\"dgid\":");
  text_quoted(json, path->dgid);
  if (path->dlid != NO_LID) {
    text_string(json, ",\"dlid\":");
    text_number(json, path->dlid);
  }
  text_string(json, "}");
  *between = ",";
}

static bool is_given(uint32_t port)
{
  for (size_t i = 0; i < given_count; i++) {
    if (given_paths[i].port == port)
      return true;
  }
  return false;
}

void paths_write(struct text *json, const char *ibdev)
{
  const char *between = "";
  char node[64];
  struct path path;

  for (size_t i = 0; i < given_count; i++)
    write_path(json, &given_paths[i], &between);
  /* iWARP has connections, and no paths. */
  if (!sysfs_node(ibdev, node, sizeof(node)) || !strcmp(node, "RNIC"))
    return;
  for (uint32_t port = 1; port <= PORTS_MOST && sysfs_port(ibdev, port); port++) {
    if (!is_given(port) && to_itself(ibdev, port, &path))
      write_path(json, &path, &between);
  }
}
