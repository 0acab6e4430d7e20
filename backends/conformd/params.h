/* The params of a request, read strictly: types, ranges, nothing unknown, nothing missing. */
#ifndef CONFORMD_PARAMS_H
#define CONFORMD_PARAMS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum field_kind {
  FIELD_END,
  /* From `least` to `most`. */
  FIELD_NUMBER,
  FIELD_BOOLEAN,
  /* At most `most` bytes. */
  FIELD_STRING,
  /* "0x" and hex: 64 bits. */
  FIELD_ADDRESS,
  /* At most `most` elements. */
  FIELD_ARRAY,
  FIELD_OBJECT,
};

struct field {
  const char *name;
  enum field_kind kind;
  int64_t least;
  int64_t most;
  bool optional;
};

/* One member, as its kind has it; `present` is false for an optional one that is not there. */
struct argument {
  bool present;
  int64_t number;
  uint64_t address;
  const char *string;
  size_t length;
  json_t *json;
};

#define FIELDS_MOST 9
#define WHERE_ROOM 200

/* What is wrong, for the message of an error. */
struct complaint {
  char text[WHERE_ROOM];
};

bool complain(struct complaint *complaint, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Reads `object` by `fields` into `arguments`, in their order. False with a complaint that begins with `where`. */
bool params_read(json_t *object, const struct field *fields, struct argument *arguments, const char *where,
                 struct complaint *complaint);
/* An integer of an array of fixed shape. */
bool params_number(json_t *value, int64_t least, int64_t most, const char *where, int64_t *number,
                   struct complaint *complaint);

#endif
