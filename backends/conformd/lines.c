#include "lines.h"

#include <string.h>
#include <unistd.h>

long lines_read(struct lines *lines, int fd)
{
  if (lines->start == lines->end)
    lines->start = lines->end = 0;
  if (lines->start && LINES_ROOM - lines->end < 65536) {
    memmove(lines->data, lines->data + lines->start, lines->end - lines->start);
    lines->end -= lines->start;
    lines->start = 0;
  }
  ssize_t got = read(fd, lines->data + lines->end, LINES_ROOM - lines->end);
  if (got > 0)
    lines->end += (size_t)got;
  return got;
}

enum line_kind lines_next(struct lines *lines, char **line, size_t *length)
{
  for (;;) {
    char *from = lines->data + lines->start;
    size_t held = lines->end - lines->start;
    char *end = held > lines->searched ? memchr(from + lines->searched, '\n', held - lines->searched) : NULL;

    if (!end && held <= LIMIT_FRAME) {
      lines->searched = held;
      return LINE_NONE;
    }
    size_t size = end ? (size_t)(end - from) : held;
    bool was_skipping = lines->skipping;

    lines->start += end ? size + 1 : size;
    lines->searched = 0;
    lines->skipping = !end;
    if (was_skipping)
      continue;
    if (size > LIMIT_FRAME)
      return LINE_TOO_LONG;
    *line = from;
    *length = size;
    return LINE_WHOLE;
  }
}

void lines_clear(struct lines *lines)
{
  lines->start = lines->end = lines->searched = 0;
  lines->skipping = false;
}
