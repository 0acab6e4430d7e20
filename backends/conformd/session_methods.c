/* Methods about the session and its processes. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "calls.h"
#include "control.h"
#include "describe.h"
#include "kmsg.h"
#include "limits.h"
#include "methods.h"
#include "processes.h"
#include "resources.h"
#include "session.h"
#include "submit.h"

/* A result from a text that is not yet ended; frees it. */
static void answer(struct asker asker, struct text *json)
{
  text_add(json, "", 1);
  rpc_result(asker, json->data);
  text_free(json);
}

static bool speaks_ours(json_t *versions)
{
  for (size_t i = 0; i < json_array_size(versions); i++) {
    if (json_integer_value(json_array_get(versions, i)) == PROTOCOL_VERSION)
      return true;
  }
  return false;
}

static void refuse_version(struct asker asker, json_t *versions)
{
  struct text message = {0};

  text_string(&message, "the client speaks protocol");
  for (size_t i = 0; i < json_array_size(versions); i++) {
    text_string(&message, i ? ", " : " ");
    text_number(&message, json_integer_value(json_array_get(versions, i)));
  }
  text_string(&message, "; this agent speaks 1");
  text_add(&message, "", 1);
  rpc_error(asker, RPC_CONFIG, message.data);
  text_free(&message);
}

static void hello(struct asker asker, const struct argument *arguments)
{
  char limits[300];

  if (!speaks_ours(arguments[0].json)) {
    refuse_version(asker, arguments[0].json);
    return;
  }
  if (session_open())
    session_end();
  session_start();
  snprintf(limits, sizeof(limits),
           "{\"protocol\":%d,\"agent\":\"conformd " AGENT_VERSION "\",\"limits\":{\"frame\":%u,\"batch\":%u,"
           "\"inflight\":%u,\"processes\":%u,\"regions\":%u,\"bytes\":%llu}}",
           PROTOCOL_VERSION, LIMIT_FRAME, LIMIT_BATCH, LIMIT_INFLIGHT, LIMIT_PROCESSES, LIMIT_REGIONS, LIMIT_BYTES);
  rpc_result(asker, limits);
}

static void describe(struct asker asker, const struct argument *arguments)
{
  struct text json = {0};

  (void)arguments;
  describe_agent(&json);
  answer(asker, &json);
}

static void process(struct asker asker, const struct argument *arguments)
{
  enum worker_kind kind = arguments[0].number ? WORKER_PRIVILEGED : WORKER_ORDINARY;
  uint32_t place = processes_spawn(kind);
  struct frame *frame;
  struct complaint complaint;

  if (place == NOWHERE) {
    complain(&complaint, "no further process: %s",
             errno == EUSERS ? "there are limits.processes already" : strerror(errno));
    rpc_error(asker, RPC_RESOURCE, complaint.text);
    return;
  }
  frame = submit_frame(asker, place, OP_START, 0);
  if (!frame)
    return;
  frame->request = kind;
  submit(asker, place, frame);
}

static void fork_process(struct asker asker, const struct argument *arguments)
{
  uint32_t place = submit_place(asker, &arguments[0]);
  struct frame *frame = place == NOWHERE ? NULL : submit_frame(asker, place, OP_FORK, 0);

  if (!frame)
    return;
  int slot = calls_begin(asker, place, OP_FORK);
  uint32_t child = slot < 0 ? NOWHERE : processes_reserve(place, (uint32_t)slot);
  if (slot < 0) {
    rpc_error(asker, RPC_OVERLOAD, "more calls are in flight than limits.inflight");
  } else if (child == NOWHERE) {
    rpc_error(asker, RPC_RESOURCE, "no further process: there are limits.processes already");
    calls_end((uint32_t)slot);
  } else {
    frame->slot = (uint32_t)slot;
    frame->request = child;
    processes_queue(place, frame, -1);
  }
}

static void exit_process(struct asker asker, const struct argument *arguments)
{
  uint32_t place = submit_place(asker, &arguments[0]);
  struct frame *frame = place == NOWHERE ? NULL : submit_frame(asker, place, OP_EXIT, 0);

  /* Answered when the process is gone, with everything it had open. */
  if (frame)
    submit(asker, place, frame);
}

static void control(struct asker asker, const struct argument *arguments)
{
  control_request(asker, arguments[0].json);
}

static void reset(struct asker asker, const struct argument *arguments)
{
  struct text json = {0};
  struct text hanging = {0};

  (void)arguments;
  processes_flush();
  rpc_flush();
  if (!session_clear(&hanging)) {
    text_add(&hanging, "", 1);
    rpc_error(asker, RPC_HANG, hanging.data);
    text_free(&hanging);
    return;
  }
  text_string(&json, "{\"leaked\":");
  resources_write_leaks(&json);
  kmsg_write_complaints(&json);
  text_string(&json, "}");
  answer(asker, &json);
}

static void begin(struct asker asker, const struct argument *arguments)
{
  session_begin(arguments[0].string);
  rpc_result(asker, "{}");
}

static void ping(struct asker asker, const struct argument *arguments)
{
  (void)arguments;
  rpc_result(asker, "{}");
}

static void bye(struct asker asker, const struct argument *arguments)
{
  (void)arguments;
  rpc_result(asker, "{}");
  session_leave();
}

static const struct field nothing[] = {{0}};
static const struct field hello_fields[] = {
  {"protocol", FIELD_ARRAY, 0, 16, false}, {"client", FIELD_STRING, 0, 200, false}, {0}};
static const struct field process_fields[] = {{"privileged", FIELD_BOOLEAN, 0, 0, false}, {0}};
static const struct field one_process[] = {PROCESS_FIELD, {0}};
static const struct field control_fields[] = {{"control", FIELD_OBJECT, 0, 0, false}, {0}};
static const struct field begin_fields[] = {SCENARIO_FIELD, {0}};

const struct method session_methods[] = {
  {"hello", hello_fields, hello},
  {"describe", nothing, describe},
  {"process", process_fields, process},
  {"fork", one_process, fork_process},
  {"exit", one_process, exit_process},
  {"control", control_fields, control},
  {"reset", nothing, reset},
  {"begin", begin_fields, begin},
  {"ping", nothing, ping},
  {"bye", nothing, bye},
  {0},
};
