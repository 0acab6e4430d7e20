#include "message.h"

#include <string.h>

/* What is left to be read; a line feed, which no text below contains, ends it. */
struct cursor {
  const char *at;
};

static bool take(struct cursor *cursor, const char *text)
{
  size_t length = 0;

  while (text[length] && cursor->at[length] == text[length])
    length++;
  if (text[length])
    return false;
  cursor->at += length;
  return true;
}

/* A number as JSON.stringify writes it; at most `most`, which has at most 16 digits. */
static bool take_number(struct cursor *cursor, int64_t most, int64_t *number)
{
  const char *at = cursor->at;
  int64_t value = 0;

  while (*at >= '0' && *at <= '9' && at - cursor->at < 17)
    value = value * 10 + (*at++ - '0');
  if (at == cursor->at || (*cursor->at == '0' && at != cursor->at + 1) || value > most)
    return false;
  cursor->at = at;
  *number = value;
  return true;
}

static bool take_region(struct cursor *cursor, struct message *message)
{
  size_t index = message->regions;

  if (index == LIMIT_REGIONS || !take(cursor, "{\"bytes\":\""))
    return false;
  /* Whether it is hex is seen when it is read as such. */
  const char *end = cursor->at;
  while (*end != '"' && *end != '\n' && *end != '\\')
    end++;
  message->region[index].hex = cursor->at;
  message->region[index].length = (size_t)(end - cursor->at);
  message->region[index].flags = 0;
  cursor->at = end;
  if (!take(cursor, "\""))
    return false;
  if (take(cursor, ",\"readOnly\":true"))
    message->region[index].flags |= REGION_READ_ONLY;
  if (take(cursor, ",\"guard\":true"))
    message->region[index].flags |= REGION_GUARD;
  message->regions++;
  return take(cursor, "}");
}

static bool take_patch(struct cursor *cursor, struct message *message)
{
  int64_t into, offset, region, target;

  if (message->patches == LIMIT_PATCHES || !take(cursor, "[") || !take_number(cursor, UINT32_MAX, &into) ||
      !take(cursor, ",") || !take_number(cursor, UINT32_MAX, &offset) || !take(cursor, ",") ||
      !take_number(cursor, UINT32_MAX, &region) || !take(cursor, ",") || !take_number(cursor, UINT32_MAX, &target) ||
      !take(cursor, "]"))
    return false;
  message->patch[message->patches++] = (struct frame_patch){
    .into = (uint32_t)into, .offset = (uint32_t)offset, .region = (uint32_t)region, .target = (uint32_t)target};
  return true;
}

/* Elements between commas, up to the bracket. */
static bool take_list(struct cursor *cursor, struct message *message, bool (*take_one)(struct cursor *, struct message *))
{
  if (take(cursor, "]"))
    return true;
  do {
    if (!take_one(cursor, message))
      return false;
  } while (take(cursor, ","));
  return take(cursor, "]");
}

static bool take_head(struct cursor *cursor, uint64_t *id, struct message *message)
{
  int64_t number, fd;

  if (!take(cursor, "{\"jsonrpc\":\"2.0\",\"id\":") || !take_number(cursor, (1ll << 53) - 1, &number) || !number)
    return false;
  *id = (uint64_t)number;
  if (take(cursor, ",\"method\":\"ioctl\""))
    message->op = OP_IOCTL;
  else if (take(cursor, ",\"method\":\"write\""))
    message->op = OP_WRITE;
  else
    return false;
  if (!take(cursor, ",\"params\":{\"process\":") || !take_number(cursor, INT32_MAX, &message->process.number) ||
      !message->process.number || !take(cursor, ",\"fd\":") || !take_number(cursor, INT32_MAX, &fd))
    return false;
  message->fd = (int32_t)fd;
  return true;
}

bool message_read_quickly(const char *line, size_t length, uint64_t *id, struct message *message)
{
  struct cursor cursor = {line};
  int64_t request = 0;

  message->regions = message->patches = 0;
  if (!take_head(&cursor, id, message))
    return false;
  if (message->op == OP_IOCTL && (!take(&cursor, ",\"request\":") || !take_number(&cursor, UINT32_MAX, &request)))
    return false;
  message->request = (uint32_t)request;
  return take(&cursor, ",\"regions\":[") && take_list(&cursor, message, take_region) &&
         take(&cursor, ",\"patches\":[") && take_list(&cursor, message, take_patch) && take(&cursor, "}}") &&
         cursor.at == line + length;
}
