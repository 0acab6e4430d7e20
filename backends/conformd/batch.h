/* A JSON-RPC batch: its answers wait for the last of them and leave as one line. */
#ifndef CONFORMD_BATCH_H
#define CONFORMD_BATCH_H

#include <stddef.h>
#include "text.h"

struct batch;

/* A batch that is held open until batch_done, while its requests are taken. */
struct batch *batch_open(void);
/* One more answer is to come. */
void batch_expect(struct batch *batch);
/* One answer, without the end of its line. The line of the whole is written to `lines` if it was the last one. */
void batch_answer(struct batch *batch, const char *answer, size_t length, struct text *lines);
/* Every request has been taken. */
void batch_done(struct batch *batch, struct text *lines);
/* True where `more` bytes still fit the line of the whole. */
int batch_fits(const struct batch *batch, size_t more);

#endif
