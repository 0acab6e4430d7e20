/* Which controls work here, as the modules tell. */
#include <stdio.h>
#include <string.h>
#include "control.h"
#include "control_text.h"
#include "devices.h"
#include "options.h"

/* A line for each operation that a driver can have. */
#define REPORT_ROOM 16384

/* Whether the line `offers a b c` of a report has the word. */
static bool offers(const char *report, const char *word)
{
  const char *line = strstr(report, "offers ");
  size_t length = strlen(word);

  if (!line)
    return false;
  for (const char *at = line + strlen("offers"); *at == ' '; at += strcspn(at, " \n")) {
    at++;
    if (strcspn(at, " \n") == length && !strncmp(at, word, length))
      return true;
  }
  return false;
}

void control_write_offered(struct text *json, bool patched)
{
  char inject[REPORT_ROOM] = "";
  char consumer[REPORT_ROOM] = "";
  char command[300];
  const char *between = "";

  if (!devices_count())
    return;
  snprintf(command, sizeof(command), "offers device=%.200s", devices_at(0)->name);
  if (control_tell(INJECT_MODULE, command, inject, sizeof(inject)))
    *inject = 0;
  /* Who opens it is greeted with what it offers. */
  control_tell(CONSUMER_MODULE, "", consumer, sizeof(consumer));
  for (const struct control_action *action = control_actions; action->name; action++) {
    bool removal = !strcmp(action->name, "remove");
    bool works = offers(action->way == CONTROL_CONSUMER ? consumer : inject, action->name);

    if (removal || action->way == CONTROL_PLUG)
      /* What cannot come back is not taken away. */
      works = options.on_plug && (action->way == CONTROL_PLUG || works || options.on_remove);
    if (action->way == CONTROL_NOWHERE || !works)
      continue;
    if (patched && (!action->patches || (removal && options.on_remove)))
      continue;
    text_string(json, between);
    text_quoted(json, action->name);
    between = ",";
  }
}

void control_write_operations(struct text *json)
{
  char report[REPORT_ROOM] = "";
  char command[300];
  const char *between = "";

  if (!devices_count())
    return;
  snprintf(command, sizeof(command), "methods device=%.200s", devices_at(0)->name);
  if (control_tell(INJECT_MODULE, command, report, sizeof(report)))
    return;
  text_string(json, ",\"operations\":[");
  /* Lines of the driver's name and ours for it, `create_qp=qp.create`; some operations no method reaches. */
  for (char *line = strtok(report, "\n"); line; line = strtok(NULL, "\n")) {
    const char *method = strchr(line, '=');

    if (!method || !strchr(method, '.'))
      continue;
    text_string(json, between);
    text_quoted(json, method + 1);
    between = ",";
  }
  text_string(json, "]");
}
