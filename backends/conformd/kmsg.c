#include "kmsg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Faults that are told, lines quoted after each, and bytes of a line. */
#define FAULTS_MOST 20
#define LINES_FOLLOWING 8
#define LINE_BYTES 300
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

/* A record is "PRIORITY,SEQUENCE,TIME,FLAGS;text\n" and lines of keys, each after a space. NULL where it is none. */
static const char *text_of(char *record)
{
  char *start = strchr(record, ';');

  if (!start)
    return NULL;
  start[1 + strcspn(start + 1, "\n")] = 0;
  return start + 1;
}

/* A fault of the kernel, and not merely something it says loudly. */
static bool is_fault(const char *line)
{
  static const char *const signs[] = {
    "WARNING:",     "BUG:",        "Oops",       "general protection", "KASAN:",        "UBSAN:",
    "KCSAN:",       "refcount_t:", "list_add",   "list_del",           "INFO: task",    "self-detected stall",
    "detected stall", "soft lockup", "hard LOCKUP", "INFO: possible",  "Kernel panic",  "double free",
    "leaked",       "detected leak", "unable to handle", "Unable to handle",
  };

  for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
    if (strstr(line, signs[i]))
      return true;
  }
  return false;
}

/* Faults as they are gathered: each with the lines that follow it, which hold the trace of calls. */
struct faults {
  struct text *json;
  size_t count;
  struct text quote;
  size_t lines;
};

static void finish(struct faults *faults)
{
  if (!faults->quote.length)
    return;
  text_add(&faults->quote, "", 1);
  text_string(faults->json, faults->count++ ? "," : "");
  text_quoted(faults->json, faults->quote.data);
  text_free(&faults->quote);
}

static void add_line(struct faults *faults, const char *line)
{
  bool follows = faults->quote.length && faults->lines <= LINES_FOLLOWING;

  if (!follows) {
    finish(faults);
    if (!is_fault(line) || faults->count == FAULTS_MOST)
      return;
    faults->lines = 0;
  }
  text_string(&faults->quote, follows ? "\n" : "");
  text_add(&faults->quote, line, strnlen(line, LINE_BYTES));
  faults->lines++;
}

static void read_log(struct faults *faults)
{
  char record[8192];

  for (;;) {
    ssize_t got = read(log_fd, record, sizeof(record) - 1);
    const char *line;

    /* EPIPE: the log went over records that nobody had read; the next read goes on behind them. */
    if (got < 0 && errno == EPIPE)
      continue;
    if (got <= 0)
      break;
    record[got] = 0;
    line = text_of(record);
    if (line)
      add_line(faults, line);
  }
  finish(faults);
}

void kmsg_write_complaints(struct text *json)
{
  struct faults faults = {.json = json};
  long tainted = taint() & ~taint_before;

  if (log_fd < 0)
    return;
  text_string(json, ",\"complaints\":[");
  read_log(&faults);
  if (tainted & TAINT_DIED)
    add_line(&faults, "BUG: the kernel is tainted: it died (D)");
  finish(&faults);
  if (tainted & TAINT_WARNED)
    add_line(&faults, "WARNING: the kernel is tainted: it warned (W)");
  finish(&faults);
  text_string(json, "]");
  taint_before |= tainted;
}
