/* The methods of the protocol. */
#ifndef CONFORMD_METHODS_H
#define CONFORMD_METHODS_H

#include <jansson.h>
#include "params.h"
#include "rpc.h"

/* A method reads its params by `fields` and answers, or hands the call to a worker that does. */
struct method {
  const char *name;
  const struct field *fields;
  void (*call)(struct asker asker, const struct argument *arguments);
};

/* Of the session (session_methods.c), on files and memory (file_methods.c), and messages with regions (message_methods.c). */
extern const struct method session_methods[];
extern const struct method file_methods[];
extern const struct method message_methods[];

void methods_call(struct asker asker, const char *name, json_t *params);
/* A request that wants no answer: `begin` is the only one. */
void methods_notify(const char *name, json_t *params);

#endif
