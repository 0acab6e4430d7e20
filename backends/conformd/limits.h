/* What bounds the agent: told to the client in the answer to `hello`, and held against every message. */
#ifndef CONFORMD_LIMITS_H
#define CONFORMD_LIMITS_H

#define AGENT_VERSION "0.1.0"
#define PROTOCOL_VERSION 1

/* Bytes of a line, in either direction. */
#define LIMIT_FRAME (1u << 20)
/* Requests of a JSON-RPC batch. */
#define LIMIT_BATCH 256u
/* Calls that have not been answered yet. */
#define LIMIT_INFLIGHT 1024u
/* Processes at a time. */
#define LIMIT_PROCESSES 64u
/* Regions, patches and poll entries of one call. */
#define LIMIT_REGIONS 256u
#define LIMIT_PATCHES 1024u
#define LIMIT_ENTRIES 256u
/* Bytes that read and load give at once: their hex fits a line. */
#define LIMIT_READ (LIMIT_FRAME / 2 - 1024)
/* Bytes of ordinary memory that processes map, and of requests that wait for one of them. */
#define LIMIT_BYTES (128ull << 20)
/* Bytes of a path. */
#define LIMIT_PATH 4096u

#endif
