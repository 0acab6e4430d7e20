// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Tries both modules on a software driver: selftest DRIVER NETDEV CONFORM_INJECT.ko CONFORM_CONSUMER.ko [ROUNDS]
 * For a guest that is thrown away: it removes the device again and again. Ends with 0 where everything held.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <poll.h>
#include <pthread.h>
#include <rdma/ib_user_verbs.h>
#include <rdma/rdma_netlink.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NODE "/dev/infiniband/uverbs0"

static const char *driver, *netdev;
static char device[32];
static int failures, checks;

static void check(bool held, const char *format, ...)
{
	va_list arguments;

	checks++;
	if (held)
		return;
	failures++;
	printf("not ok: ");
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n");
}

static void pause_ms(long milliseconds)
{
	struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* ---- the modules ---- */

static __thread char report[40000];

/* One command: 0 or an errno; what it reported is in `report`. */
static int ask(const char *node, const char *format, ...)
{
	char text[2048];
	va_list arguments;
	ssize_t got, length;
	int fd = open(node, O_RDWR | O_CLOEXEC), error = 0;

	if (fd < 0)
		return errno;
	va_start(arguments, format);
	length = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	if (write(fd, text, length) != length)
		error = errno;
	for (length = 0; (got = read(fd, report + length, sizeof(report) - 1 - length)) > 0; length += got)
		;
	report[length] = 0;
	close(fd);
	return error;
}

#define inject(...) ask("/dev/conform_inject", __VA_ARGS__)
#define consumer(...) ask("/dev/conform_consumer", __VA_ARGS__)

/* A number of the last report; -1 where it says nothing of it. */
static long long reported(const char *key)
{
	char *at = report;
	size_t length = strlen(key);

	while (at && *at) {
		if (!strncmp(at, key, length) && at[length] == '=')
			return strtoll(at + length + 1, NULL, 0);
		at = strchr(at, '\n');
		at = at ? at + 1 : NULL;
	}
	return -1;
}

static int load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), error;

	if (fd < 0)
		return errno;
	error = syscall(SYS_finit_module, fd, "", 0) ? errno : 0;
	close(fd);
	return error;
}

static int unload(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? errno : 0;
}

/* ---- the device ---- */

static int plug(void)
{
	struct {
		struct nlmsghdr head;
		char attributes[256];
	} question = { .head = { NLMSG_HDRLEN, RDMA_NL_GET_TYPE(RDMA_NL_NLDEV, RDMA_NLDEV_CMD_NEWLINK),
				 NLM_F_REQUEST | NLM_F_ACK, 0, 0 } };
	struct {
		struct nlmsghdr head;
		struct nlmsgerr error;
		char rest[512];
	} answer;
	const struct {
		int type;
		const char *text;
	} attributes[] = { { RDMA_NLDEV_ATTR_DEV_NAME, device },
			   { RDMA_NLDEV_ATTR_LINK_TYPE, driver },
			   { RDMA_NLDEV_ATTR_NDEV_NAME, netdev } };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_RDMA), i;

	for (i = 0; i < 3; i++) {
		struct nlattr *at = (void *)((char *)&question + NLMSG_ALIGN(question.head.nlmsg_len));

		at->nla_type = attributes[i].type;
		at->nla_len = NLA_HDRLEN + strlen(attributes[i].text) + 1;
		strcpy((char *)at + NLA_HDRLEN, attributes[i].text);
		question.head.nlmsg_len = NLMSG_ALIGN(question.head.nlmsg_len) + at->nla_len;
	}
	if (send(fd, &question, question.head.nlmsg_len, 0) < 0 || recv(fd, &answer, sizeof(answer), 0) < 0)
		answer.error.error = -errno;
	close(fd);
	for (i = 0; i < 100 && access(NODE, R_OK); i++)
		pause_ms(10);
	return -answer.error.error;
}

struct request {
	struct ib_uverbs_cmd_hdr header;
	uint64_t response;
	char rest[256];
} __attribute__((packed, aligned(4)));

/* A write command: 0 or an errno. */
static int uverbs(int fd, unsigned int number, struct request *request, size_t bytes, void *response, size_t room)
{
	request->header.command = number;
	request->header.in_words = (sizeof(request->header) + bytes) / 4;
	request->header.out_words = room / 4;
	request->response = (uintptr_t)response;
	return write(fd, request, sizeof(request->header) + bytes) < 0 ? errno : 0;
}

