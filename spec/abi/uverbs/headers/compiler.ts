/** What the C compiler makes of kernel headers: the numbers of expressions, and the names that are defined. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HeaderSet } from './header_sets.ts';

const HEADERS = ['ib_user_verbs', 'ib_user_ioctl_cmds', 'ib_user_ioctl_verbs', 'rdma_user_ioctl', 'hfi/hfi1_user'];

export const compiler = spawnSync('cc', ['--version']).error === undefined;

/** C expression -> its number. `before`: declarations to stand in front, `after`: statements behind. */
export function measure(set: HeaderSet, expressions: readonly string[], before = ''): Map<string, number> {
  const prints = expressions.map((expression) => `printf("%llu\\n", (unsigned long long)(${expression}));`);
  const values = run(set, before, prints.join('\n')).trim().split('\n').map(Number);
  return new Map(expressions.map((expression, index) => [expression, values[index] ?? NaN]));
}

/** What a program with these declarations and statements prints. */
export function run(set: HeaderSet, before: string, statements: string): string {
  return inFolder(set, before, (folder, source) => {
    writeFileSync(source, `${readFileSync(source, 'utf8')}\nint main(void) {\n${statements}\nreturn 0;\n}\n`);
    const program = join(folder, 'program');
    execFileSync('cc', ['-w', `-I${folder}`, '-o', program, source]);
    return execFileSync(program, { encoding: 'utf8' });
  });
}

/** The headers with what they include, macros among them, comments not. */
export function preprocessed(set: HeaderSet): string {
  return inFolder(set, '', (folder, source) =>
    execFileSync('cc', ['-E', '-dD', `-I${folder}`, source], { encoding: 'utf8', maxBuffer: 1 << 26 }),
  );
}

/** The rdma headers alone are taken from the set: linux/types.h of a kernel is not for C programs. */
function inFolder<T>(set: HeaderSet, before: string, use: (folder: string, source: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'uverbs-'));
  try {
    symlinkSync(join(set.uapi, 'rdma'), join(folder, 'rdma'));
    const source = join(folder, 'source.c');
    const includes = [...HEADERS.map((header) => `rdma/${header}`), 'stddef', 'stdio'];
    writeFileSync(source, [...includes.map((header) => `#include <${header}.h>`), before].join('\n'));
    return use(folder, source);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The enums of a header of the kernel's own, as C that stands alone. */
export function internalEnums(file: string, names: readonly string[]): string {
  const text = readFileSync(file, 'utf8');
  const found = names.map((name) => new RegExp(`^enum ${name} \\{[^}]*\\};`, 'm').exec(text)?.[0] ?? '');
  return `#define GENMASK(high, low) ((2UL << (high)) - (1UL << (low)))\n${found.join('\n')}`;
}
