/** The command killed outright at seeded points: what was done stays done, and going on leads to the same verdicts. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, compiledSpec } from '../project.ts';
import type { ResultDocument } from '../result/document.ts';
import { readResult } from '../result/read.ts';

const MAIN = join(ROOT, 'build', 'runner', 'main.js');
const MODEL = ['run', '--quiet', '--model', 'verbs', '--out'];
const KILLS = 3;
const SEED = 20160425;

let folder: string;
let whole: ResultDocument;
/** Exit code of the run that was left alone. */
let code: number | null;
let journal: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kill-'));
  const { status, stderr } = spawnSync(process.execPath, [MAIN, ...MODEL, join(folder, 'whole')], { encoding: 'utf8' });
  expect(stderr).toBe('');
  code = status;
  whole = await result('whole');
  journal = readFileSync(join(folder, 'whole', 'journal.ndjson'), 'utf8');
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function result(name: string): Promise<ResultDocument> {
  return readResult(join(folder, name), ROOT, compiledSpec(ROOT));
}

/** Everything a run decides. Times and the numbers a device hands out are not the same twice. */
function decided({ scenarios, verdicts, counts, complete }: ResultDocument): unknown {
  const outcomes = scenarios.map(({ id, outcome, checks }) => ({
    id,
    outcome,
    checks: checks.map(({ name, clause, passed }) => ({ name, clause, passed })),
  }));
  return { outcomes, verdicts, counts, complete };
}

/** Starts the command and kills it once the journal has `bytes`; true where it was still running then. */
async function killAt(bytes: number, name: string, more: readonly string[]): Promise<boolean> {
  const path = join(folder, name, 'journal.ndjson');
  const child = spawn(process.execPath, [MAIN, ...MODEL, join(folder, name), ...more], { stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_code, signal) => {
      resolve(signal);
    });
  });
  while (child.exitCode === null && !(existsSync(path) && statSync(path).size >= bytes)) await setTimeout(1);
  child.kill('SIGKILL');
  return (await ended) === 'SIGKILL';
}

function resume(name: string): number | null {
  return spawnSync(process.execPath, [MAIN, ...MODEL, join(folder, name), '--resume']).status;
}

/** A number from 0 to 1 that depends on the seed and `n` alone. */
function fraction(n: number): number {
  const mixed = Math.imul(SEED + n * 0x9e3779b9, 0x85ebca6b) >>> 0;
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}

describe('SIGKILL', () => {
  it('costs no verdict: the run goes on where it was killed', { timeout: 120_000 }, async () => {
    let killed = 0;
    for (let n = 0; n < KILLS; n += 1) {
      // One point in the middle of each part, so that no scenario is cut off twice.
      const share = (n + 0.2 + 0.6 * fraction(n)) / KILLS;
      if (!(await killAt(share * journal.length, 'killed', n === 0 ? [] : ['--resume']))) continue;
      killed += 1;
      const partial = await result('killed');
      expect(partial.complete).toBe(false);
      expect(partial.scenarios.length).toBe(whole.scenarios.length);
      expect(partial.scenarios.filter(({ errored }) => errored === 'crash').length).toBeLessThanOrEqual(1);
    }
    expect(killed).toBeGreaterThan(0);
    expect(resume('killed')).toBe(code);
    expect(decided(await result('killed'))).toEqual(decided(whole));
  });

  it('makes a scenario that was cut off twice errored for good', { timeout: 120_000 }, async () => {
    const lines = journal.split('\n');
    const last = lines.findLastIndex((line) => line.startsWith('{"kind":"started"'));
    const { id } = JSON.parse(lines[last] ?? '') as { id: string };
    mkdirSync(join(folder, 'twice'));
    writeFileSync(
      join(folder, 'twice', 'journal.ndjson'),
      [...lines.slice(0, last + 1), lines[last], '{"kind":"sta'].join('\n'),
    );
    expect(resume('twice')).toBe(code === 0 ? 3 : code);
    const document = await result('twice');
    const scenario = document.scenarios.find((one) => one.id === id);
    expect(scenario).toMatchObject({ outcome: 'errored', errored: 'crash', checks: [] });
    expect(document.complete).toBe(true);
  });

  it('is not resumed under other conditions', { timeout: 120_000 }, () => {
    const run = [MAIN, ...MODEL, join(folder, 'whole'), '--resume', '--seed', '2'];
    const { status, stderr } = spawnSync(process.execPath, run, { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^rdma-conformance: .*journal\.ndjson: its seed is not that of this run \(1 then, 2 now\)/);
    expect(readFileSync(join(folder, 'whole', 'journal.ndjson'), 'utf8')).toBe(journal);
  });
});
