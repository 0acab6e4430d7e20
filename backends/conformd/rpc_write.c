/* The words of a JSON-RPC answer; supervisor and workers write the same. */
#include "rpc.h"

static void write_id(struct text *text, uint64_t id)
{
  text_string(text, "{\"jsonrpc\":\"2.0\",\"id\":");
  if (id)
    text_number(text, (int64_t)id);
  else
    text_string(text, "null");
}

void rpc_write_head(struct text *text, uint64_t id)
{
  write_id(text, id);
  text_string(text, ",\"result\":");
}

void rpc_write_error(struct text *text, uint64_t id, enum rpc_code code, const char *message)
{
  write_id(text, id);
  text_string(text, ",\"error\":{\"code\":");
  text_number(text, code);
  text_string(text, ",\"message\":");
  text_quoted(text, message);
  text_string(text, "}}\n");
}
