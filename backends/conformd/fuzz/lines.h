/* Lines for an agent, right and wrong. */
#ifndef CONFORMD_FUZZ_LINES_H
#define CONFORMD_FUZZ_LINES_H

#include <stdint.h>
#include "../text.h"

#define WORLD_PROCESSES 3

/* What lines can be about. */
struct world {
  uint64_t random;
  long long process[WORLD_PROCESSES];
};

/* Below `most`. */
unsigned lines_random(struct world *world, unsigned most);
/* One line with its end, changed in up to a few places. */
void lines_add(struct world *world, struct text *text);
/* An ioctl or a write as clients write it, without an end, perhaps with something wrong in a value. */
void lines_message(struct world *world, struct text *text, long long id);

#endif