struct context {
	int fd, async;
	uint32_t pd, cq, qp, qpn;
	uint64_t map_offset;
	uint32_t map_length;
};

static int alloc_pd(int fd, uint32_t *handle)
{
	struct ib_uverbs_alloc_pd_resp response = {};
	struct request request = {};
	int error = uverbs(fd, IB_USER_VERBS_CMD_ALLOC_PD, &request, sizeof(struct ib_uverbs_alloc_pd), &response,
			   sizeof(response));

	*handle = response.pd_handle;
	return error;
}

static void open_context(struct context *context)
{
	struct ib_uverbs_get_context_resp got = {};
	struct request request = {};

	memset(context, 0, sizeof(*context));
	context->fd = open(NODE, O_RDWR | O_CLOEXEC);
	check(context->fd >= 0, "open: %d", errno);
	check(!uverbs(context->fd, IB_USER_VERBS_CMD_GET_CONTEXT, &request, sizeof(struct ib_uverbs_get_context), &got,
		      sizeof(got)), "GET_CONTEXT: %d", errno);
	context->async = got.async_fd;
}

/* A protection domain, a completion queue and an RC queue pair. */
static void populate(struct context *context)
{
	struct {
		struct ib_uverbs_create_cq_resp core;
		struct {
			uint64_t offset;
			uint32_t size, pad;
		} map;
		char room[64];
	} cq = {};
	struct {
		struct ib_uverbs_create_qp_resp core;
		char room[64];
	} qp = {};
	struct ib_uverbs_create_cq new_cq = { .user_handle = 0xc0, .cqe = 4, .comp_channel = -1 };
	struct ib_uverbs_create_qp new_qp = { .user_handle = 0xd0, .max_send_wr = 1, .max_recv_wr = 1,
					      .max_send_sge = 1, .max_recv_sge = 1, .qp_type = 2 /* RC */ };
	struct request request = {};

	check(!alloc_pd(context->fd, &context->pd), "ALLOC_PD: %d", errno);
	memcpy(&request.response, &new_cq, sizeof(new_cq));
	check(!uverbs(context->fd, IB_USER_VERBS_CMD_CREATE_CQ, &request, sizeof(new_cq), &cq, sizeof(cq)),
	      "CREATE_CQ: %d", errno);
	context->cq = cq.core.cq_handle;
	context->map_offset = cq.map.offset;
	context->map_length = cq.map.size;
	new_qp.pd_handle = context->pd;
	new_qp.send_cq_handle = new_qp.recv_cq_handle = context->cq;
	memcpy(&request.response, &new_qp, sizeof(new_qp));
	check(!uverbs(context->fd, IB_USER_VERBS_CMD_CREATE_QP, &request, sizeof(new_qp), &qp, sizeof(qp)),
	      "CREATE_QP: %d", errno);
	context->qp = qp.core.qp_handle;
	context->qpn = qp.core.qpn;
}

static void close_context(struct context *context)
{
	close(context->fd);
	close(context->async);
}

/* The next event, as type and element; -1 where none comes in time. */
static int next_event(int fd, uint64_t *element)
{
	struct ib_uverbs_async_event_desc event = {};
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	if (poll(&poll_fd, 1, 500) != 1 || read(fd, &event, sizeof(event)) != sizeof(event))
		return -1;
	*element = event.element;
	return event.event_type;
}

/* ---- what is tried ---- */

struct running {
	pthread_t thread;
	int fd, error;
	uint32_t handle;
	volatile bool done;
	char command[256];
};

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

static bool done_within(struct running *running, int milliseconds)
{
	while (!running->done && milliseconds > 0) {
		pause_ms(5);
		milliseconds -= 5;
	}
	return running->done;
}

static void try_failures(void)
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
	populate(&context);
	close_context(&context);
}

