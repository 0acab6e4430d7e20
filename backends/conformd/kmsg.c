#include "kmsg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COMPLAINTS_MOST 20
#define COMPLAINT_BYTES 300
/* KERN_WARNING: this level and those below it are complaints. */
#define WARNING 4
/* Bits of the kernel's taint (admin-guide/tainted-kernels): it died (D), it warned (W). */
#define TAINT_DIED (1l << 7)
#define TAINT_WARNED (1l << 9)

static int log_fd = -1;
static long taint_before;

static long taint(void)
{
  FILE *file = fopen("/proc/sys/kernel/tainted", "re");
  long bits = 0;

  if (file) {
    if (fscanf(file, "%ld", &bits) != 1)
      bits = 0;
    fclose(file);
  }
  return bits;
}

void kmsg_mark(void)
{
  if (log_fd < 0)
    log_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (log_fd >= 0)
    lseek(log_fd, 0, SEEK_END);
  taint_before = taint();
}

void kmsg_write(const char *scenario)
{
  char line[600];
  int length = snprintf(line, sizeof(line), "<6>conformance: begin %.500s\n", scenario);
  int fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);

  for (int i = 0; i < length - 1; i++) {
    if ((unsigned char)line[i] < 0x20)
      line[i] = '?';
  }
  /* Where the log may not be written, the marker is missing and nothing else. */
  if (fd >= 0) {
    if (write(fd, line, (size_t)length) < 0 && errno == EINVAL)
      fputs("conformd: the kernel's log refuses markers\n", stderr);
    close(fd);
  }
}

/* A record is "PRIORITY,SEQUENCE,TIME,FLAGS;text\n" and lines of keys, each after a space. */
static bool complains(char *record, const char **text)
{
  static const char *const signs[] = {"WARNING:", "BUG:", "Oops", "INFO: task", "leaked", "Call Trace:", "general protection"};
  char *start = strchr(record, ';');
  long level = strtol(record, NULL, 10) & 7;

  if (!start)
    return false;
  *text = ++start;
  start[strcspn(start, "\n")] = 0;
  if (level <= WARNING)
    return true;
  for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
    if (strstr(start, signs[i]))
      return true;
  }
  return false;
}

static void add(struct text *json, size_t *count, const char *text)
{
  char cut[COMPLAINT_BYTES + 1];

  if ((*count)++ >= COMPLAINTS_MOST)
    return;
  snprintf(cut, sizeof(cut), "%s", text);
  text_string(json, *count == 1 ? "" : ",");
  text_quoted(json, cut);
}

void kmsg_write_complaints(struct text *json)
{
  char record[8192];
  const char *text;
  size_t count = 0;
  long tainted = taint() & ~taint_before;

  if (log_fd < 0)
    return;
  text_string(json, ",\"complaints\":[");
  for (;;) {
    ssize_t got = read(log_fd, record, sizeof(record) - 1);

    /* EPIPE: the log went over records that nobody had read; the next read goes on behind them. */
    if (got < 0 && errno == EPIPE)
      continue;
    if (got <= 0)
      break;
    record[got] = 0;
    if (complains(record, &text))
      add(json, &count, text);
  }
  if (tainted & TAINT_DIED)
    add(json, &count, "the kernel is tainted: it died (D)");
  if (tainted & TAINT_WARNED)
    add(json, &count, "the kernel is tainted: it warned (W)");
  text_string(json, "]");
  taint_before |= tainted;
}
