/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* What the trials of the two modules share. */
#ifndef SELFTEST_H
#define SELFTEST_H

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define NODE "/dev/infiniband/uverbs0"

extern const char *driver, *netdev;
extern char device[32];

/* tell.c: what held, and what did not */
extern int failures, checks;
void check(bool held, const char *format, ...) __attribute__((format(printf, 2, 3)));
void pause_ms(long milliseconds);
/* Milliseconds. */
double now(void);

/* ask.c: the modules. A command gives 0 or an errno; what it reported is in `report`. */
extern __thread char report[40000];
int ask(const char *node, const char *format, ...) __attribute__((format(printf, 2, 3)));
#define inject(...) ask("/dev/conform_inject", __VA_ARGS__)
#define consumer(...) ask("/dev/conform_consumer", __VA_ARGS__)
/* A number of the last report; -1 where it says nothing of it. */
long long reported(const char *key);
/* 0 or an errno. */
int load(const char *path);
int unload(const char *name);
/* How many references a module has. */
int references(const char *name);

/* verbs.c: the device, by write commands. Each gives 0 or an errno. */
struct context {
	int fd, async;
	uint32_t pd, cq, srq, qp, qpn;
	uint64_t map_offset;
	uint32_t map_length;
};

int plug(void);
void open_context(struct context *context);
int alloc_pd(int fd, uint32_t *handle);
int dealloc_pd(int fd, uint32_t handle);
/* A protection domain, a completion queue, a shared receive queue where there are any, and an RC queue pair. */
void populate(struct context *context);
void close_context(struct context *context);
/* The type of the next event, and what it is about; -1 where none comes in time. */
int next_event(int fd, uint64_t *element);

/* running.c: calls that are under way while others are made */
struct running {
	pthread_t thread;
	int fd, error;
	uint32_t handle;
	_Atomic bool done;
	char command[256];
};

void begin_alloc_pd(struct running *running, int fd);
void begin_command(struct running *running, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Gets the type of the first event that is not one of a port. */
void begin_reading(struct running *running, int fd);
bool done_within(struct running *running, int milliseconds);
/* What it gave, once it is done. */
int finish(struct running *running);

/* try_*.c */
void try_failures(void);
void try_stalls(void);
void try_events(void);
void try_link(void);
void try_mapped(void);
/* How long the removal took, in milliseconds. */
double try_removal(bool stalled);
void try_killed_removal(void);
void try_churn(const char *module);
void try_table(void);
void try_consumer(void);
void try_garbage(void);

#endif
