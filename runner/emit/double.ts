/**
 * Test support: a device for one emitted program, as a header that is put before it. It answers as the trace says, but gives
 * out other handles and descriptors than those of the trace, and complains of every byte that is not what it must be then.
 */
import { ERRNO, isErrno } from '../../spec/errno.ts';
import { bytesOf } from '../views/calls.ts';
import { numberAt, succeeded, type BoundCall } from './bindings.ts';
import type { Program } from './program.ts';

/** What the device adds to everything it gives out. */
const SHIFT = 1000n;
/** Exit code of a program that sent something else than it should. */
export const WRONG_BYTES = 9;

/** `answer`: what the judged call answers instead of what the trace says: `0`, or the name of an errno. */
export function doubleOf({ calls, judged }: Program, answer?: string): string {
  const ioctls = calls.filter(({ line }) => line.call === 'ioctl');
  return [
    '#define _GNU_SOURCE',
    '#include <errno.h>',
    '#include <fcntl.h>',
    '#include <stdint.h>',
    '#include <stdio.h>',
    '#include <stdlib.h>',
    '#include <string.h>',
    '#include <sys/ioctl.h>',
    'static void same(int call, int region, const unsigned char *is, const unsigned char *wanted, size_t length)',
    '{',
    '\tif (memcmp(is, wanted, length) == 0) return;',
    '\tprintf("call %d: region %d is not what was to be sent\\n", call, region);',
    `\texit(${String(WRONG_BYTES)});`,
    '}',
    ...ioctls.flatMap((call) => answering(call, call === judged ? answer : undefined)),
    'static int double_ioctl(int fd, unsigned long request, void *argument)',
    '{',
    '\tstatic int calls;',
    '\tswitch (calls++) {',
    ...ioctls.map(
      ({ line }, index) => `\tcase ${String(index)}: return ioctl_${String(line.n)}(fd, request, argument);`,
    ),
    `\tdefault: exit(${String(WRONG_BYTES)});`,
    '\t}',
    '}',
    `#define open(path, ...) ((void)(path), ${String(SHIFT)} + ${calls.find(({ line }) => line.call === 'open')?.line.answer ?? '0'})`,
    '#define ioctl(fd, request, argument) double_ioctl(fd, request, argument)',
    '',
  ].join('\n');
}

function answering({ line, uses, made, on }: BoundCall, instead: string | undefined): readonly string[] {
  const { sent = [], received = [], patches = [], readOnly = [] } = line;
  const answer = instead ?? (succeeded(line) ? '0' : line.answer.slice(1));
  const number = isErrno(answer) ? ERRNO[answer] : 0;
  const lines = [
    `static int ioctl_${String(line.n)}(int fd, unsigned long request, unsigned char *region_0)`,
    '{',
    `\tif (fd != ${String(line.fd)} + ${on === undefined ? '0' : String(SHIFT)} || request != ${String(line.request)}) exit(${String(WRONG_BYTES)});`,
  ];
  for (const [into, offset, region, target] of patches) {
    const at = `*(uint64_t *)(region_${String(into)} + ${String(offset)})`;
    lines.push(`\tunsigned char *region_${String(region)} = (unsigned char *)(uintptr_t)${at} - ${String(target)};`);
  }
  for (const [region, hex] of sent.entries()) {
    const bytes = bytesOf(hex);
    const name = `wanted_${String(region)}`;
    lines.push(`\tunsigned char ${name}[${String(bytes.length + 8)}] = { ${[...bytes].join(', ')} };`);
    for (const [into, offset] of patches)
      if (into === region)
        lines.push(`\tmemcpy(${name} + ${String(offset)}, region_${String(region)} + ${String(offset)}, 8);`);
    for (const { place } of uses) {
      const value = numberAt(bytes, place);
      if (place.region !== region || value === undefined) continue;
      const from =
        place.names === 'address'
          ? `region_${String(region)} + ${String(place.offset)}`
          : `&(uint64_t){ ${String(value + SHIFT)} }`;
      lines.push(`\tmemcpy(${name} + ${String(place.offset)}, ${from}, ${String(place.bytes)});`);
    }
    lines.push(
      `\tsame(${String(line.n)}, ${String(region)}, region_${String(region)}, ${name}, ${String(bytes.length)});`,
    );
  }
  for (const [region, hex] of received.entries()) {
    if (readOnly.includes(region) || number !== 0) continue;
    const name = `reply_${String(region)}`;
    const bytes = bytesOf(hex);
    lines.push(`\tunsigned char ${name}[${String(bytes.length + 8)}] = { ${[...bytes].join(', ')} };`);
    for (const { place } of made) {
      const value = place === undefined ? undefined : numberAt(bytes, place);
      if (place?.region !== region || value === undefined) continue;
      lines.push(
        `\tmemcpy(${name} + ${String(place.offset)}, &(uint64_t){ ${String(value + SHIFT)} }, ${String(place.bytes)});`,
      );
    }
    lines.push(`\tmemcpy(region_${String(region)}, ${name}, ${String(bytes.length)});`);
  }
  return [...lines, `\terrno = ${String(number)};`, `\treturn ${number === 0 ? '0' : '-1'};`, '}'];
}
