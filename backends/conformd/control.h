/* Controls: what no call on a file can do. Each becomes a command for a kernel module of ours, or runs one of the operator's. */
#ifndef CONFORMD_CONTROL_H
#define CONFORMD_CONTROL_H

#include <jansson.h>
#include <stdbool.h>
#include "rpc.h"
#include "text.h"

#define INJECT_MODULE "/dev/conform_inject"
#define CONSUMER_MODULE "/dev/conform_consumer"

/* Where a control goes; in the request of its frame. */
enum control_way {
  CONTROL_NOWHERE,
  CONTROL_INJECT,
  CONTROL_CONSUMER,
  CONTROL_PLUG,
  CONTROL_REMOVE,
};

/* Answers a control, or hands it to the worker for controls, which may wait for it as long as it takes. */
void control_request(struct asker asker, json_t *control);
/* The actions that work here, as elements of a JSON array; `patched`: only those that patch the driver. */
void control_write_offered(struct text *json, bool patched);
/* `,"operations":[...]`: the methods that stall and fail can act on; nothing where no module tells. */
void control_write_operations(struct text *json);
/* Whether one was asked for since the last time, so that there is something to set right. */
bool control_used(void);
/* Calls that stand still go on, and operations are the driver's own again. */
void control_let_go(void);
/* What consumers in the kernel left is destroyed, and a device that was removed comes back. */
void control_set_right(void);

/* One command to a module: 0 or an errno; what it reports into `report`, which ends with a 0. */
int control_tell(const char *module, const char *command, char *report, size_t room);
/* Runs a command of the operator, with the device in CONFORM_DEVICE: 0 or an errno. The shell's, but for a bare path. */
int control_run(const char *command, const char *device);

#endif