static void try_stalls(const char *module)
{
	struct running calls[3] = {};
	struct context context;
	int i, status;
	pid_t child;
	double begun;

	open_context(&context);
	for (i = 0; i < 3; i++) {
		calls[i].fd = context.fd;
		check(!inject("stall device=uverbs0 object=pd method=create point=admitted"), "stall: %s", report);
		pthread_create(&calls[i].thread, NULL, run_alloc_pd, &calls[i]);
		check(!done_within(&calls[i], 50), "a stalled call returned");
	}
	check(unload(module) == EWOULDBLOCK || errno == EBUSY, "unloaded under a stalled call: %d", errno);
	check(!inject("release device=%s", device) && reported("released") == 3, "release: %s", report);
	for (i = 0; i < 3; i++) {
		check(done_within(&calls[i], 1000) && !calls[i].error, "released call: %d", calls[i].error);
		pthread_join(calls[i].thread, NULL);
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

static void try_events(void)
{
	static const struct {
		const char *name;
		int number;
	} general[] = { { "DEVICE_FATAL", 8 }, { "PORT_ACTIVE", 9 }, { "PORT_ERR", 10 }, { "LID_CHANGE", 11 },
			{ "PKEY_CHANGE", 12 }, { "SM_CHANGE", 13 }, { "CLIENT_REREGISTER", 17 }, { "GID_CHANGE", 18 } };
	struct context context, other;
	uint64_t element;
	unsigned int i;
	int got;

	open_context(&context);
	open_context(&other);
	populate(&context);
	populate(&other);
	for (i = 0; i < sizeof(general) / sizeof(*general); i++) {
		check(!inject("raise_event device=%s event=%s port=1", device, general[i].name), "raise: %s", report);
		got = next_event(context.async, &element);
		check(got == general[i].number && element == 1, "%s: %d of %llu", general[i].name, got,
		      (unsigned long long)element);
		next_event(other.async, &element);
	}
	check(!inject("raise_event device=%s event=CQ_ERR object=cq handle=%u fd=%d pid=%d", device, context.cq,
		      context.fd, getpid()), "raise: %s", report);
	got = next_event(context.async, &element);
	check(got == 0 && element == 0xc0, "CQ_ERR: %d of %#llx", got, (unsigned long long)element);
	check(!inject("raise_event device=%s event=5 object=qp handle=%u fd=%d", device, other.qp, other.fd),
	      "raise: %s", report);
	got = next_event(other.async, &element);
	check(got == 5 && element == 0xd0, "SQ_DRAINED: %d of %#llx", got, (unsigned long long)element);
	check(!inject("raise_event device=%s event=QP_FATAL object=qp qpn=%u", device, context.qpn), "raise: %s", report);
	got = next_event(context.async, &element);
	check(got == 1 && element == 0xd0, "QP_FATAL: %d of %#llx", got, (unsigned long long)element);
	check(inject("raise_event device=%s event=CQ_ERR object=cq handle=%u", device, context.cq) == ENOTUNIQ,
	      "two files: %s", report);
	check(inject("raise_event device=%s event=CQ_ERR object=cq handle=77 fd=%d", device, context.fd) == ENOENT,
	      "no such handle: %s", report);
	check(inject("raise_event device=%s event=CQ_ERR object=qp handle=1", device) == EINVAL, "wrong: %s", report);
	check(inject("raise_event device=%s event=WQ_FATAL object=wq handle=1", device) == EOPNOTSUPP, "wq: %s", report);
	check(inject("raise_event device=%s event=PORT_ERR port=9", device) == EINVAL, "port: %s", report);
	check(next_event(context.async, &element) < 0 && next_event(other.async, &element) < 0, "one event too many");
	close_context(&context);
	close_context(&other);
}

static void try_port(void)
{
	struct context context;
	uint64_t element;
	int event;

	inject("offers device=%s", device);
	if (!strstr(report, "set_port"))
		return;
	open_context(&context);
	check(!inject("set_port device=%s port=1 state=DOWN", device) && reported("state") == 1, "down: %s", report);
	while ((event = next_event(context.async, &element)) >= 0 && event != 10)
		;
	check(event == 10, "no PORT_ERR");
	check(!inject("set_port device=%s port=1 state=ACTIVE", device) && reported("state") == 4, "up: %s", report);
	while ((event = next_event(context.async, &element)) >= 0 && event != 9)
		;
	check(event == 9, "no PORT_ACTIVE");
	check(inject("set_port device=%s port=1 state=ARMED", device) == EOPNOTSUPP, "ARMED: %s", report);
	check(inject("set_port device=%s port=7 state=DOWN", device) == EINVAL, "port 7: %s", report);
	close_context(&context);
}

static void *read_event(void *data)
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

/* With a full context, an empty one, a file without one, a reader that waits, and a call that stands still. */
static double try_removal(bool stalled)
{
	struct running reader = {}, call = {}, removal = {};
	struct context context, empty;
	int bare = open(NODE, O_RDWR | O_CLOEXEC);
	uint32_t handle;
	double took;

	open_context(&context);
	populate(&context);
	open_context(&empty);
	reader.fd = context.async;
	call.fd = context.fd;
	pthread_create(&reader.thread, NULL, read_event, &reader);
	if (stalled) {
		check(!inject("stall device=%s method=alloc_pd", device), "stall: %s", report);
		pthread_create(&call.thread, NULL, run_alloc_pd, &call);
		check(!done_within(&call, 50), "a stalled call returned");
	}
	snprintf(removal.command, sizeof(removal.command), "remove device=%s", device);
	took = now();
	pthread_create(&removal.thread, NULL, run_command, &removal);
	if (stalled) {
		check(!done_within(&removal, 200), "removal did not wait for a call");
		check(!inject("release device=%s", device) && reported("released") == 1, "release: %s", report);
		check(done_within(&call, 1000) && !call.error, "the stalled call: %d", call.error);
		pthread_join(call.thread, NULL);
	}
	check(done_within(&removal, 5000) && !removal.error, "removal: %d", removal.error);
	took = now() - took;
	pthread_join(removal.thread, NULL);
	check(done_within(&reader, 1000) && reader.error == 8, "the reader: %d", reader.error);
	pthread_join(reader.thread, NULL);
	check(alloc_pd(context.fd, &handle) && errno == EIO, "after removal: %d", errno);
	check(inject("remove device=%s", device) == ENODEV, "removed twice: %s", report);
	check(!plug(), "plug: %d", errno);
	close_context(&context);
	close_context(&empty);
	close(bare);
	return took;
}

static void try_mapped(void)
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

/* How many references a module has, as /proc/modules tells. */
static int references(const char *name)
{
	char line[512], found[64];
	int count, result = -1;
	FILE *file = fopen("/proc/modules", "re");

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "%63s %*d %d", found, &count) == 2 && !strcmp(found, name))
			result = count;
	if (file)
		fclose(file);
	return result;
}

