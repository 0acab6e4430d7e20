#include "rpc.h"

#include <string.h>
#include "batch.h"
#include "intake.h"
#include "json_arena.h"
#include "limits.h"
#include "message.h"
#include "methods.h"
#include "output.h"
#include "processes.h"
#include "session.h"

/* The greatest integer that every client can tell from its neighbours. */
#define ID_MOST ((1ll << 53) - 1)

static struct text lines;

void rpc_relay(struct asker asker, const char *line, size_t length)
{
  if (!asker.batch) {
    text_add(&lines, line, length);
    return;
  }
  if (batch_fits(asker.batch, length)) {
    batch_answer(asker.batch, line, length - 1, &lines);
    return;
  }
  struct text refusal = {0};
  rpc_write_error(&refusal, asker.id, RPC_OVERLOAD, "the answer no longer fits the line of its batch");
  batch_answer(asker.batch, refusal.data, refusal.length - 1, &lines);
  text_free(&refusal);
}

void rpc_result(struct asker asker, const char *json)
{
  static struct text answer;

  answer.length = 0;
  rpc_write_head(&answer, asker.id);
  text_string(&answer, json);
  text_string(&answer, "}\n");
  rpc_relay(asker, answer.data, answer.length);
}

void rpc_error(struct asker asker, enum rpc_code code, const char *message)
{
  static struct text answer;

  answer.length = 0;
  rpc_write_error(&answer, asker.id, code, message);
  rpc_relay(asker, answer.data, answer.length);
}

void rpc_flush(void)
{
  output_write(lines.data, lines.length);
  lines.length = 0;
}

void rpc_forget(void)
{
  lines.length = 0;
}

static void take_request(json_t *request, struct batch *batch)
{
  json_t *id = json_object_get(request, "id");
  json_t *params = json_object_get(request, "params");
  const char *version = json_string_value(json_object_get(request, "jsonrpc"));
  const char *method = json_string_value(json_object_get(request, "method"));
  bool numbered = json_is_integer(id) && json_integer_value(id) >= 1 && json_integer_value(id) <= ID_MOST;
  struct asker asker = {.id = numbered ? (uint64_t)json_integer_value(id) : 0, .batch = batch};
  const char *wrong = NULL;

  if (!json_is_object(request))
    wrong = "a request is an object";
  else if (!version || strcmp(version, "2.0"))
    wrong = "jsonrpc: wants \"2.0\"";
  else if (!method)
    wrong = "method: wants a string";
  else if (id && !numbered)
    wrong = "id: wants an integer from 1 to 2^53-1";
  else if (json_object_size(request) != 2u + (id != NULL) + (params != NULL))
    wrong = "a request has jsonrpc, method, id and params, and nothing else";

  if (wrong) {
    if (batch)
      batch_expect(batch);
    rpc_error(asker, RPC_REQUEST, wrong);
  } else if (!id) {
    methods_notify(method, params);
  } else {
    if (batch)
      batch_expect(batch);
    methods_call(asker, method, params);
  }
}

static void take_batch(json_t *requests)
{
  const struct asker nobody = {0};
  size_t count = json_array_size(requests);

  if (!count) {
    rpc_error(nobody, RPC_REQUEST, "a batch holds at least one request");
    return;
  }
  if (count > LIMIT_BATCH) {
    rpc_error(nobody, RPC_OVERLOAD, "the batch holds more requests than limits.batch");
    return;
  }
  struct batch *batch = batch_open();
  for (size_t i = 0; i < count; i++)
    take_request(json_array_get(requests, i), batch);
  batch_done(batch, &lines);
}

static void refuse_text(const json_error_t *error)
{
  struct text message = {0};
  enum rpc_code code = json_error_code(error) == json_error_out_of_memory ? RPC_OVERLOAD : RPC_PARSE;

  text_string(&message, "not a JSON text: ");
  text_string(&message, error->text);
  text_string(&message, ", at byte ");
  text_number(&message, error->position);
  text_add(&message, "", 1);
  rpc_error((struct asker){0}, code, message.data);
  text_free(&message);
}

/* False where the line is to be read as JSON. */
static bool take_quickly(const char *line, size_t length)
{
  static struct message message;
  struct complaint complaint;
  struct asker asker = {0};

  return session_open() && message_read_quickly(line, length, &asker.id, &message) &&
         message_send(asker, &message, &complaint);
}

void rpc_line(const char *line, size_t length)
{
  json_error_t error;
  json_t *json;

  /* Nothing: what a client sends first to end whatever somebody before it left half written. */
  if (!length || take_quickly(line, length))
    return;
  intake_note(NOWHERE);
  json = json_loadb(line, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
  if (!json)
    refuse_text(&error);
  else if (json_is_array(json))
    take_batch(json);
  else
    take_request(json, NULL);
  json_arena_clear();
}
