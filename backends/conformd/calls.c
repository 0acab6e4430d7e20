#include "calls.h"

#include <stdatomic.h>
#include "limits.h"
#include "shared.h"

struct slot {
  struct asker asker;
  uint32_t place;
  enum op op;
};

static struct slot slots[LIMIT_INFLIGHT];
static uint32_t next;

static const char *const op_names[OP_COUNT] = {
  [OP_START] = "process", [OP_OPEN] = "open",   [OP_IOCTL] = "ioctl",    [OP_WRITE] = "write",    [OP_READ] = "read",
  [OP_POLL] = "poll",     [OP_FCNTL] = "fcntl", [OP_MAP] = "map",        [OP_UNMAP] = "unmap",    [OP_LOAD] = "load",
  [OP_STORE] = "store",   [OP_CLOSE] = "close", [OP_FORK] = "fork",      [OP_SEND_FD] = "sendFd", [OP_TAKE_FD] = "sendFd",
  [OP_EXIT] = "exit",     [OP_CONTROL] = "control",
};

static bool busy(uint32_t slot)
{
  /* Acquire: what the worker wrote before it ended the call is done. */
  return atomic_load_explicit(&shared->busy[slot], memory_order_acquire);
}

int calls_begin(struct asker asker, uint32_t place, enum op op)
{
  for (uint32_t tried = 0; tried < LIMIT_INFLIGHT; tried++) {
    uint32_t slot = next++ % LIMIT_INFLIGHT;

    if (busy(slot))
      continue;
    slots[slot] = (struct slot){.asker = asker, .place = place, .op = op};
    atomic_store_explicit(&shared->busy[slot], 1, memory_order_relaxed);
    return (int)slot;
  }
  return -1;
}

const struct asker *calls_asker(uint32_t slot, uint32_t place)
{
  if (slot >= LIMIT_INFLIGHT || !busy(slot) || slots[slot].place != place)
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
    if (!busy(slot) || slots[slot].place != place)
      continue;
    if (slots[slot].op == OP_EXIT)
      rpc_result(slots[slot].asker, "{}");
    else
      rpc_error(slots[slot].asker, RPC_CRASH, why);
    calls_end(slot);
  }
}

bool calls_any(void)
{
  for (uint32_t slot = 0; slot < LIMIT_INFLIGHT; slot++) {
    if (busy(slot))
      return true;
  }
  return false;
}

void calls_name(uint32_t place, struct text *names)
{
  const char *between = "";

  for (uint32_t slot = 0; slot < LIMIT_INFLIGHT; slot++) {
    if (!busy(slot) || slots[slot].place != place)
      continue;
    text_string(names, between);
    text_string(names, op_names[slots[slot].op]);
    text_string(names, " (id ");
    text_number(names, (int64_t)slots[slot].asker.id);
    text_string(names, ")");
    between = ", ";
  }
}
