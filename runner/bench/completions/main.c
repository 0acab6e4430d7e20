/*
 * The four encodings on the same completions. First that all tell the same, for every combination of groups, and that parts of
 * another version are refused; then nanoseconds to write and to read a completion, the least of several rounds. With `check`,
 * only the first.
 */
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "encodings.h"

#define COMPLETIONS 4096
#define ROUNDS 200

static const struct encoding *const encodings[] = { &growing, &accessors, &rewritten, &parts };
#define ENCODINGS (sizeof(encodings) / sizeof(*encodings))

static const struct {
	const char *name;
	/* One of these for each completion, in turn. */
	uint8_t groups[4];
} mixes[] = {
	{ "sends and receives on RC", { 0, 0, 0, IMMEDIATE } },
	{ "datagrams", { ADDRESS, ADDRESS, ADDRESS | IMMEDIATE, ADDRESS } },
	{ "everything at once", { 15, 15, 15, 15 } },
};

static struct cqe cqes[COMPLETIONS];
static _Alignas(64) uint8_t room[COMPLETIONS][MOST_BYTES];

static struct cqe cqe_of(uint32_t number, uint8_t groups)
{
	return (struct cqe){
		.qpn = number * 3, .src_qp = number ^ 0x5a5a, .wr_id = number * 0x100000001ull, .length = number & 0xfff,
		.immediate = ~number, .slid = (uint16_t)number, .pkey_index = number & 3, .vlan = number & 0xfff, .status = 0,
		.opcode = number & 7, .sl = number & 15, .groups = groups,
		.smac = { 2, 0, 0, 0, 0, (uint8_t)number }, .timestamp = number * 0x10001ull,
	};
}

static void require(int holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "completions: %s\n", what);
	exit(1);
}

static void all_tell_the_same(void)
{
	for (int groups = 0; groups < COMBINATIONS; groups++) {
		struct cqe cqe = cqe_of(0x1234567, (uint8_t)groups);
		uint64_t sums[ENCODINGS];

		for (size_t i = 0; i < ENCODINGS; i++) {
			struct seen seen = { 0 };
			size_t written = encodings[i]->write(&cqe, room[0]);
			size_t read = encodings[i]->read(&cqe, room[0], &seen);

			require(written == 0 || written == read, "what was read is not as long as what was written");
			sums[i] = seen.sum;
			require(sums[i] == sums[0], "two encodings tell different things of one completion");
		}
	}
}

static void other_versions_are_refused(void)
{
	struct cqe cqe = cqe_of(1, 15);
	struct seen seen = { 0 };

	parts.write(&cqe, room[0]);
	room[0][sizeof(uint64_t)]++;
	require(parts.read(&cqe, room[0], &seen) == 0 && seen.sum == 0, "parts of another version were read");
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void measure(const struct encoding *encoding, const char *mix)
{
	double least_write = 1e18, least_read = 1e18;
	size_t bytes = 0;
	struct seen seen = { 0 };

	for (int round = 0; round < ROUNDS; round++) {
		double begun = now(), written, read;

		bytes = 0;
		for (int i = 0; i < COMPLETIONS; i++)
			bytes += encoding->write(&cqes[i], room[i]);
		written = now();
		for (int i = 0; i < COMPLETIONS; i++)
			encoding->read(&cqes[i], room[i], &seen);
		read = now();
		least_write = written - begun < least_write ? written - begun : least_write;
		least_read = read - written < least_read ? read - written : least_read;
	}
	require(seen.sum != 0, "nothing was read");
	printf("  %-28s %-28s write %5.1f ns, read %5.1f ns, both %5.1f ns, %5.1f bytes\n", mix, encoding->name,
	       least_write / COMPLETIONS, least_read / COMPLETIONS, (least_write + least_read) / COMPLETIONS,
	       (double)bytes / COMPLETIONS);
}

int main(int count, char **words)
{
	all_tell_the_same();
	other_versions_are_refused();
	if (count > 1 && !strcmp(words[1], "check"))
		return 0;
	puts("one completion, by encoding");
	for (size_t mix = 0; mix < sizeof(mixes) / sizeof(*mixes); mix++) {
		for (uint32_t i = 0; i < COMPLETIONS; i++)
			cqes[i] = cqe_of(i + 1, mixes[mix].groups[i % 4]);
		for (size_t i = 0; i < ENCODINGS; i++)
			measure(encodings[i], mixes[mix].name);
	}
	return 0;
}