static void try_table(void)
{
	double begun = now();

	check(!inject("qp_table"), "qp_table: %s", report);
	printf("%sqp_table_ms=%.0f\n", report, now() - begun);
	check(reported("legal") == 22 * 8 && reported("disagreements") == 0, "qp_table: %lld pairs", reported("legal"));
}

static void try_consumer(void)
{
	static const char *const contexts[] = { "process", "spinlock", "irqoff", "tasklet", "timer" };
	long long pd, ah;
	unsigned int i;
	double begun;

	check(!consumer("kernel_call device=%s object=pd method=create atomic=0", device) && !reported("errno"),
	      "kernel pd: %s", report);
	pd = reported("handle");
	for (i = 0; i < 5; i++) {
		begun = now();
		if (i == 2 && sysconf(_SC_NPROCESSORS_ONLN) < 2) {
			check(consumer("detector_test context=irqoff") == EBUSY, "irqoff alone: %s", report);
			continue;
		}
		check(!consumer("detector_test context=%s", contexts[i]) && reported("violations") > 1,
		      "the detector in %s: %s", contexts[i], report);
		check(!consumer("kernel_call device=uverbs0 context=%s sleepable=0 object=ah method=create pd=%lld "
				"path_roce.port=1 path_roce.sgid_index=0 path_roce.hop_limit=64 path_roce.reserved=0 "
				"path_roce.dgid_high=0 path_roce.dgid_low=0xffffc0000202", contexts[i], pd),
		      "ah in %s: %s", contexts[i], report);
		ah = reported("handle");
		printf("ah_create_%s errno=%lld violations=%lld microseconds=%lld\n", contexts[i], reported("errno"),
		       reported("violations"), reported("microseconds"));
		if (reported("errno"))
			continue;
		check(!consumer("kernel_call device=%s object=pd method=destroy on=%lld", device, pd) &&
		      reported("errno") == EBUSY, "pd in use: %s", report);
		check(!consumer("kernel_call device=%s context=%s object=ah method=destroy on=%lld", device, contexts[i],
				ah), "destroy in %s: %s", contexts[i], report);
		printf("ah_destroy_%s errno=%lld violations=%lld microseconds=%lld total_ms=%.0f\n", contexts[i],
		       reported("errno"), reported("violations"), reported("microseconds"), now() - begun);
	}
	check(!consumer("kernel_call device=%s atomic=0 sleepable=1 object=ah method=create pd=%lld dgid=fe80::1",
			device, pd) && !reported("violations"), "sleepable: %s", report);
	check(consumer("kernel_call device=%s atomic=1 sleepable=1 object=ah method=create pd=%lld", device, pd) ==
	      EINVAL, "sleepable and atomic: %s", report);
	check(consumer("kernel_call device=%s object=ah method=create pd=%lld port=3", device, pd) == EINVAL,
	      "port 3: %s", report);
	check(!consumer("kernel_call device=%s object=ah method=create pd=1", device) && reported("errno") == ENOENT,
	      "no pd: %s", report);
	check(!consumer("kernel_reset device=%s", device) && reported("left") >= 2, "left: %s", report);
	/* A device goes with objects of the kernel on it. */
	check(!consumer("kernel_call device=%s object=pd method=create", device) && !reported("errno"), "%s", report);
	check(!consumer("kernel_call device=%s object=ah method=create pd=%lld", device, reported("handle")), "%s", report);
	try_removal(false);
}

