// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Hot removal. */
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "selftest.h"

/* With a full context, an empty one, a file without one, a reader that waits, and a call that stands still. */
double try_removal(bool stalled)
{
	struct running reader = {}, call = {}, removal = {};
	int bare = open(NODE, O_RDWR | O_CLOEXEC);
	struct context context, empty;
	uint32_t handle;
	double took;

	open_context(&context);
	populate(&context);
	open_context(&empty);
	begin_reading(&reader, context.async);
	if (stalled) {
		check(!inject("stall device=%s method=alloc_pd", device), "stall: %s", report);
		begin_alloc_pd(&call, context.fd);
		check(!done_within(&call, 50), "a stalled call returned");
	}
	took = now();
	begin_command(&removal, "remove device=%s", device);
	if (stalled) {
		check(!done_within(&removal, 200), "removal did not wait for a call");
		check(!inject("release device=%s", device) && reported("released") == 1, "release: %s", report);
		check(done_within(&call, 1000), "the stalled call did not return");
		check(!finish(&call), "the stalled call: %d", call.error);
	}
	check(done_within(&removal, 5000), "removal did not end");
	check(!finish(&removal), "removal: %d", removal.error);
	took = now() - took;
	check(done_within(&reader, 1000), "the reader still waits");
	check(finish(&reader) == 8, "the reader: %d", reader.error);
	check(alloc_pd(context.fd, &handle) && errno == EIO, "after removal: %d", errno);
	check(inject("remove device=%s", device) == ENODEV, "removed twice: %s", report);
	check(!plug(), "plug: %d", errno);
	close_context(&context);
	close_context(&empty);
	close(bare);
	return took;
}

/* Whoever asks for a removal can be killed; the removal goes on. */
void try_killed_removal(void)
{
	struct running call = {};
	struct context context;
	double begun;
	pid_t child;
	int i;

	open_context(&context);
	check(!inject("stall device=%s method=alloc_pd", device), "stall: %s", report);
	begin_alloc_pd(&call, context.fd);
	check(!done_within(&call, 50), "a stalled call returned");
	child = fork();
	if (!child)
		_exit(inject("remove device=%s", device));
	pause_ms(100);
	begun = now();
	kill(child, SIGKILL);
	check(waitpid(child, NULL, 0) == child && now() - begun < 500, "killing took %.0f ms", now() - begun);
	check(!inject("release device=%s", device) && reported("released") == 1, "release: %s", report);
	check(!finish(&call), "the stalled call: %d", call.error);
	/* Its interface is free when it has gone. */
	for (i = 0; i < 500 && plug(); i++)
		pause_ms(10);
	check(i < 500, "the device did not go, or did not come again");
	close_context(&context);
}

static _Atomic bool churning;

static void *churn(void *unused)
{
	while (churning) {
		int fd = open(NODE, O_RDWR | O_CLOEXEC);

		if (fd >= 0)
			close(fd);
	}
	return unused;
}

/*
 * Removal while others open and close the device without end. A file that is opened between the moment the core lets it
 * and the moment conform_inject hears of the device keeps its reference on the driver; none may be given back twice.
 */
void try_churn(const char *module)
{
	int i, before = references(module);
	pthread_t threads[4];

	churning = true;
	for (i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, churn, NULL);
	for (i = 0; i < 20; i++) {
		pause_ms(5);
		check(!inject("remove device=%s", device), "remove: %s", report);
		check(!plug(), "plug: %d", errno);
	}
	churning = false;
	for (i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	check(references(module) >= before, "%d references on %s, before there were %d", references(module), module, before);
	printf("references_before_churn=%d\nreferences_after_churn=%d\n", before, references(module));
}

void try_mapped(void)
{
	struct context context;
	void *map;

	open_context(&context);
	populate(&context);
	map = mmap(NULL, context.map_length, PROT_READ, MAP_SHARED, context.fd, context.map_offset);
	if (map != MAP_FAILED) {
		check(inject("remove device=%s", device) == EBUSY, "removed although mapped: %s", report);
		munmap(map, context.map_length);
	}
	close_context(&context);
}
