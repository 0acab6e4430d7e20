#include "intake.h"

#include <string.h>
#include <sys/mman.h>
#include "frame.h"
#include "limits.h"
#include "processes.h"

/* Messages in a row that make it worth while to let their process read. */
#define IN_A_ROW 8
/* Microseconds without a call after which the lease is asked back. */
#define IDLE 20000

struct intake *intake;
static uint32_t last = NOWHERE;
static unsigned row;
static bool asked;

int intake_make(void)
{
  size_t room = sizeof(*intake) + LINES_ROOM;

  intake = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (intake == MAP_FAILED)
    return -1;
  intake->lines.data = (char *)(intake + 1);
  return 0;
}

void intake_note(uint32_t place)
{
  row = place != NOWHERE && place == last ? row + 1 : 1;
  last = place;
}

/* A frame that says nothing but its operation, and is not answered. */
static void tell(uint32_t place, enum op op)
{
  struct frame *frame = processes_frame(place, sizeof(*frame));

  if (!frame)
    return;
  frame->op = (uint16_t)op;
  processes_queue(place, frame, -1);
}

bool intake_grant(void)
{
  if (last == NOWHERE || row < IN_A_ROW || intake_leased() || !processes_live(last))
    return false;
  asked = false;
  row = 0;
  atomic_store(&intake->reader, last + 1);
  tell(last, OP_LEASE);
  return true;
}

bool intake_leased(void)
{
  return atomic_load(&intake->reader) != READER_SUPERVISOR;
}

void intake_watch(uint32_t place, uint64_t seen_at, uint64_t now)
{
  if (asked || atomic_load(&intake->reader) != place + 1 || now - seen_at < IDLE)
    return;
  asked = true;
  tell(place, OP_RETURN);
}

void intake_revoke(uint32_t place)
{
  uint32_t busy = (place + 1) | READER_BUSY;

  atomic_compare_exchange_strong(&intake->reader, &busy, READER_SUPERVISOR);
}

void intake_reclaim(uint32_t place)
{
  if ((atomic_load(&intake->reader) & ~READER_BUSY) == place + 1)
    atomic_store(&intake->reader, READER_SUPERVISOR);
}
