#include "params.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool complain(struct complaint *complaint, const char *format, ...)
{
  va_list arguments;

  va_start(arguments, format);
  vsnprintf(complaint->text, sizeof(complaint->text), format, arguments);
  va_end(arguments);
  return false;
}

static bool read_address(const char *string, uint64_t *address)
{
  uint64_t value = 0;
  size_t digits = 0;

  if (strncmp(string, "0x", 2) || (string[2] == '0' && string[3]))
    return false;
  for (const char *at = string + 2; *at; at++, digits++) {
    if (*at >= '0' && *at <= '9')
      value = value << 4 | (uint64_t)(*at - '0');
    else if (*at >= 'a' && *at <= 'f')
      value = value << 4 | (uint64_t)(*at - 'a' + 10);
    else
      return false;
  }
  *address = value;
  return digits > 0 && digits <= 16;
}

static bool read_value(const struct field *field, json_t *value, struct argument *argument, const char *where,
                       struct complaint *complaint)
{
  switch (field->kind) {
  case FIELD_NUMBER:
    argument->number = json_integer_value(value);
    if (json_is_integer(value) && argument->number >= field->least && argument->number <= field->most)
      return true;
    return complain(complaint, "%s.%s: wants an integer from %" PRId64 " to %" PRId64, where, field->name,
                    field->least, field->most);
  case FIELD_BOOLEAN:
    argument->number = json_is_true(value);
    return json_is_boolean(value) || complain(complaint, "%s.%s: wants true or false", where, field->name);
  case FIELD_STRING:
    argument->string = json_string_value(value);
    argument->length = json_string_length(value);
    if (argument->string && argument->length <= (size_t)field->most)
      return true;
    return complain(complaint, "%s.%s: wants a string of at most %" PRId64 " bytes", where, field->name, field->most);
  case FIELD_ADDRESS:
    if (json_is_string(value) && read_address(json_string_value(value), &argument->address))
      return true;
    return complain(complaint, "%s.%s: wants an address such as \"0x7f00c0de\"", where, field->name);
  case FIELD_ARRAY:
    argument->json = value;
    argument->length = json_array_size(value);
    if (json_is_array(value) && argument->length <= (size_t)field->most)
      return true;
    return complain(complaint, "%s.%s: wants an array of at most %" PRId64 " elements", where, field->name, field->most);
  case FIELD_OBJECT:
    argument->json = value;
    return json_is_object(value) || complain(complaint, "%s.%s: wants an object", where, field->name);
  case FIELD_END:
    break;
  }
  return false;
}

bool params_read(json_t *object, const struct field *fields, struct argument *arguments, const char *where,
                 struct complaint *complaint)
{
  size_t known = 0;

  if (!json_is_object(object))
    return complain(complaint, "%s: wants an object", where);
  for (const struct field *field = fields; field->kind != FIELD_END; field++) {
    struct argument *argument = &arguments[field - fields];
    json_t *value = json_object_get(object, field->name);

    *argument = (struct argument){.present = value != NULL};
    if (value) {
      known++;
      if (!read_value(field, value, argument, where, complaint))
        return false;
    } else if (!field->optional) {
      return complain(complaint, "%s.%s: is missing", where, field->name);
    }
  }
  if (known == json_object_size(object))
    return true;

  const char *name;
  json_t *value;
  json_object_foreach(object, name, value) {
    const struct field *field = fields;

    while (field->kind != FIELD_END && strcmp(field->name, name))
      field++;
    if (field->kind == FIELD_END)
      return complain(complaint, "%s.%.60s: is not known", where, name);
  }
  return complain(complaint, "%s: has a member twice", where);
}

bool params_number(json_t *value, int64_t least, int64_t most, const char *where, int64_t *number,
                   struct complaint *complaint)
{
  *number = json_integer_value(value);
  if (json_is_integer(value) && *number >= least && *number <= most)
    return true;
  return complain(complaint, "%s: wants an integer from %" PRId64 " to %" PRId64, where, least, most);
}
