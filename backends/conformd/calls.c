#include "calls.h"

#include <stdatomic.h>
#include "limits.h"
#include "shared.h"

struct slot {
  struct asker asker;
  uint32_t place;
  enum op op;
};

/* Of calls that were handed over; those of leased ones stand in shared memory, where the worker wrote them. */
static struct slot slots[LIMIT_INFLIGHT];

static const char *const op_names[OP_COUNT] = {
  [OP_START] = "process", [OP_OPEN] = "open",   [OP_IOCTL] = "ioctl",    [OP_WRITE] = "write",    [OP_READ] = "read",
  [OP_POLL] = "poll",     [OP_FCNTL] = "fcntl", [OP_MAP] = "map",        [OP_UNMAP] = "unmap",    [OP_LOAD] = "load",
  [OP_STORE] = "store",   [OP_CLOSE] = "close", [OP_FORK] = "fork",      [OP_SEND_FD] = "sendFd", [OP_TAKE_FD] = "sendFd",
  [OP_EXIT] = "exit",     [OP_CONTROL] = "control",
};

static int busy(uint32_t slot)
{
  /* Acquire: what the worker wrote before it ended the call is done. */
  return atomic_load_explicit(&shared->busy[slot], memory_order_acquire);
}

/* Only who reads lines asks for slots. */
static int free_slot(void)
{
  for (uint32_t tried = 0; tried < LIMIT_INFLIGHT; tried++) {
    uint32_t slot = shared->next++ % LIMIT_INFLIGHT;

    if (!busy(slot))
      return (int)slot;
  }
  return -1;
}

int calls_begin(struct asker asker, uint32_t place, enum op op)
{
  int slot = free_slot();

  if (slot < 0)
    return -1;
  slots[slot] = (struct slot){.asker = asker, .place = place, .op = op};
  atomic_store_explicit(&shared->busy[slot], SLOT_HANDED, memory_order_relaxed);
  return slot;
}

int calls_begin_leased(uint64_t id, uint32_t place, enum op op)
{
  int slot = free_slot();

  if (slot < 0)
    return -1;
  shared->leased[slot].id = id;
  shared->leased[slot].place = place;
  shared->leased[slot].op = op;
  atomic_store_explicit(&shared->busy[slot], SLOT_LEASED, memory_order_release);
  return slot;
}

/* What the slot is in use for; a place that nobody has where it is not. */
static struct slot look(uint32_t slot)
{
  switch (busy(slot)) {
  case SLOT_HANDED:
    return slots[slot];
  case SLOT_LEASED:
    return (struct slot){.asker = {.id = shared->leased[slot].id},
                         .place = shared->leased[slot].place,
                         .op = shared->leased[slot].op == OP_WRITE ? OP_WRITE : OP_IOCTL};
  default:
    return (struct slot){.place = UINT32_MAX};
  }
}

const struct asker *calls_asker(uint32_t slot, uint32_t place)
{
  if (slot >= LIMIT_INFLIGHT || busy(slot) != SLOT_HANDED || slots[slot].place != place)
    return NULL;
  return &slots[slot].asker;
}

enum op calls_op(uint32_t slot)
{
  return slots[slot].op;
}

void calls_move(uint32_t slot, uint32_t place)
{
  slots[slot].place = place;
  slots[slot].op = OP_TAKE_FD;
}

void calls_end(uint32_t slot)
{
  atomic_store_explicit(&shared->busy[slot], 0, memory_order_relaxed);
}

void calls_fail(uint32_t place, const char *why)
{
  for (uint32_t slot = 0; slot < LIMIT_INFLIGHT; slot++) {
    struct slot call = look(slot);

    if (call.place != place)
      continue;
    if (call.op == OP_EXIT)
      rpc_result(call.asker, "{}");
    else
      rpc_error(call.asker, RPC_CRASH, why);
    calls_end(slot);
  }
}

bool calls_any(uint32_t place)
{
  for (uint32_t slot = 0; slot < LIMIT_INFLIGHT; slot++) {
    if (busy(slot) && (place == UINT32_MAX || look(slot).place == place))
      return true;
  }
  return false;
}

void calls_name(uint32_t place, struct text *names)
{
  const char *between = "";

  for (uint32_t slot = 0; slot < LIMIT_INFLIGHT; slot++) {
    struct slot call = look(slot);

    if (call.place != place)
      continue;
    text_string(names, between);
    text_string(names, op_names[call.op]);
    text_string(names, " (id ");
    text_number(names, (int64_t)call.asker.id);
    text_string(names, ")");
    between = ", ";
  }
}
