/* The answers of a worker. */
#include <errno.h>

#include "worker.h"

void answer_value(struct call *call, int64_t value)
{
  rpc_write_head(call->reply, call->frame->id);
  text_string(call->reply, "{\"value\":");
  text_number(call->reply, value);
  text_string(call->reply, "}}\n");
}

void answer_errno(struct call *call, int error)
{
  rpc_write_head(call->reply, call->frame->id);
  text_string(call->reply, "{\"errno\":");
  text_number(call->reply, error);
  text_string(call->reply, "}}\n");
}

void answer_returned(struct call *call, int64_t returned)
{
  if (returned < 0)
    answer_errno(call, errno);
  else
    answer_value(call, returned);
}

void answer_bytes(struct call *call, const uint8_t *bytes, size_t length)
{
  rpc_write_head(call->reply, call->frame->id);
  text_string(call->reply, "{\"value\":\"");
  text_hex(call->reply, bytes, length);
  text_string(call->reply, "\"}}\n");
}

void answer_address(struct call *call, uint64_t address)
{
  rpc_write_head(call->reply, call->frame->id);
  text_string(call->reply, "{\"value\":");
  text_address(call->reply, address);
  text_string(call->reply, "}}\n");
}

void answer_error(struct call *call, enum rpc_code code, const char *message)
{
  rpc_write_error(call->reply, call->frame->id, code, message);
}
