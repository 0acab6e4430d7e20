/* What makes a process an ordinary one. */
#ifndef CONFORMD_PRIVILEGES_H
#define CONFORMD_PRIVILEGES_H

#include <stdbool.h>

/* Gives up every capability of the calling thread, for good; the user stays. */
void privileges_drop(void);
/* True where the calling thread has a capability. */
bool privileges_any(void);

#endif
