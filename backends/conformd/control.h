/* Controls: what no call on a file can do. */
#ifndef CONFORMD_CONTROL_H
#define CONFORMD_CONTROL_H

#include <jansson.h>
#include <stdbool.h>
#include "rpc.h"
#include "text.h"

/* Answers a control, or hands it to the worker for controls, which may wait for it as long as it takes. */
void control_request(struct asker asker, json_t *control);
/* The actions that work here, as elements of a JSON array; `patched`: only those that patch the driver. */
void control_write_offered(struct text *json, bool patched);

#endif
