/* ioctl and write, read as JSON. */
#include "message.h"
#include "methods.h"
#include "submit.h"

static const struct field region_fields[] = {{"bytes", FIELD_STRING, 0, LIMIT_FRAME, false},
                                             {"readOnly", FIELD_BOOLEAN, 0, 0, true},
                                             {"guard", FIELD_BOOLEAN, 0, 0, true},
                                             {0}};

static bool read_region(json_t *json, struct message *message, struct complaint *complaint)
{
  struct argument arguments[3];
  size_t index = message->regions++;

  if (!params_read(json, region_fields, arguments, "params.regions[]", complaint))
    return false;
  message->region[index].hex = arguments[0].string;
  message->region[index].length = arguments[0].length;
  message->region[index].flags =
    (arguments[1].number ? REGION_READ_ONLY : 0) | (arguments[2].number ? REGION_GUARD : 0);
  return true;
}

static bool read_patch(json_t *json, struct message *message, struct complaint *complaint)
{
  int64_t numbers[4];

  if (json_array_size(json) != 4)
    return complain(complaint, "params.patches[]: wants [into, offset, region, target]");
  for (size_t i = 0; i < 4; i++) {
    if (!params_number(json_array_get(json, i), 0, UINT32_MAX, "params.patches[]", &numbers[i], complaint))
      return false;
  }
  message->patch[message->patches++] = (struct frame_patch){.into = (uint32_t)numbers[0],
                                                            .offset = (uint32_t)numbers[1],
                                                            .region = (uint32_t)numbers[2],
                                                            .target = (uint32_t)numbers[3]};
  return true;
}

static bool read_memory(json_t *regions, json_t *patches, struct message *message, struct complaint *complaint)
{
  message->regions = message->patches = 0;
  for (size_t i = 0; i < json_array_size(regions); i++) {
    if (!read_region(json_array_get(regions, i), message, complaint))
      return false;
  }
  for (size_t i = 0; i < json_array_size(patches); i++) {
    if (!read_patch(json_array_get(patches, i), message, complaint))
      return false;
  }
  return true;
}

static void send_message(struct asker asker, const struct argument *arguments, enum op op, uint32_t request,
                         json_t *regions, json_t *patches)
{
  static struct message message;
  struct complaint complaint;

  message.op = op;
  message.process = arguments[0];
  message.fd = (int32_t)arguments[1].number;
  message.request = request;
  if (!read_memory(regions, patches, &message, &complaint) || !message_send(asker, &message, &complaint))
    rpc_error(asker, RPC_PARAMS, complaint.text);
}

static void ioctl_file(struct asker asker, const struct argument *arguments)
{
  send_message(asker, arguments, OP_IOCTL, (uint32_t)arguments[2].number, arguments[3].json, arguments[4].json);
}

static void write_file(struct asker asker, const struct argument *arguments)
{
  /* A write has no number; in its place stands where it is cut in two. */
  send_message(asker, arguments, OP_WRITE, (uint32_t)arguments[4].number, arguments[2].json, arguments[3].json);
}

#define REGIONS_FIELD {"regions", FIELD_ARRAY, 0, LIMIT_REGIONS, false}
#define PATCHES_FIELD {"patches", FIELD_ARRAY, 0, LIMIT_PATCHES, false}

static const struct field ioctl_fields[] = {
  PROCESS_FIELD, FD_FIELD, {"request", FIELD_NUMBER, 0, UINT32_MAX, false}, REGIONS_FIELD, PATCHES_FIELD, {0}};
static const struct field write_fields[] = {
  PROCESS_FIELD, FD_FIELD, REGIONS_FIELD, PATCHES_FIELD, {"cut", FIELD_NUMBER, 1, LIMIT_FRAME, true}, {0}};

const struct method message_methods[] = {
  {"ioctl", ioctl_fields, ioctl_file},
  {"write", write_fields, write_file},
  {0},
};
