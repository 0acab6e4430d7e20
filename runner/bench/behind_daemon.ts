/**
 * The whole suite on each emulator, in this process and behind the daemon protocol: both must come to the same results,
 * down to every check. Prints what each took. `npm run daemon`; with arguments, they are added to both runs.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BACKENDS } from '../../backends/registry.ts';
import { ROOT } from '../project.ts';
import type { ResultDocument } from '../result/document.ts';
import { differences } from './same_result.ts';

const MAIN = join(ROOT, 'build', 'runner', 'main.js');
const LIMIT = 600_000;

interface Ran {
  readonly document: ResultDocument;
  readonly seconds: number;
}

/** One run in a process of its own, as a user starts it. */
function ran(out: string, ...args: readonly string[]): Ran {
  const began = performance.now();
  const command = [MAIN, 'run', '--quiet', '--out', out, ...args];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', timeout: LIMIT });
  if (status !== 0) throw new Error(`${args.join(' ')}: code ${String(status)}\n${stderr}`);
  const document = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as ResultDocument;
  return { document, seconds: (performance.now() - began) / 1000 };
}

/** What differs, by backend and model; empty where nothing does. */
export function compared(id: string, model: string, ...args: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'behind-'));
  const server = `'${process.execPath}' '${MAIN}' serve --backend ${id} --model ${model} --stdio --validate`;
  try {
    const here = ran(join(folder, 'here'), '--backend', id, '--model', model, ...args);
    const there = ran(join(folder, 'there'), '--connect', server, '--model', model, '--validate', ...args);
    const checks = here.document.scenarios.reduce((sum, scenario) => sum + scenario.checks.length, 0);
    const times = `${here.seconds.toFixed(1)} s here, ${there.seconds.toFixed(1)} s behind the daemon`;
    process.stdout.write(`${id} ${model}: ${String(checks)} checks, ${times}\n`);
    return differences(here.document, there.document).map((difference) => `${id} ${model}: ${difference}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found: string[] = [];
  for (const { id, models } of BACKENDS.filter((entry) => entry.id.startsWith('emulator')))
    for (const model of models) found.push(...compared(id, model, ...process.argv.slice(2)));
  for (const difference of found) process.stderr.write(`${difference}\n`);
  process.stdout.write(`${String(found.length)} differences\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
