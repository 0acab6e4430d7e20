/* A session: from hello to bye, to the end of the connection, or to the next hello. */
#ifndef CONFORMD_SESSION_H
#define CONFORMD_SESSION_H

#include <stdbool.h>
#include "text.h"

#define SCENARIO_FIELD {"scenario", FIELD_STRING, 1, 500, false}

bool session_open(void);
/* True once the client has said bye. */
bool session_over(void);
void session_start(void);
void session_leave(void);
/* Ends whatever is open; the next message is hello again. */
void session_end(void);
/* Ends all processes and undoes what controls did. False where some do not end, which are named. */
bool session_clear(struct text *hanging);
/* What comes next is done for this scenario. */
void session_begin(const char *scenario);

#endif
