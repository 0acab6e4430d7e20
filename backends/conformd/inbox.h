/* Frames from the supervisor. Belongs to the thread that leads. */
#ifndef CONFORMD_INBOX_H
#define CONFORMD_INBOX_H

#include "text.h"

/* Nothing has been read. */
void inbox_begin(void);
/* The next frame into `frame`, and the file that came with it or -1. Sends what waits before it sleeps; ends with the supervisor. */
void inbox_take(struct text *frame, int *file);

#endif
