// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Calls that fail and calls that stand still. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "selftest.h"

void try_failures(void)
{
	static const struct {
		const char *method;
		int error;
	} all[] = { { "method=alloc_pd errno=ENOMEM", ENOMEM },
		    { "object=pd method=create errno=5", EIO },
		    { "method=alloc_pd errno=ETIMEDOUT", ETIMEDOUT } };
	struct context context;
	uint32_t handle;
	unsigned int i;

	open_context(&context);
	for (i = 0; i < 3; i++) {
		check(!inject("fail device=%s %s", device, all[i].method), "fail: %s", report);
		check(alloc_pd(context.fd, &handle) && errno == all[i].error, "%s: %d", all[i].method, errno);
		check(!alloc_pd(context.fd, &handle), "after it: %d", errno);
	}
	check(!inject("methods device=%s", device) && strstr(report, "create_qp=qp.create"), "methods: %s", report);
	check(inject("fail device=%s method=alloc_dm errno=5", device) == EOPNOTSUPP, "no alloc_dm: %s", report);
	check(inject("fail device=%s method=alloc_pd errno=EWHAT", device) == EINVAL, "no errno: %s", report);
	check(!inject("fail device=%s method=create_qp errno=12", device), "armed: %s", report);
	check(!inject("restore device=%s", device) && reported("disarmed") == 1, "restore: %s", report);
	/* A destroy that fails leaves the object, and one that fails while the file is closed is made again. */
	check(!inject("fail device=%s object=pd method=destroy errno=EIO", device), "fail: %s", report);
	check(dealloc_pd(context.fd, handle) && errno == EIO, "DEALLOC_PD: %d", errno);
	check(!dealloc_pd(context.fd, handle), "DEALLOC_PD again: %d", errno);
	populate(&context);
	check(!inject("fail device=%s method=dealloc_pd errno=EIO", device), "fail: %s", report);
	close_context(&context);
	check(!inject("restore device=%s", device) && !reported("disarmed"), "nothing failed at the end: %s", report);
}

void try_stalls(void)
{
	struct running calls[3] = {};
	struct context context;
	int i, status;
	pid_t child;
	double begun;

	open_context(&context);
	for (i = 0; i < 3; i++) {
		check(!inject("stall device=uverbs0 object=pd method=create point=admitted"), "stall: %s", report);
		begin_alloc_pd(&calls[i], context.fd);
		check(!done_within(&calls[i], 50), "a stalled call returned");
	}
	check(unload("conform_inject") == EWOULDBLOCK || errno == EBUSY, "unloaded under a stalled call: %d", errno);
	check(!inject("release device=%s", device) && reported("released") == 3, "release: %s", report);
	for (i = 0; i < 3; i++) {
		check(done_within(&calls[i], 1000), "a released call did not return");
		check(!finish(&calls[i]), "a released call: %d", calls[i].error);
	}
	check(!inject("stall device=%s method=alloc_pd", device), "stall: %s", report);
	child = fork();
	if (!child) {
		uint32_t handle;

		/* Of its own: the core takes write commands from those who opened the file alone. */
		open_context(&context);
		alloc_pd(context.fd, &handle);
		_exit(1);
	}
	pause_ms(100);
	check(!waitpid(child, &status, WNOHANG), "the child did not stall");
	begun = now();
	kill(child, SIGKILL);
	check(waitpid(child, &status, 0) == child && WIFSIGNALED(status), "the child ended otherwise");
	check(now() - begun < 500, "killing took %.0f ms", now() - begun);
	check(!inject("release device=%s", device) && reported("released") == 0, "release: %s", report);
	close_context(&context);
}
