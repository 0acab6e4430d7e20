#include "regions.h"

#include <endian.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE ((size_t)4096)
/* Alignment of what need not end at a page. */
#define ALIGNMENT ((size_t)16)
/* Every byte of a line as a region, and each region with pages of its own. */
#define ARENA_ROOM ((size_t)LIMIT_FRAME + LIMIT_REGIONS * 3 * PAGE)

static size_t up(size_t offset, size_t unit)
{
  return (offset + unit - 1) / unit * unit;
}

static bool arena_ready(struct arena *arena)
{
  if (arena->base)
    return true;
  void *base = mmap(NULL, ARENA_ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED)
    return false;
  arena->base = base;
  return true;
}

/* Pages of its own, and behind a guarded region one that is not there. */
static size_t place_apart(const struct arena *arena, const struct frame_region *region, struct placed *placed, size_t from)
{
  size_t end = from + up(region->length ? region->length : 1, PAGE);
  bool guard = region->flags & REGION_GUARD;

  placed->at = arena->base + (guard ? end - region->length : from);
  if (guard)
    mprotect(arena->base + end, PAGE, PROT_NONE);
  return guard ? end + PAGE : end;
}

static const struct frame_patch *patches_of(const struct frame *frame)
{
  return (const struct frame_patch *)((const struct frame_region *)(frame + 1) + frame->regions);
}

static void store_patches(struct regions *regions, const struct frame *frame)
{
  const struct frame_patch *patch = patches_of(frame);

  for (unsigned i = 0; i < frame->patches; i++) {
    uint64_t address = htole64((uint64_t)(uintptr_t)regions->placed[patch[i].region].at + patch[i].target);
    memcpy(regions->placed[patch[i].into].at + patch[i].offset, &address, sizeof(address));
  }
  /* Patches may overlap, so that what a place holds is known only now. */
  for (unsigned i = 0; i < frame->patches; i++)
    memcpy(&regions->stored[i], regions->placed[patch[i].into].at + patch[i].offset, sizeof(uint64_t));
}

bool regions_place(struct regions *regions, struct call *call)
{
  const struct frame *frame = call->frame;
  const struct frame_region *region = (const struct frame_region *)(frame + 1);
  const uint8_t *bytes = (const uint8_t *)(patches_of(frame) + frame->patches);
  struct arena *arena = call->arena;
  size_t end = 0;

  if (!arena_ready(arena))
    return false;
  for (unsigned i = 0; i < frame->regions; i++) {
    regions->placed[i] = (struct placed){.at = arena->base + end, .sent = bytes, .length = region[i].length};
    bytes += region[i].length;
    if (!region[i].flags)
      end = up(end + region[i].length, ALIGNMENT);
  }
  arena->protected_from = end = up(end, PAGE);
  for (unsigned i = 0; i < frame->regions; i++) {
    if (region[i].flags)
      end = place_apart(arena, &region[i], &regions->placed[i], end);
  }
  arena->used = end;
  for (unsigned i = 0; i < frame->regions; i++)
    memcpy(regions->placed[i].at, regions->placed[i].sent, region[i].length);
  store_patches(regions, frame);
  for (unsigned i = 0; i < frame->regions; i++) {
    uint8_t *page = (uint8_t *)((uintptr_t)regions->placed[i].at & ~(PAGE - 1));

    if (region[i].flags & REGION_READ_ONLY)
      mprotect(page, up(region[i].length ? region[i].length : 1, PAGE), PROT_READ);
  }
  return true;
}

static void unprotect(const struct arena *arena)
{
  if (arena->used > arena->protected_from)
    mprotect(arena->base + arena->protected_from, arena->used - arena->protected_from, PROT_READ | PROT_WRITE);
}

/* No address of ours is an answer: where the call left one in place, there is again what the client sent. */
static void take_patches_back(struct regions *regions, const struct frame *frame)
{
  const struct frame_patch *patch = patches_of(frame);
  bool held[LIMIT_PATCHES];

  for (unsigned i = 0; i < frame->patches; i++)
    held[i] = !memcmp(regions->placed[patch[i].into].at + patch[i].offset, &regions->stored[i], sizeof(uint64_t));
  for (unsigned i = 0; i < frame->patches; i++) {
    const struct placed *into = &regions->placed[patch[i].into];

    if (held[i])
      memcpy(into->at + patch[i].offset, into->sent + patch[i].offset, sizeof(uint64_t));
  }
}

static void write_changes(const struct regions *regions, const struct frame *frame, struct text *reply)
{
  bool first = true;

  for (unsigned i = 0; i < frame->regions; i++) {
    const struct placed *placed = &regions->placed[i];

    if (!memcmp(placed->at, placed->sent, placed->length))
      continue;
    text_string(reply, first ? ",\"regions\":{\"" : "\",\"");
    text_number(reply, i);
    text_string(reply, "\":\"");
    text_hex(reply, placed->at, placed->length);
    first = false;
  }
  text_string(reply, first ? "}}\n" : "\"}}}\n");
}

void regions_answer(struct regions *regions, struct call *call, int64_t returned)
{
  int error = errno;

  rpc_write_head(call->reply, call->frame->id);
  text_string(call->reply, returned < 0 ? "{\"errno\":" : "{\"value\":");
  text_number(call->reply, returned < 0 ? error : returned);
  unprotect(call->arena);
  take_patches_back(regions, call->frame);
  write_changes(regions, call->frame, call->reply);
  /* Whatever the next call reads beyond its regions is zero, not what was here before. */
  memset(call->arena->base, 0, call->arena->used);
  call->arena->used = 0;
}
