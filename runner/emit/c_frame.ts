/** What every emitted program begins with: memory that lies as the calls want it, and how answers are told. */
import { ERRNO } from '../../spec/errno.ts';
import type { Program } from './program.ts';

const HEADERS = [
  'errno.h',
  'fcntl.h',
  'poll.h',
  'signal.h',
  'stdint.h',
  'stdio.h',
  'stdlib.h',
  'string.h',
  'sys/ioctl.h',
  'sys/mman.h',
  'unistd.h',
  'rdma/rdma_user_ioctl_cmds.h',
] as const;

/** Seconds after which a call that has not returned is said to hang. */
const PATIENCE = 30;

/** A helper of the program, kept where its text is used: a compiler complains of functions nobody calls. */
interface Helper {
  readonly name: string;
  readonly text: string;
}

const HELPERS: readonly Helper[] = [
  {
    name: 'error_name',
    text: `static const char *error_name(int error)
{
	switch (error) {
${Object.keys(ERRNO)
  .map((name) => `	case ${name}: return "${name}";`)
  .join('\n')}
	default: return strerror(error);
	}
}`,
  },
  {
    name: 'undecided',
    text: `/* It cannot be found out here. */
static void undecided(int call, const char *why)
{
	printf("call %d: %s\\nundecided\\n", call, why);
	exit(2);
}`,
  },
  {
    name: 'hangs',
    text: `static void hangs(int signal)
{
	static const char text[] = "the last call does not return\\nundecided\\n";

	(void)signal;
	(void)!write(STDOUT_FILENO, text, sizeof(text) - 1);
	_exit(2);
}`,
  },
  {
    name: 'told',
    text: `/* What a call answers: a number, or an errno with a minus sign. */
static int64_t told(int call, const char *name, int64_t answer)
{
	if (answer == -1)
		answer = -errno;
	if (answer < 0)
		printf("%4d  %-32s -%s\\n", call, name, error_name(-answer));
	else
		printf("%4d  %-32s %lld\\n", call, name, (long long)answer);
	fflush(stdout);
	return answer;
}`,
  },
  {
    name: 'needed',
    text: `/* What later calls rest on. */
static int64_t needed(int call, int64_t answer)
{
	if (answer < 0)
		undecided(call, "was to succeed");
	return answer;
}`,
  },
  {
    name: 'memory',
    text: `/* Memory for one call that begins with these bytes; guarded: nothing is mapped behind it. */
static unsigned char *memory(const void *bytes, size_t given, size_t length, int guarded)
{
	size_t page = sysconf(_SC_PAGESIZE);
	size_t body = (length + page - 1) / page * page;
	unsigned char *map, *at;

	map = mmap(NULL, body + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED || (guarded && mprotect(map + body, page, PROT_NONE)))
		undecided(0, "no memory");
	at = guarded ? map + body - length : map;
	if (given > 0)
		memcpy(at, bytes, given);
	return at;
}`,
  },
  {
    name: 'seal',
    text: `/* From now on it can only be read. */
static void seal(unsigned char *at, size_t length)
{
	size_t page = sysconf(_SC_PAGESIZE);
	unsigned char *map = at - (uintptr_t)at % page;

	if (mprotect(map, at + length - map, PROT_READ))
		undecided(0, "no memory for reading alone");
}`,
  },
  {
    name: 'put',
    text: `/* Both in the byte order of the host, which is a little-endian one. */
static void put(unsigned char *at, uint64_t value, size_t bytes)
{
	memcpy(at, &value, bytes);
}`,
  },
  {
    name: 'get',
    text: `static uint64_t get(const unsigned char *at, size_t bytes)
{
	uint64_t value = 0;

	memcpy(&value, at, bytes);
	return value;
}`,
  },
  {
    name: 'get_big',
    text: `static uint64_t get_big(const unsigned char *at, size_t bytes)
{
	uint64_t value = 0;

	while (bytes--)
		value = value << 8 | *at++;
	return value;
}`,
  },
  {
    name: 'awaited',
    text: `/* A read that found something then may find nothing now, and would wait for ever. */
static void awaited(int call, int fd)
{
	struct pollfd entry = { .fd = fd, .events = POLLIN };

	if (poll(&entry, 1, 5000) == 0)
		undecided(call, "there is nothing to read");
}`,
  },
];

/** Everything before main. `body`: the text of main, which says what of this it needs. */
export function frame({ unprivileged }: Program, body: string): string {
  const needs = (name: string, text: string): boolean => new RegExp(`\\b${name}\\b`).test(text);
  const kept: string[] = [];
  let text = body;
  for (const helper of [...HELPERS].reverse()) {
    if (!needs(helper.name, text)) continue;
    kept.unshift(helper.text);
    text += helper.text;
  }
  const headers = [...HEADERS, ...(unprivileged ? ['grp.h'] : []), ...(needs('writev', text) ? ['sys/uio.h'] : [])];
  return [
    '#define _GNU_SOURCE',
    ...[...headers]
      .sort((one, two) => Number(one.startsWith('rdma/')) - Number(two.startsWith('rdma/')))
      .map((name) => `#include <${name}>`),
    '',
    kept.join('\n\n'),
  ].join('\n');
}

/** The first lines of main. */
export function mainBegins(): readonly string[] {
  return [
    'int main(int argc, char **argv)',
    '{',
    '\tconst char *device = argc > 1 ? argv[1] : "/dev/infiniband/uverbs0";',
    '',
    '\tsignal(SIGALRM, hangs);',
    `\talarm(${String(PATIENCE)});`,
  ];
}
