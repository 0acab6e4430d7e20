/* Frames from the supervisor. Belongs to the thread that leads. */
#ifndef CONFORMD_INBOX_H
#define CONFORMD_INBOX_H

#include <stdbool.h>
#include "text.h"

/* Nothing has been read. */
void inbox_begin(void);
/*
 * The next frame into `frame`, and the file that came with it or -1; true where it was made of a line that this worker read.
 * Sends what waits before it sleeps; ends with the supervisor.
 */
bool inbox_take(struct text *frame, int *file);

#endif
