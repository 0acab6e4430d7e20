/* Methods on files, memory and processes: each becomes a frame for the worker. */
#include <fcntl.h>
#include <string.h>
#include "calls.h"
#include "hex.h"
#include "limits.h"
#include "methods.h"
#include "processes.h"
#include "submit.h"

/* 2^53 - 1: numbers beyond are not the same for every client. */
#define NUMBER_MOST ((1ll << 53) - 1)

/* A frame whose header says it all. NULL where the call has been answered already. */
static struct frame *plain(struct asker asker, const struct argument *arguments, enum op op, uint32_t *place)
{
  *place = submit_place(asker, &arguments[0]);
  return *place == NOWHERE ? NULL : submit_frame(asker, *place, op, 0);
}

static void open_file(struct asker asker, const struct argument *arguments)
{
  const int known = O_ACCMODE | O_NONBLOCK | O_CLOEXEC;
  uint32_t place = submit_place(asker, &arguments[0]);
  struct frame *frame;

  if (place == NOWHERE)
    return;
  if (arguments[2].number & ~known) {
    rpc_error(asker, RPC_PARAMS, "params.flags: has bits other than the access mode, O_NONBLOCK and O_CLOEXEC");
    return;
  }
  frame = submit_frame(asker, place, OP_OPEN, arguments[1].length + 1);
  if (!frame)
    return;
  frame->address = (uint64_t)arguments[2].number;
  memcpy(frame + 1, arguments[1].string, arguments[1].length + 1);
  submit(asker, place, frame);
}

static void read_file(struct asker asker, const struct argument *arguments)
{
  uint32_t place;
  struct frame *frame = plain(asker, arguments, OP_READ, &place);

  if (!frame)
    return;
  frame->fd = (int32_t)arguments[1].number;
  frame->length = (uint64_t)arguments[2].number;
  submit(asker, place, frame);
}

static void poll_files(struct asker asker, const struct argument *arguments)
{
  uint32_t place = submit_place(asker, &arguments[0]);
  size_t count = arguments[1].length;
  struct frame *frame;
  struct complaint complaint;

  if (place == NOWHERE)
    return;
  frame = submit_frame(asker, place, OP_POLL, count * sizeof(struct frame_entry));
  if (!frame)
    return;
  struct frame_entry *entries = (struct frame_entry *)(frame + 1);
  for (size_t i = 0; i < count; i++) {
    json_t *entry = json_array_get(arguments[1].json, i);
    int64_t fd, events;

    if (json_array_size(entry) != 2) {
      rpc_error(asker, RPC_PARAMS, "params.entries: wants pairs of fd and events");
      return;
    }
    if (!params_number(json_array_get(entry, 0), INT32_MIN, INT32_MAX, "params.entries: an fd", &fd, &complaint) ||
        !params_number(json_array_get(entry, 1), 0, 0x7fff, "params.entries: events", &events, &complaint)) {
      rpc_error(asker, RPC_PARAMS, complaint.text);
      return;
    }
    entries[i] = (struct frame_entry){.fd = (int32_t)fd, .events = (int32_t)events};
  }
  frame->length = count;
  frame->request = (uint32_t)arguments[2].number;
  submit(asker, place, frame);
}

static void control_file(struct asker asker, const struct argument *arguments)
{
  static const struct {
    const char *name;
    uint32_t command;
  } commands[] = {{"F_GETFD", F_GETFD}, {"F_SETFD", F_SETFD}, {"F_GETFL", F_GETFL}, {"F_SETFL", F_SETFL}};
  size_t which = 0;
  uint32_t place;

  while (which < 4 && strcmp(commands[which].name, arguments[2].string))
    which++;
  if (which == 4) {
    rpc_error(asker, RPC_PARAMS, "params.command: wants F_GETFD, F_SETFD, F_GETFL or F_SETFL");
    return;
  }
  struct frame *frame = plain(asker, arguments, OP_FCNTL, &place);
  if (!frame)
    return;
  frame->fd = (int32_t)arguments[1].number;
  frame->request = commands[which].command;
  frame->length = (uint64_t)arguments[3].number;
  submit(asker, place, frame);
}

static void map(struct asker asker, const struct argument *arguments)
{
  uint64_t length = (uint64_t)arguments[2].number;
  uint32_t place;

  if (arguments[1].number == -1 && length > LIMIT_BYTES - processes_mapped()) {
    rpc_error(asker, RPC_RESOURCE, "params.length: goes beyond limits.bytes of ordinary memory");
    return;
  }
  struct frame *frame = plain(asker, arguments, OP_MAP, &place);
  if (!frame)
    return;
  frame->fd = (int32_t)arguments[1].number;
  frame->length = length;
  frame->address = (uint64_t)arguments[3].number;
  submit(asker, place, frame);
}

