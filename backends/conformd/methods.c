#include "methods.h"

#include <string.h>
#include "session.h"

static const struct method *find(const char *name)
{
  static const struct method *const tables[] = {message_methods, file_methods, session_methods};

  for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
    for (const struct method *method = tables[i]; method->name; method++) {
      if (!strcmp(method->name, name))
        return method;
    }
  }
  return NULL;
}

void methods_call(struct asker asker, const char *name, json_t *params)
{
  const struct method *method = find(name);
  struct argument arguments[FIELDS_MOST];
  struct complaint complaint;

  if (!method) {
    complain(&complaint, "there is no method %.60s", name);
    rpc_error(asker, RPC_METHOD, complaint.text);
    return;
  }
  if (!session_open() && strcmp(name, "hello")) {
    rpc_error(asker, RPC_REQUEST, "the first message is hello");
    return;
  }
  if (!params_read(params, method->fields, arguments, "params", &complaint)) {
    rpc_error(asker, RPC_PARAMS, complaint.text);
    return;
  }
  method->call(asker, arguments);
}

void methods_notify(const char *name, json_t *params)
{
  static const struct field fields[] = {SCENARIO_FIELD, {0}};
  struct argument scenario;
  struct complaint complaint;

  if (!strcmp(name, "begin") && session_open() && params_read(params, fields, &scenario, "params", &complaint))
    session_begin(scenario.string);
}
