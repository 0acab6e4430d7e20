/*
 * Writes down what a program and its libraries pass through device files of RDMA: one JSON line for each call, with the bytes
 * before and after it. Loaded by LD_PRELOAD; RECORD_TO names the file, RECORD_OLD=1 lets the ioctl be unknown, as before 4.14.
 *
 * It knows no method and no command. Of an ioctl it knows the header and that an attribute of more than 8 bytes is an address, or
 * one that the kernel marked as written; of a write, where its header says the response goes. Functions of libibverbs that are
 * exported are wrapped, so that each line says which one was running; those of its header say so by record_function().
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <rdma/ib_user_verbs.h>
#include <rdma/rdma_user_ioctl_cmds.h>
#include <rdma/rdma_user_ioctl.h>

#define MOST_REGIONS 16
#define INLINE 8

struct region {
	const uint8_t *at;
	size_t bytes;
	/* Where its address stands in the message. */
	size_t offset;
	uint8_t *before;
};

struct call {
	const char *name;
	int fd;
	unsigned long request;
	struct region regions[MOST_REGIONS];
	unsigned int count;
};

static int out = -1;
static bool old;
static __thread const char *running;

__attribute__((constructor)) static void begin(void) {
	const char *to = getenv("RECORD_TO");
	old = getenv("RECORD_OLD") != NULL;
	if (to) out = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* For the functions of the header, which nothing can wrap. */
const char *record_function(const char *name) {
	const char *before = running;
	running = name;
	return before;
}

/* A device file, or a channel that one gave out. */
static bool is_ours(int fd) {
	char link[64], path[128];
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t length = readlink(link, path, sizeof path - 1);
	if (length < 0 || out < 0) return false;
	path[length] = 0;
	return strstr(path, "/infiniband/uverbs") || strstr(path, "[infinibandevent]");
}

/* A copy of what is there; NULL where nothing is. */
static uint8_t *copy(const void *at, size_t bytes) {
	uint8_t *to = malloc(bytes + 1);
	struct iovec here = {to, bytes}, there = {(void *)at, bytes};
	if (to && syscall(SYS_process_vm_readv, getpid(), &here, 1, &there, 1, 0) == (ssize_t)bytes) return to;
	free(to);
	return NULL;
}

static void add_region(struct call *call, const void *at, size_t bytes, size_t offset) {
	uint8_t *before = bytes && call->count < MOST_REGIONS ? copy(at, bytes) : NULL;
	if (before) call->regions[call->count++] = (struct region){at, bytes, offset, before};
}

static void tell_bytes(FILE *line, const uint8_t *bytes, size_t count) {
	fputc('"', line);
	for (size_t i = 0; i < count; i++) fprintf(line, "%02x", bytes[i]);
	fputc('"', line);
}

static void tell_regions(FILE *line, const char *key, const struct call *call, bool after) {
	fprintf(line, ",\"%s\":[", key);
	for (unsigned int i = 0; i < call->count; i++) {
		const struct region *region = &call->regions[i];
		if (i) fputc(',', line);
		tell_bytes(line, after ? region->at : region->before, region->bytes);
	}
	fputc(']', line);
}

static void tell(struct call *call, const char *detail, long answer, int error) {
	char *text = NULL;
	size_t size = 0;
	FILE *line = out < 0 ? NULL : open_memstream(&text, &size);
	if (line) {
		fprintf(line, "{\"pid\":%d,", getpid());
		if (running) fprintf(line, "\"function\":\"%s\",", running);
		fprintf(line, "\"call\":\"%s\",\"fd\":%d", call->name, call->fd);
		if (detail) fprintf(line, ",\"detail\":\"%s\"", detail);
		if (call->request) fprintf(line, ",\"request\":\"0x%lx\"", call->request);
		if (call->count) {
			tell_regions(line, "sent", call, false);
			tell_regions(line, "received", call, true);
			fputs(",\"patches\":[", line);
			for (unsigned int i = 1; i < call->count; i++)
				fprintf(line, "%s[0,%zu,%u,0]", i > 1 ? "," : "", call->regions[i].offset, i);
			fputc(']', line);
		}
		if (answer < 0) fprintf(line, ",\"answer\":\"-%s\"}\n", strerrorname_np(error));
		else fprintf(line, ",\"answer\":\"%ld\"}\n", answer);
		fclose(line);
		syscall(SYS_write, out, text, size);
		free(text);
	}
	for (unsigned int i = 0; i < call->count; i++) free(call->regions[i].before);
	errno = error;
}

/* Keeps the regions whose attribute is surely an address: by its length, or because the kernel wrote there. */
static void keep_addresses(struct call *call, const struct ib_uverbs_ioctl_hdr *header) {
	unsigned int kept = 1;
	for (unsigned int i = 1; i < call->count; i++) {
		const struct ib_uverbs_attr *attribute = (const void *)((const char *)header + call->regions[i].offset - 8);
		if (attribute->len > INLINE || (attribute->flags & UVERBS_ATTR_F_VALID_OUTPUT)) call->regions[kept++] = call->regions[i];
		else free(call->regions[i].before);
	}
	call->count = kept;
}

int ioctl(int fd, unsigned long request, ...) {
	va_list arguments;
	va_start(arguments, request);
	struct ib_uverbs_ioctl_hdr *header = va_arg(arguments, void *);
	va_end(arguments);
	if (!is_ours(fd) || request != RDMA_VERBS_IOCTL) return (int)syscall(SYS_ioctl, fd, request, header);
	if (old) {
		errno = ENOTTY;
		return -1;
	}
	struct call call = {.name = "ioctl", .fd = fd, .request = request};
	add_region(&call, header, header->length, 0);
	for (unsigned int i = 0; i < header->num_attrs; i++) {
		const struct ib_uverbs_attr *attribute = &header->attrs[i];
		size_t offset = (size_t)((const char *)&attribute->data - (const char *)header);
		if (attribute->len) add_region(&call, (const void *)(uintptr_t)attribute->data, attribute->len, offset);
	}
	int answer = (int)syscall(SYS_ioctl, fd, request, header), error = errno;
	keep_addresses(&call, header);
	tell(&call, NULL, answer, error);
	return answer;
}

/* Where the header says the response goes, and how long it may be. */
static void add_response(struct call *call, const void *bytes, size_t length) {
	const struct ib_uverbs_cmd_hdr *header = bytes;
	const struct ib_uverbs_ex_cmd_hdr *extended = (const void *)(header + 1);
	size_t room = 4 * (size_t)header->out_words;
	if (length < sizeof *header + sizeof extended->response) return;
	if (header->command & IB_USER_VERBS_CMD_FLAG_EXTENDED)
		room = length < sizeof *header + sizeof *extended ? 0 : 8 * (size_t)(header->out_words + extended->provider_out_words);
	add_region(call, (const void *)(uintptr_t)extended->response, room, sizeof *header);
}

ssize_t write(int fd, const void *bytes, size_t length) {
	if (!is_ours(fd)) return syscall(SYS_write, fd, bytes, length);
	struct call call = {.name = "write", .fd = fd};
	add_region(&call, bytes, length, 0);
	add_response(&call, bytes, length);
	ssize_t answer = syscall(SYS_write, fd, bytes, length);
	tell(&call, NULL, answer, errno);
	return answer;
}

ssize_t read(int fd, void *bytes, size_t length) {
	ssize_t answer = syscall(SYS_read, fd, bytes, length);
	int error = errno;
	if (is_ours(fd)) {
		struct call call = {.name = "read", .fd = fd};
		add_region(&call, bytes, answer > 0 ? (size_t)answer : 0, 0);
		tell(&call, NULL, answer, error);
	}
	errno = error;
	return answer;
}

int close(int fd) {
	bool ours = is_ours(fd);
	int answer = (int)syscall(SYS_close, fd), error = errno;
	if (ours) tell(&(struct call){.name = "close", .fd = fd}, NULL, answer, error);
	errno = error;
	return answer;
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
	int fd = (int)syscall(SYS_openat, folder, path, flags, mode), error = errno;
	if (strstr(path, "/infiniband/uverbs")) tell(&(struct call){.name = "open", .fd = fd}, path, fd, error);
	errno = error;
	return fd;
}

#define OPEN(name) \
	int name(const char *path, int flags, ...) { \
		va_list arguments; \
		va_start(arguments, flags); \
		mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0; \
		va_end(arguments); \
		return opened(AT_FDCWD, path, flags, mode); \
	}
OPEN(open)
OPEN(open64)

/* All arguments of these are numbers and addresses, six at most, so that one shape passes every one of them on. */
#define WRAP(name) \
	long name(long a, long b, long c, long d, long e, long f) { \
		static long (*real)(long, long, long, long, long, long); \
		const char *before = running; \
		if (!real) real = dlsym(RTLD_NEXT, #name); \
		if (!before) running = #name; \
		long answer = real(a, b, c, d, e, f); \
		running = before; \
		return answer; \
	}
WRAP(ibv_get_device_list)
WRAP(ibv_free_device_list)
WRAP(ibv_get_device_name)
WRAP(ibv_get_device_guid)
WRAP(ibv_open_device)
WRAP(ibv_close_device)
WRAP(ibv_get_async_event)
WRAP(ibv_ack_async_event)
WRAP(ibv_query_device)
WRAP(ibv_query_port)
WRAP(ibv_query_gid)
WRAP(ibv_query_pkey)
WRAP(ibv_alloc_pd)
WRAP(ibv_dealloc_pd)
WRAP(ibv_reg_mr)
WRAP(ibv_reg_mr_iova2)
WRAP(ibv_dereg_mr)
WRAP(ibv_create_comp_channel)
WRAP(ibv_destroy_comp_channel)
WRAP(ibv_create_cq)
WRAP(ibv_resize_cq)
WRAP(ibv_destroy_cq)
WRAP(ibv_get_cq_event)
WRAP(ibv_ack_cq_events)
WRAP(ibv_create_srq)
WRAP(ibv_modify_srq)
WRAP(ibv_query_srq)
WRAP(ibv_destroy_srq)
WRAP(ibv_create_qp)
WRAP(ibv_query_qp)
WRAP(ibv_modify_qp)
WRAP(ibv_destroy_qp)
WRAP(ibv_create_ah)
WRAP(ibv_destroy_ah)
WRAP(ibv_attach_mcast)
WRAP(ibv_detach_mcast)
WRAP(ibv_rate_to_mult)
WRAP(mult_to_ibv_rate)
