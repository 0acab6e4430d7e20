#include "json_arena.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

/* The worst a line of the greatest length can do is about a hundred bytes for each of its own. */
#define ROOM (160ul << 20)
/* What is kept between lines; the rest goes back to the machine. */
#define KEPT (1ul << 20)

static uint8_t *base;
static size_t used;

static void *arena_allocate(size_t size)
{
  size_t rounded = (size + 15) & ~(size_t)15;

  if (rounded < size || rounded > ROOM - used)
    return NULL;
  void *memory = base + used;
  used += rounded;
  return memory;
}

static void arena_free(void *memory)
{
  (void)memory;
}

int json_arena_install(void)
{
  base = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED)
    return -1;
  json_set_alloc_funcs(arena_allocate, arena_free);
  return 0;
}

void json_arena_clear(void)
{
  if (used > KEPT)
    madvise(base + KEPT, ROOM - KEPT, MADV_DONTNEED);
  used = 0;
}
