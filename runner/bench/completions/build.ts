/** Builds the bench of completions, which is in C because what it compares is how structures lie in memory. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../project.ts';

const SOURCES = ['main', 'growing', 'accessors', 'rewritten', 'parts'].map((name) => `${name}.c`);
// Structures are written in place, into room that is bytes to the compiler.
const FLAGS = ['-std=c11', '-fno-strict-aliasing', '-Wall', '-Wextra', '-Werror'];

/** The program; throws with what the compiler said. */
export function buildCompletions(name: string, ...flags: readonly string[]): string {
  const folder = join(ROOT, 'build', 'bench');
  mkdirSync(folder, { recursive: true });
  const program = join(folder, name);
  const { status, stderr, error } = spawnSync('cc', [...FLAGS, ...flags, '-o', program, ...SOURCES], {
    cwd: join(ROOT, 'runner', 'bench', 'completions'),
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`cc: ${error?.message ?? stderr}`);
  return program;
}