static void at_address(struct asker asker, const struct argument *arguments, enum op op)
{
  uint32_t place;
  struct frame *frame = plain(asker, arguments, op, &place);

  if (!frame)
    return;
  frame->address = arguments[1].address;
  frame->length = (uint64_t)arguments[2].number;
  submit(asker, place, frame);
}

static void unmap(struct asker asker, const struct argument *arguments)
{
  at_address(asker, arguments, OP_UNMAP);
}

static void load(struct asker asker, const struct argument *arguments)
{
  at_address(asker, arguments, OP_LOAD);
}

static void store(struct asker asker, const struct argument *arguments)
{
  uint32_t place = submit_place(asker, &arguments[0]);
  struct frame *frame;

  if (place == NOWHERE)
    return;
  frame = submit_frame(asker, place, OP_STORE, arguments[2].length / 2);
  if (!frame)
    return;
  if (!hex_read(arguments[2].string, arguments[2].length, (uint8_t *)(frame + 1))) {
    rpc_error(asker, RPC_PARAMS, "params.bytes: wants lower-case hex, two digits a byte");
    return;
  }
  frame->address = arguments[1].address;
  frame->length = arguments[2].length / 2;
  submit(asker, place, frame);
}

static void close_file(struct asker asker, const struct argument *arguments)
{
  uint32_t place;
  struct frame *frame = plain(asker, arguments, OP_CLOSE, &place);

  if (!frame)
    return;
  frame->fd = (int32_t)arguments[1].number;
  submit(asker, place, frame);
}

static void send_file(struct asker asker, const struct argument *arguments)
{
  uint32_t to = submit_place(asker, &arguments[2]);
  uint32_t place;
  struct frame *frame = to == NOWHERE ? NULL : plain(asker, arguments, OP_SEND_FD, &place);

  if (!frame)
    return;
  frame->fd = (int32_t)arguments[1].number;
  frame->request = to;
  submit(asker, place, frame);
}

static const struct field open_fields[] = {
  PROCESS_FIELD, {"path", FIELD_STRING, 0, LIMIT_PATH - 1, false}, {"flags", FIELD_NUMBER, 0, INT32_MAX, false}, {0}};
static const struct field read_fields[] = {
  PROCESS_FIELD, FD_FIELD, {"length", FIELD_NUMBER, 0, LIMIT_READ, false}, {0}};
static const struct field poll_fields[] = {
  PROCESS_FIELD, {"entries", FIELD_ARRAY, 0, LIMIT_ENTRIES, false}, {"wait", FIELD_BOOLEAN, 0, 0, false}, {0}};
static const struct field fcntl_fields[] = {PROCESS_FIELD,
                                            FD_FIELD,
                                            {"command", FIELD_STRING, 0, 16, false},
                                            {"argument", FIELD_NUMBER, INT32_MIN, INT32_MAX, false},
                                            {0}};
static const struct field map_fields[] = {PROCESS_FIELD,
                                          FD_FIELD,
                                          {"length", FIELD_NUMBER, 0, NUMBER_MOST, false},
                                          {"offset", FIELD_NUMBER, 0, NUMBER_MOST, false},
                                          {0}};
static const struct field unmap_fields[] = {
  PROCESS_FIELD, {"address", FIELD_ADDRESS, 0, 0, false}, {"length", FIELD_NUMBER, 0, NUMBER_MOST, false}, {0}};
static const struct field load_fields[] = {
  PROCESS_FIELD, {"address", FIELD_ADDRESS, 0, 0, false}, {"length", FIELD_NUMBER, 0, LIMIT_READ, false}, {0}};
static const struct field store_fields[] = {
  PROCESS_FIELD, {"address", FIELD_ADDRESS, 0, 0, false}, {"bytes", FIELD_STRING, 0, LIMIT_FRAME, false}, {0}};
static const struct field close_fields[] = {PROCESS_FIELD, FD_FIELD, {0}};
static const struct field send_fields[] = {PROCESS_FIELD, FD_FIELD, {"to", FIELD_NUMBER, 1, INT32_MAX, false}, {0}};

const struct method file_methods[] = {
  {"open", open_fields, open_file},
  {"read", read_fields, read_file},
  {"poll", poll_fields, poll_files},
  {"fcntl", fcntl_fields, control_file},
  {"map", map_fields, map},
  {"unmap", unmap_fields, unmap},
  {"load", load_fields, load},
  {"store", store_fields, store},
  {"close", close_fields, close_file},
  {"sendFd", send_fields, send_file},
  {0},
};
