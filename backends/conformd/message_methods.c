/* ioctl and write: messages in regions of memory, with addresses to be patched in. */
#include <string.h>
#include "hex.h"
#include "limits.h"
#include "methods.h"
#include "processes.h"
#include "submit.h"

static const struct field region_fields[] = {{"bytes", FIELD_STRING, 0, LIMIT_FRAME, false},
                                             {"readOnly", FIELD_BOOLEAN, 0, 0, true},
                                             {"guard", FIELD_BOOLEAN, 0, 0, true},
                                             {0}};

/* Bytes of all regions; what is not right about one is said when it is read. */
static size_t total_bytes(json_t *regions)
{
  size_t total = 0;

  for (size_t i = 0; i < json_array_size(regions); i++)
    total += json_string_length(json_object_get(json_array_get(regions, i), "bytes")) / 2;
  return total;
}

static bool read_regions(json_t *regions, struct frame_region *to, uint8_t *bytes, struct complaint *complaint)
{
  for (size_t i = 0; i < json_array_size(regions); i++) {
    struct argument arguments[3];

    if (!params_read(json_array_get(regions, i), region_fields, arguments, "params.regions[]", complaint))
      return false;
    if (!hex_read(arguments[0].string, arguments[0].length, bytes))
      return complain(complaint, "params.regions[%zu].bytes: wants lower-case hex, two digits a byte", i);
    to[i].length = (uint32_t)(arguments[0].length / 2);
    to[i].flags = (arguments[1].number ? REGION_READ_ONLY : 0) | (arguments[2].number ? REGION_GUARD : 0);
    bytes += to[i].length;
  }
  return true;
}

static bool read_patch(json_t *patch, const struct frame *frame, struct frame_patch *to, struct complaint *complaint)
{
  const struct frame_region *regions = (const struct frame_region *)(frame + 1);
  int64_t into, offset, region, target;

  if (json_array_size(patch) != 4)
    return complain(complaint, "params.patches[]: wants [into, offset, region, target]");
  if (!params_number(json_array_get(patch, 0), 0, frame->regions - 1, "params.patches[]: into", &into, complaint) ||
      !params_number(json_array_get(patch, 2), 0, frame->regions - 1, "params.patches[]: region", &region, complaint) ||
      !params_number(json_array_get(patch, 1), 0, (int64_t)regions[into].length - 8, "params.patches[]: offset", &offset,
                     complaint) ||
      !params_number(json_array_get(patch, 3), 0, UINT32_MAX, "params.patches[]: target", &target, complaint))
    return false;
  *to = (struct frame_patch){
    .into = (uint32_t)into, .offset = (uint32_t)offset, .region = (uint32_t)region, .target = (uint32_t)target};
  return true;
}

/* The regions and patches behind the header. */
static bool read_message(json_t *regions, json_t *patches, struct frame *frame, struct complaint *complaint)
{
  struct frame_region *to = (struct frame_region *)(frame + 1);
  struct frame_patch *patch = (struct frame_patch *)(to + json_array_size(regions));

  frame->regions = (uint16_t)json_array_size(regions);
  frame->patches = (uint16_t)json_array_size(patches);
  if (!read_regions(regions, to, (uint8_t *)(patch + frame->patches), complaint))
    return false;
  for (size_t i = 0; i < frame->patches; i++) {
    if (!read_patch(json_array_get(patches, i), frame, &patch[i], complaint))
      return false;
  }
  return true;
}

static void send_message(struct asker asker, const struct argument *arguments, enum op op, uint32_t request,
                         json_t *regions, json_t *patches)
{
  uint32_t place = submit_place(asker, &arguments[0]);
  struct frame *frame;
  struct complaint complaint;

  if (place == NOWHERE)
    return;
  frame = submit_frame(asker, place, op,
                       json_array_size(regions) * sizeof(struct frame_region) +
                         json_array_size(patches) * sizeof(struct frame_patch) + total_bytes(regions));
  if (!frame)
    return;
  if (!read_message(regions, patches, frame, &complaint)) {
    rpc_error(asker, RPC_PARAMS, complaint.text);
    return;
  }
  frame->fd = (int32_t)arguments[1].number;
  frame->request = request;
  submit(asker, place, frame);
}

static void ioctl_file(struct asker asker, const struct argument *arguments)
{
  send_message(asker, arguments, OP_IOCTL, (uint32_t)arguments[2].number, arguments[3].json, arguments[4].json);
}

static void write_file(struct asker asker, const struct argument *arguments)
{
  send_message(asker, arguments, OP_WRITE, 0, arguments[2].json, arguments[3].json);
}

#define REGIONS_FIELD {"regions", FIELD_ARRAY, 0, LIMIT_REGIONS, false}
#define PATCHES_FIELD {"patches", FIELD_ARRAY, 0, LIMIT_PATCHES, false}

static const struct field ioctl_fields[] = {
  PROCESS_FIELD, FD_FIELD, {"request", FIELD_NUMBER, 0, UINT32_MAX, false}, REGIONS_FIELD, PATCHES_FIELD, {0}};
static const struct field write_fields[] = {PROCESS_FIELD, FD_FIELD, REGIONS_FIELD, PATCHES_FIELD, {0}};

const struct method message_methods[] = {
  {"ioctl", ioctl_fields, ioctl_file},
  {"write", write_fields, write_file},
  {0},
};
