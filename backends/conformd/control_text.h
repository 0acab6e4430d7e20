/* A control as the kernel modules read it: `action key=value key=value`. */
#ifndef CONFORMD_CONTROL_TEXT_H
#define CONFORMD_CONTROL_TEXT_H

#include "control.h"
#include "params.h"

struct control_action {
  const char *name;
  enum control_way way;
  /* True where it changes an operation of the driver. */
  bool patches;
  const struct field *fields;
};

extern const struct control_action control_actions[];

/* The action, with its command in `text`, which is not yet ended; NULL with a complaint. */
const struct control_action *control_translate(json_t *control, struct text *text, struct complaint *complaint);

#endif
