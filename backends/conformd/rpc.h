/* JSON-RPC 2.0: from a line to the methods, and from their answers to lines. */
#ifndef CONFORMD_RPC_H
#define CONFORMD_RPC_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "text.h"

enum rpc_code {
  RPC_PARSE = -32700,
  RPC_REQUEST = -32600,
  RPC_METHOD = -32601,
  RPC_PARAMS = -32602,
  RPC_CRASH = -32001,
  RPC_HANG = -32002,
  RPC_PROTOCOL = -32003,
  RPC_CONFIG = -32004,
  RPC_RESOURCE = -32005,
  RPC_OVERLOAD = -32006,
};

struct batch;

/* Where an answer goes: a line of its own, or a place in the answer of a batch. `id` 0 stands for null. */
struct asker {
  uint64_t id;
  struct batch *batch;
};

/* Takes one line, behind which a line feed stands. */
void rpc_line(const char *line, size_t length);
/* Answers that the supervisor gives itself; they leave with rpc_flush. */
void rpc_result(struct asker asker, const char *json);
void rpc_error(struct asker asker, enum rpc_code code, const char *message);
/* An answer that a worker has written: a whole line. */
void rpc_relay(struct asker asker, const char *line, size_t length);
void rpc_flush(void);
/* The session has ended: nobody waits for what has not left yet. */
void rpc_forget(void);

/* The envelope that workers use too. */
void rpc_write_head(struct text *text, uint64_t id);
void rpc_write_error(struct text *text, uint64_t id, enum rpc_code code, const char *message);

#endif
