#include "control.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "control_text.h"
#include "devices.h"
#include "options.h"
#include "processes.h"
#include "submit.h"

/* Bytes of a command that the modules take. */
#define COMMAND_MOST 2000

static bool used;

static void answer_errno_of(struct asker asker, int error)
{
  char json[32];

  snprintf(json, sizeof(json), "{\"errno\":%d}", error);
  rpc_result(asker, json);
}

/* Whether the operator's commands are about this device. */
static bool listed(const char *device)
{
  for (size_t i = 0; i < devices_count(); i++) {
    if (!strcmp(devices_at(i)->name, device))
      return true;
  }
  return false;
}

static enum control_way way_of(const struct control_action *action)
{
  if (action->way == CONTROL_INJECT && !strcmp(action->name, "remove") && options.on_remove)
    return CONTROL_REMOVE;
  if (action->way == CONTROL_PLUG && !options.on_plug)
    return CONTROL_NOWHERE;
  return action->way;
}

static void submit_control(struct asker asker, enum control_way way, const struct text *text)
{
  if (!processes_live(CONTROL_PLACE) && processes_spawn(WORKER_CONTROLS) == NOWHERE) {
    rpc_error(asker, RPC_RESOURCE, "there is no process for controls");
    return;
  }
  struct frame *frame = submit_frame(asker, CONTROL_PLACE, OP_CONTROL, text->length);
  if (!frame)
    return;
  frame->request = way;
  memcpy(frame + 1, text->data, text->length);
  used = true;
  submit(asker, CONTROL_PLACE, frame);
}

void control_request(struct asker asker, json_t *control)
{
  struct text text = {0};
  struct complaint complaint;
  const char *device = json_string_value(json_object_get(control, "device"));
  const struct control_action *action = control_translate(control, &text, &complaint);

  if (!action) {
    rpc_error(asker, RPC_PARAMS, complaint.text);
  } else if (text.length > COMMAND_MOST) {
    rpc_error(asker, RPC_OVERLOAD, "params.control: is longer than the kernel modules take");
  } else {
    enum control_way way = way_of(action);

    if (way == CONTROL_PLUG || way == CONTROL_REMOVE) {
      text.length = 0;
      text_string(&text, device);
    }
    text_add(&text, "", 1);
    if (way == CONTROL_NOWHERE)
      answer_errno_of(asker, EOPNOTSUPP);
    else if ((way == CONTROL_PLUG || way == CONTROL_REMOVE) && !listed(device))
      answer_errno_of(asker, ENODEV);
    else
      submit_control(asker, way, &text);
  }
  text_free(&text);
}

bool control_used(void)
{
  bool was = used;

  used = false;
  return was;
}
