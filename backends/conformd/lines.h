/* Lines out of a stream of bytes, of bounded length. */
#ifndef CONFORMD_LINES_H
#define CONFORMD_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include "limits.h"

/* A line of the greatest length with its end, and room so that a read still takes many lines at once. */
#define LINES_ROOM (LIMIT_FRAME + 1 + 65536)

struct lines {
  /* LINES_ROOM bytes. */
  char *data;
  size_t start;
  size_t end;
  /* Bytes from start that were searched without finding an end of line. */
  size_t searched;
  /* Within a line that is too long, up to its end. */
  bool skipping;
};

enum line_kind { LINE_NONE, LINE_WHOLE, LINE_TOO_LONG };

/* Reads what there is. More than 0: bytes; 0: the other side has gone; less: nothing yet (EAGAIN, EINTR), or errno. */
long lines_read(struct lines *lines, int fd);
/* The next line without its end; valid until the next read. LINE_TOO_LONG once for each line that is. */
enum line_kind lines_next(struct lines *lines, char **line, size_t *length);
/* Forgets what was read. */
void lines_clear(struct lines *lines);

#endif
