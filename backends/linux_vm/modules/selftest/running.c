// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
#include <rdma/ib_user_verbs.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "selftest.h"

static void *run_alloc_pd(void *data)
{
	struct running *running = data;

	running->error = alloc_pd(running->fd, &running->handle);
	running->done = true;
	return NULL;
}

static void *run_command(void *data)
{
	struct running *running = data;

	running->error = inject("%s", running->command);
	running->done = true;
	return NULL;
}

static void *run_reading(void *data)
{
	struct ib_uverbs_async_event_desc event = {};
	struct running *running = data;

	/* The port of a device that has just come may still be about to tell that it is up. */
	do
		running->error = read(running->fd, &event, sizeof(event)) == sizeof(event) ? (int)event.event_type : -1;
	while (running->error > 8);
	running->done = true;
	return NULL;
}

static void begin(struct running *running, void *(*run)(void *), int fd)
{
	running->done = false;
	running->fd = fd;
	pthread_create(&running->thread, NULL, run, running);
}

void begin_alloc_pd(struct running *running, int fd)
{
	begin(running, run_alloc_pd, fd);
}

void begin_reading(struct running *running, int fd)
{
	begin(running, run_reading, fd);
}

void begin_command(struct running *running, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(running->command, sizeof(running->command), format, arguments);
	va_end(arguments);
	begin(running, run_command, -1);
}

bool done_within(struct running *running, int milliseconds)
{
	while (!running->done && milliseconds-- > 0)
		pause_ms(1);
	return running->done;
}

int finish(struct running *running)
{
	pthread_join(running->thread, NULL);
	return running->error;
}
