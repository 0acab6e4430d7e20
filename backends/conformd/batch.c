#include "batch.h"

#include <stdlib.h>
#include "limits.h"

struct batch {
  struct text answers;
  size_t expected;
};

struct batch *batch_open(void)
{
  struct batch *batch = calloc(1, sizeof(*batch));

  if (!batch)
    abort();
  batch->expected = 1;
  return batch;
}

void batch_expect(struct batch *batch)
{
  batch->expected++;
}

static void close_if_last(struct batch *batch, struct text *lines)
{
  if (--batch->expected)
    return;
  if (batch->answers.length) {
    text_string(lines, "[");
    text_add(lines, batch->answers.data, batch->answers.length);
    text_string(lines, "]\n");
  }
  text_free(&batch->answers);
  free(batch);
}

void batch_answer(struct batch *batch, const char *answer, size_t length, struct text *lines)
{
  if (batch->answers.length)
    text_string(&batch->answers, ",");
  text_add(&batch->answers, answer, length);
  close_if_last(batch, lines);
}

void batch_done(struct batch *batch, struct text *lines)
{
  close_if_last(batch, lines);
}

int batch_fits(const struct batch *batch, size_t more)
{
  return batch->answers.length + more + 3 <= LIMIT_FRAME;
}
