#include "nldev.h"

#include <linux/netlink.h>
#include <rdma/rdma_netlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include "sysfs.h"

/* The attribute at `at`, NULL behind the last or where it does not fit; `at` moves on. */
static const struct nlattr *next_attribute(const char **at, const char *end)
{
  const struct nlattr *attribute = (const struct nlattr *)*at;

  if (end - *at < (ptrdiff_t)sizeof(*attribute) || attribute->nla_len < sizeof(*attribute) ||
      attribute->nla_len > end - *at)
    return NULL;
  ptrdiff_t step = NLA_ALIGN(attribute->nla_len);
  *at = step > end - *at ? end : *at + step;
  return attribute;
}

static const char *inside(const struct nlattr *attribute, const char **end)
{
  *end = (const char *)attribute + attribute->nla_len;
  return (const char *)attribute + NLA_HDRLEN;
}

static void read_name(const struct nlattr *attribute, char *name, size_t room)
{
  const char *end;
  const char *at = inside(attribute, &end);

  snprintf(name, room, "%.*s", (int)(end - at), at);
}

static void add(struct tally *tally, const char *name, int64_t count)
{
  size_t kind = 0;

  while (kind < tally->kinds && strcmp(tally->names[kind], name))
    kind++;
  if (kind == TALLY_MOST)
    return;
  if (kind == tally->kinds) {
    snprintf(tally->names[kind], TALLY_NAME, "%s", name);
    tally->counts[kind] = 0;
    tally->kinds++;
  }
  tally->counts[kind] += count;
}

static void add_entry(const struct nlattr *entry, struct tally *tally)
{
  char name[TALLY_NAME] = "";
  uint64_t count = 0;
  const struct nlattr *attribute;
  const char *end;
  const char *at = inside(entry, &end);

  while ((attribute = next_attribute(&at, end))) {
    const char *stop;
    const char *value = inside(attribute, &stop);

    if ((attribute->nla_type & NLA_TYPE_MASK) == RDMA_NLDEV_ATTR_RES_SUMMARY_ENTRY_NAME)
      read_name(attribute, name, sizeof(name));
    else if ((attribute->nla_type & NLA_TYPE_MASK) == RDMA_NLDEV_ATTR_RES_SUMMARY_ENTRY_CURR &&
             stop - value == sizeof(count))
      memcpy(&count, value, sizeof(count));
  }
  if (*name)
    add(tally, name, (int64_t)count);
}

/* One device of the dump: counted where its name is on the list. */
static void add_device(const char *at, const char *end, struct tally *tally)
{
  char name[64] = "";
  const struct nlattr *attribute;

  while ((attribute = next_attribute(&at, end))) {
    if ((attribute->nla_type & NLA_TYPE_MASK) == RDMA_NLDEV_ATTR_DEV_NAME)
      read_name(attribute, name, sizeof(name));
    if ((attribute->nla_type & NLA_TYPE_MASK) != RDMA_NLDEV_ATTR_RES_SUMMARY || !sysfs_lists(name))
      continue;
    const char *stop;
    const char *entry = inside(attribute, &stop);
    const struct nlattr *each;
    while ((each = next_attribute(&entry, stop)))
      add_entry(each, tally);
  }
}

static bool read_dump(int fd, struct tally *tally)
{
  _Alignas(struct nlmsghdr) char buffer[32768];

  for (;;) {
    ssize_t got = recv(fd, buffer, sizeof(buffer), 0);
    struct nlmsghdr *message = (struct nlmsghdr *)buffer;

    if (got <= 0)
      return false;
    for (unsigned left = (unsigned)got; NLMSG_OK(message, left); message = NLMSG_NEXT(message, left)) {
      if (message->nlmsg_type == NLMSG_DONE)
        return true;
      if (message->nlmsg_type == NLMSG_ERROR)
        return false;
      add_device(NLMSG_DATA(message), (char *)message + message->nlmsg_len, tally);
    }
  }
}

bool nldev_count(struct tally *tally)
{
  const struct timeval deadline = {.tv_sec = 1};
  struct nlmsghdr request = {
    .nlmsg_len = sizeof(request),
    .nlmsg_type = RDMA_NL_GET_TYPE(RDMA_NL_NLDEV, RDMA_NLDEV_CMD_RES_GET),
    .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
  };
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_RDMA);
  bool told;

  /* A kernel without RDMA has nothing to count. */
  if (fd < 0)
    return false;
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof(deadline));
  told = send(fd, &request, sizeof(request), 0) == sizeof(request) && read_dump(fd, tally);
  close(fd);
  return told;
}
