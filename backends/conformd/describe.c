#include "describe.h"

#include <stdio.h>
#include <sys/utsname.h>
#include "control.h"
#include "devices.h"
#include "options.h"
#include "paths.h"
#include "sysfs.h"

static void member(struct text *json, const char *name, const char *value)
{
  text_string(json, ",");
  text_quoted(json, name);
  text_string(json, ":");
  text_quoted(json, value);
}

static void write_devices(struct text *json)
{
  for (size_t i = 0; i < devices_count(); i++) {
    text_string(json, i ? ",{\"name\":" : "{\"name\":");
    text_quoted(json, devices_at(i)->name);
    member(json, "path", devices_at(i)->path);
    text_string(json, "}");
  }
}

void describe_agent(struct text *json)
{
  /* Once known, it stays the same while the device is away. */
  static char model[64];
  char driver[64];
  char node[64];
  char implementation[160];
  struct utsname kernel;
  bool known = devices_count() > 0 && sysfs_ibdev(devices_at(0), model, sizeof(model));

  if (!known && !*model)
    snprintf(model, sizeof(model), "%s", devices_count() ? devices_at(0)->name : "none");
  if (options.driver)
    snprintf(driver, sizeof(driver), "%s", options.driver);
  else if (!sysfs_driver(model, driver, sizeof(driver)))
    driver[0] = 0;
  uname(&kernel);
  snprintf(implementation, sizeof(implementation), "%s %s", kernel.sysname, *driver ? driver : model);

  text_string(json, "{\"implementation\":");
  text_quoted(json, implementation);
  member(json, "version", kernel.release);
  member(json, "abi", "uverbs");
  member(json, "model", model);
  text_string(json, ",\"devices\":[");
  write_devices(json);
  text_string(json, "],\"controls\":[");
  control_write_offered(json, false);
  text_string(json, "],\"unprivileged\":true");
  member(json, "kernel", kernel.release);
  if (*driver)
    member(json, "driver", driver);
  if (known && sysfs_node(model, node, sizeof(node)))
    member(json, "node", node);
  text_string(json, ",\"paths\":[");
  paths_write(json, model);
  text_string(json, "]");
  control_write_operations(json);
  text_string(json, ",\"patched\":[");
  control_write_offered(json, true);
  text_string(json, "],\"patience\":");
  text_number(json, options.patience);
  text_string(json, ",\"study\":false}");
}
