#include "message.h"

#include "hex.h"
#include "intake.h"
#include "processes.h"
#include "submit.h"

static bool check_patch(const struct message *message, size_t index, struct complaint *complaint)
{
  const struct frame_patch *patch = &message->patch[index];

  if (patch->into >= message->regions || patch->region >= message->regions)
    return complain(complaint, "params.patches[%zu]: names a region that is not there", index);
  if ((uint64_t)patch->offset + 8 > message->region[patch->into].length / 2)
    return complain(complaint, "params.patches[%zu]: the 8 bytes at %u do not lie in the region", index, patch->offset);
  return true;
}

size_t message_size(const struct message *message)
{
  size_t size =
    sizeof(struct frame) + message->regions * sizeof(struct frame_region) + message->patches * sizeof(struct frame_patch);

  for (size_t i = 0; i < message->regions; i++)
    size += message->region[i].length / 2;
  return size;
}

bool message_fill(struct frame *frame, const struct message *message, struct complaint *complaint)
{
  struct frame_region *region = (struct frame_region *)(frame + 1);
  struct frame_patch *patch = (struct frame_patch *)(region + message->regions);
  uint8_t *bytes = (uint8_t *)(patch + message->patches);

  for (size_t i = 0; i < message->regions; i++) {
    if (!hex_read(message->region[i].hex, message->region[i].length, bytes))
      return complain(complaint, "params.regions[%zu].bytes: wants lower-case hex, two digits a byte", i);
    region[i].length = (uint32_t)(message->region[i].length / 2);
    region[i].flags = message->region[i].flags;
    bytes += region[i].length;
  }
  for (size_t i = 0; i < message->patches; i++) {
    if (!check_patch(message, i, complaint))
      return false;
    patch[i] = message->patch[i];
  }
  frame->fd = message->fd;
  frame->request = message->request;
  frame->regions = (uint16_t)message->regions;
  frame->patches = (uint16_t)message->patches;
  return true;
}

bool message_send(struct asker asker, const struct message *message, struct complaint *complaint)
{
  uint32_t place = submit_place(asker, &message->process);
  struct frame *frame;

  intake_note(place);
  if (place == NOWHERE)
    return true;
  frame = submit_frame(asker, place, message->op, message_size(message) - sizeof(*frame));
  if (!frame)
    return true;
  if (!message_fill(frame, message, complaint))
    return false;
  submit(asker, place, frame);
  return true;
}
