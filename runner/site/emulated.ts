/** The results of the emulator, which every site shows: made again when what they are made from has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backendNamed } from '../run/subject.ts';
import { EXIT } from '../result/exit_code.ts';
import { RESULT_FILE } from '../result/read.ts';
import { StepFailed, type Job, type Runner } from './job.ts';

export const EMULATED = ['emulator', 'emulator-uverbs'] as const;

/** Stands beside the results of a backend. */
const STAMP = 'made-from';

/** Which calls a result keeps: those a page can show at a check. */
const TRACE = 'calls';

const LIMIT = 30 * 60_000;

/** What a result depends on, below the root: the specification, the scenarios, and the code that runs them. */
const SOURCES = [
  'package.json',
  'features',
  'build/spec.json',
  ...['spec', 'backends', 'steps', 'runner/run'].map(built),
];

function built(folder: string): string {
  return `build/${folder}`;
}

/** The backends without results of this specification, these scenarios and this code below `results`. */
export async function outdated(root: string, results: string): Promise<readonly string[]> {
  const now = madeFrom(root);
  const missing: string[] = [];
  for (const id of EMULATED) {
    const { models } = await backendNamed(id);
    const files = [STAMP, ...models.map((model) => join(model, RESULT_FILE))];
    const there = files.every((file) => existsSync(join(results, id, file)));
    if (!there || readFileSync(join(results, id, STAMP), 'utf8') !== now) missing.push(id);
  }
  return missing;
}

/** Runs every scenario on every model of a backend. What the suite finds is for the site to show, not for this to judge. */
export async function emulate(
  id: string,
  root: string,
  results: string,
  run: Runner,
  signal: AbortSignal,
): Promise<void> {
  const stamp = join(results, id, STAMP);
  const now = madeFrom(root);
  rmSync(stamp, { force: true });
  const main = join(root, 'build', 'runner', 'main.js');
  const job: Job = {
    command: process.execPath,
    args: [main, 'run', '--backend', id, '--quiet', '--trace', TRACE, '--out', join(results, id)],
    cwd: root,
    limit: LIMIT,
  };
  const ended = await run(job, signal);
  const findings: readonly number[] = [EXIT.conformant, EXIT.nonconformant, EXIT.undecided];
  const { models } = await backendNamed(id);
  const whole = models.every((model) => existsSync(join(results, id, model, RESULT_FILE)));
  if (!findings.includes(ended.code) || !whole) throw new StepFailed(`the run on ${id}`, ended);
  writeFileSync(stamp, now);
}

function madeFrom(root: string): string {
  const hash = createHash('sha256').update(`${TRACE}\0`);
  for (const path of SOURCES.flatMap((source) => filesAt(root, source))) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return `${hash.digest('hex')}\n`;
}

function filesAt(root: string, source: string): readonly string[] {
  const at = join(root, source);
  if (/\.\w+$/.test(source)) return [source];
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|feature)$/.test(name) && !/\.(test|bench)\.js$/.test(name))
    .sort()
    .map((name) => join(source, name));
}
