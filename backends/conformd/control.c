#include "control.h"

#include <errno.h>
#include <stdio.h>
#include "worker.h"

void control_request(struct asker asker, json_t *control)
{
  char answer[32];

  (void)control;
  snprintf(answer, sizeof(answer), "{\"errno\":%d}", EOPNOTSUPP);
  rpc_result(asker, answer);
}

void control_write_offered(struct text *json, bool patched)
{
  (void)json;
  (void)patched;
}

void call_control(struct call *call)
{
  answer_errno(call, EOPNOTSUPP);
}