static void try_garbage(void)
{
	static const char *const words[] = { "remove", "fail", "stall", "device=", "device=rxe0", "method=alloc_pd", "=",
					     "errno=", "errno=99999999999999999999", "kernel_call", "object=ah", "\x01",
					     "method=create", "pd=-1", "raise_event", "event=", "event=0", "object=cq",
					     "fd=-1", "fd=2147483647", "pid=1", "handle=0xffffffff", " ", "dgid=zz",
					     "a.b.c=d", "context=irqof", "release", "set_port", "port=0", "qpn=1" };
	char text[2100];
	unsigned int i, j;

	srandom(1);
	for (i = 0; i < 2000; i++) {
		*text = 0;
		for (j = random() % 8; j--;) {
			const char *word = words[random() % (sizeof(words) / sizeof(*words))];

			/* Never the whole of a removal. */
			if (!strcmp(word, "remove"))
				word = "removes";
			strcat(strcat(text, word), " ");
		}
		ask(random() % 2 ? "/dev/conform_inject" : "/dev/conform_consumer", "%s", text);
	}
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = 0;
	check(inject("%s", text) != 0, "an endless command was taken");
	check(inject("remove device=%s unknown=1", device) == EINVAL, "an unknown key: %s", report);
	check(inject("remove device=%s device=%s", device, device) == EINVAL, "a key twice: %s", report);
	check(!inject("restore device=%s", device), "restore: %s", report);
	check(!consumer("kernel_reset device=%s", device), "kernel_reset: %s", report);
}

int main(int argc, char **argv)
{
	int round, rounds = argc > 5 ? atoi(argv[5]) : 50;
	double took, most = 0, sum = 0;
	struct context context;

	if (argc < 5) {
		fprintf(stderr, "usage: selftest DRIVER NETDEV CONFORM_INJECT.ko CONFORM_CONSUMER.ko [ROUNDS]\n");
		return 2;
	}
	driver = argv[1];
	netdev = argv[2];
	snprintf(device, sizeof(device), "%s0", driver);
	setbuf(stdout, NULL);
	check(!load(argv[3]), "loading %s: %d", argv[3], errno);
	if (access(NODE, R_OK))
		check(!plug(), "plug: %d", errno);
	check(!load(argv[4]), "loading %s: %d", argv[4], errno);
	inject("offers device=%s", device);
	printf("%s", report);
	try_failures();
	try_stalls("conform_inject");
	try_events();
	try_port();
	try_mapped();
	try_table();
	try_consumer();
	try_garbage();
	for (round = 0; round < rounds; round++) {
		took = try_removal(false);
		sum += took;
		most = took > most ? took : most;
	}
	printf("removals=%d mean_ms=%.1f most_ms=%.1f\n", rounds, sum / rounds, most);
	for (round = 0; round < 5; round++)
		try_removal(true);

	/* Unloading restores what was there, under an open file with objects. */
	open_context(&context);
	check(!inject("fail device=%s method=alloc_pd errno=5", device), "fail: %s", report);
	check(!inject("fail device=%s method=create_qp errno=5", device), "fail: %s", report);
	took = now();
	check(!unload("conform_inject"), "unloading conform_inject: %d", errno);
	printf("unload_ms=%.0f\n", now() - took);
	check(!unload("conform_consumer"), "unloading conform_consumer: %d", errno);
	populate(&context);
	close_context(&context);
	check(!load(argv[3]) && !load(argv[4]), "loading again: %d", errno);
	check(!inject("remove device=%s", device) && reported("driver_references") == 0, "remove: %s", report);
	printf("%sreferences=%d\n", report, references("rdma_rxe"));
	check(!unload("conform_inject") && !unload("conform_consumer"), "unloading again: %d", errno);
	printf("checks=%d failures=%d\n", checks, failures);
	return failures > 0;
}
