#include "outbox.h"

#include <time.h>
#include "output.h"
#include "worker.h"

/* Beyond so many bytes, and beyond a tick of the kernel's clock, replies do not wait for more. */
#define ENOUGH 65536

static struct text waiting;
static uint32_t slots[LIMIT_INFLIGHT];
static size_t count;
/* When the first of them came. */
static long since;
static struct station *station;

void outbox_begin(struct station *mine)
{
  station = mine;
  waiting.length = count = 0;
}

/* A call has ended once its reply is out; under the lock, so that who kills us under it knows which have. */
static void write_out(const struct text *lines, const uint32_t *ended, size_t many)
{
  output_lock();
  output_write_locked(lines->data, lines->length);
  for (size_t i = 0; i < many; i++)
    atomic_store_explicit(&shared->busy[ended[i]], 0, memory_order_release);
  output_unlock();
}

void outbox_flush(void)
{
  if (count)
    write_out(&waiting, slots, count);
  waiting.length = count = 0;
  atomic_store(&station->unsent, 0);
}

void outbox_add(const struct frame *frame, const struct text *reply, bool alone)
{
  if (frame->batched) {
    worker_note(NOTE_REPLY, frame->slot, 0, reply, -1);
    return;
  }
  if (alone) {
    write_out(reply, &frame->slot, 1);
    return;
  }
  struct timespec now;

  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  if (!count)
    since = now.tv_nsec;
  text_add(&waiting, reply->data, reply->length);
  slots[count++] = frame->slot;
  if (waiting.length >= ENOUGH || count == LIMIT_INFLIGHT || now.tv_nsec != since)
    outbox_flush();
}

bool outbox_waits(void)
{
  return count > 0;
}
