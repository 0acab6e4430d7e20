#include "control_text.h"

#include <string.h>
#include "limits.h"

#define ACTION {"action", FIELD_STRING, 1, 40, false}
#define DEVICE {"device", FIELD_STRING, 1, 200, false}
#define WORD(name) {name, FIELD_STRING, 1, 60, false}

static const struct field only_device[] = {ACTION, DEVICE, {0}};
static const struct field force_state[] = {
  ACTION, DEVICE, {"qpn", FIELD_NUMBER, 0, 0xffffff, false}, WORD("state"), {0}};
static const struct field raise_event[] = {
  ACTION, DEVICE, WORD("event"), {"about", FIELD_OBJECT, 0, 0, true}, {0}};
static const struct field set_port[] = {ACTION, DEVICE, {"port", FIELD_NUMBER, 0, 255, false}, WORD("state"), {0}};
static const struct field stall[] = {ACTION, DEVICE, WORD("object"), WORD("method"), WORD("point"), {0}};
static const struct field fail[] = {ACTION, DEVICE, WORD("object"), WORD("method"), WORD("errno"), {0}};
static const struct field kernel_call[] = {ACTION,
                                           DEVICE,
                                           {"atomic", FIELD_BOOLEAN, 0, 0, false},
                                           {"sleepable", FIELD_BOOLEAN, 0, 0, false},
                                           WORD("object"),
                                           {"variant", FIELD_STRING, 1, 60, true},
                                           WORD("method"),
                                           {"on", FIELD_NUMBER, 0, UINT32_MAX, true},
                                           {"attributes", FIELD_OBJECT, 0, 0, false},
                                           {0}};
static const struct field register_driver[] = {ACTION, DEVICE, {"rows", FIELD_ARRAY, 0, 1024, false},
                                              {"driver", FIELD_OBJECT, 0, 0, true}, {"names", FIELD_ARRAY, 0, 1024, true}, {0}};

const struct control_action control_actions[] = {
  {"force_state", CONTROL_NOWHERE, false, force_state},
  {"remove", CONTROL_INJECT, true, only_device},
  {"plug", CONTROL_PLUG, false, only_device},
  {"raise_event", CONTROL_INJECT, false, raise_event},
  {"set_port", CONTROL_INJECT, false, set_port},
  {"stall", CONTROL_INJECT, true, stall},
  {"release", CONTROL_INJECT, true, only_device},
  {"fail", CONTROL_INJECT, true, fail},
  {"kernel_call", CONTROL_CONSUMER, false, kernel_call},
  {"register_driver", CONTROL_NOWHERE, false, register_driver},
  {0},
};

/* A value that cannot be taken for anything but one value: nothing in it separates or ends. */
static bool is_word(const char *word)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/-";

  return *word && word[strspn(word, letters)] == 0;
}

static bool write_value(const char *prefix, const char *name, json_t *value, struct text *text,
                        struct complaint *complaint)
{
  if (!is_word(name))
    return complain(complaint, "params.control: %.60s is no name of an attribute", name);
  if (json_is_string(value) && !is_word(json_string_value(value)))
    return complain(complaint, "params.control.%.60s: wants a word", name);
  text_string(text, " ");
  text_string(text, prefix);
  text_string(text, name);
  text_string(text, "=");
  if (json_is_string(value))
    text_string(text, json_string_value(value));
  else if (json_is_integer(value))
    text_number(text, json_integer_value(value));
  else if (json_is_boolean(value))
    text_string(text, json_is_true(value) ? "1" : "0");
  else
    return complain(complaint, "params.control.%.60s: wants a number or a word", name);
  return true;
}

/* The members of an object as keys of their own; `depth` levels of objects below them. */
static bool write_members(const char *prefix, json_t *object, int depth, struct text *text, struct complaint *complaint)
{
  const char *name;
  json_t *value;

  json_object_foreach(object, name, value) {
    if (depth > 0 && json_is_object(value) && strlen(name) < 60) {
      struct text inner = {0};

      text_string(&inner, name);
      text_add(&inner, ".", 2);
      bool written = write_members(inner.data, value, depth - 1, text, complaint);
      text_free(&inner);
      if (!written)
        return false;
    } else if (!write_value(prefix, name, value, text, complaint)) {
      return false;
    }
  }
  return true;
}

const struct control_action *control_translate(json_t *control, struct text *text, struct complaint *complaint)
{
  const char *name = json_string_value(json_object_get(control, "action"));
  const struct control_action *action = control_actions;
  struct argument arguments[FIELDS_MOST];

  while (action->name && (!name || strcmp(action->name, name)))
    action++;
  if (!action->name) {
    complain(complaint, "params.control.action: is none of the protocol's");
    return NULL;
  }
  if (!params_read(control, action->fields, arguments, "params.control", complaint))
    return NULL;
  text_string(text, action->name);
  for (size_t i = 1; action->fields[i].kind != FIELD_END; i++) {
    json_t *value = json_object_get(control, action->fields[i].name);

    if (!value || json_is_array(value))
      continue;
    bool written = json_is_object(value) ? write_members("", value, 1, text, complaint)
                                         : write_value("", action->fields[i].name, value, text, complaint);
    if (!written)
      return NULL;
  }
  return action;
}
