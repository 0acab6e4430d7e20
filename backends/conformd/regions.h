/* Memory of one call: the regions of its message, with addresses patched in, and what became of them. */
#ifndef CONFORMD_REGIONS_H
#define CONFORMD_REGIONS_H

#include "worker.h"

struct placed {
  uint8_t *at;
  /* The bytes as the client sent them. */
  const uint8_t *sent;
  uint32_t length;
};

struct regions {
  struct placed placed[LIMIT_REGIONS];
  /* What each patch stored, as it stands once all are stored. */
  uint64_t stored[LIMIT_PATCHES];
};

/* Lays the regions out and stores the patches. False with errno where memory is out. */
bool regions_place(struct regions *regions, struct call *call);
/* The answer: what the call returned, and the regions that changed. Then the memory is given back. */
void regions_answer(struct regions *regions, struct call *call, int64_t returned);

#endif
