/* The way out to the client, shared by all processes. */
#ifndef CONFORMD_OUTPUT_H
#define CONFORMD_OUTPUT_H

#include <stddef.h>

/* Every line goes to this descriptor from now on; -1: nowhere. */
void output_to(int fd);
int output_fd(void);
/* While it is held, nobody is in the middle of a line. */
void output_lock(void);
void output_unlock(void);
/* Whole lines. A client that has gone is not an error: its end is noticed where lines are read. */
void output_write(const char *lines, size_t length);
/* The same, for who holds the lock. */
void output_write_locked(const char *lines, size_t length);

#endif
