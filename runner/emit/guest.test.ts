/** Emitted programs on a real kernel: each ends as the check it was made of did there. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGuest, type Guest } from '../../backends/linux_vm/guest.ts';
import { guestMissing } from '../../backends/linux_vm/guest_missing.ts';
import { cacheFolder } from '../../backends/linux_vm/place.ts';
import { abiOf } from '../../spec/abi/registry.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import type { Check } from '../../spec/verdict/check.ts';
import { UsageError } from '../failure.ts';
import { ROOT } from '../project.ts';
import type { ResultDocument } from '../result/document.ts';
import { cSource } from './c_source.ts';

const MINUTES = 60_000;
const KERNEL = '6.1';
/** Some that pass on every driver, and some that real drivers have failed. */
const SCENARIOS = [
  'pd/lifecycle#a-protection-domain',
  'qp/query_destroy#rc-in-init',
  'qp/values#rc-given-partition-keys',
  'qp/values#rc-from-init-to-reset',
];

const missing = guestMissing();

interface Emitted {
  readonly scenario: string;
  readonly check: Check;
  readonly text: string;
}

describe.skipIf(missing)('emitted programs in a guest', () => {
  let folder: string;
  let guest: Guest | undefined;
  const emitted: Emitted[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rdma-conformance-emit.'));
    for (const [index, name] of SCENARIOS.entries()) emitted.push(...emittedOf(name, join(folder, String(index))));
    const objects = emitted.map(({ text }, index) => compiled(`check_${String(index)}`, text));
    const agent = join(folder, 'agent');
    const checks = emitted.map((_, index) => `X(${String(index)})`).join(' ');
    cc('-static', `-DCHECKS=${checks}`, '-o', agent, join(import.meta.dirname, 'guest_agent.c'), ...objects);
    // A cache of its own, so that the snapshot of the real agent stays.
    for (const name of ['init', KERNEL]) symlinkSync(join(cacheFolder(), name), join(folder, name));
    guest = await openGuest({ kernel: KERNEL, driver: 'rxe', cache: folder, agent });
  }, 10 * MINUTES);

  afterAll(async () => {
    await guest?.stop();
    rmSync(folder, { recursive: true });
  });

  it('end as their checks did, with expected and got', { timeout: 5 * MINUTES }, async () => {
    expect(emitted.length).toBeGreaterThan(3);
    expect(emitted.some(({ check }) => check.passed)).toBe(true);
    const ends: string[] = [];
    for (const [index, { scenario, check }] of emitted.entries()) {
      const said = await ask(index);
      const code = /exit code (-?\d+)\n$/.exec(said)?.[1];
      const wanted = check.passed ? '0' : '1';
      if (code !== wanted) ends.push(`${scenario}, ${check.name}: exit code ${String(code)}, not ${wanted}\n${said}`);
    }
    expect(ends).toEqual([]);
  });

  /** What a check says, up to its exit code. */
  async function ask(number: number): Promise<string> {
    const agent = guest?.agent();
    if (agent === undefined) throw new Error('there is no guest');
    let said = '';
    const whole = new Promise<void>((resolve) => {
      agent.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('exit code ') && said.endsWith('\n')) resolve();
      });
    });
    agent.write(`${String(number)}\n`);
    await whole;
    agent.removeAllListeners('data');
    return said;
  }

  function cc(...args: readonly string[]): void {
    const { status, stderr } = spawnSync('cc', ['-Wall', '-Wextra', '-Werror', '-std=gnu11', ...args], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }

  function compiled(name: string, text: string): string {
    const file = join(folder, `${name}.c`);
    writeFileSync(file, text);
    cc('-c', `-Dmain=${name}`, '-Wno-missing-prototypes', '-o', join(folder, `${name}.o`), file);
    return join(folder, `${name}.o`);
  }
});

/** The checks of scenarios on the driver in a guest, those that a program can tell. */
function emittedOf(name: string, out: string): Emitted[] {
  const main = join(ROOT, 'build', 'runner', 'main.js');
  const run = ['run', '--backend', 'linux-vm', '--model', `rxe-${KERNEL}`, '--name', name, '--trace', 'all', '--quiet'];
  const { stderr } = spawnSync(process.execPath, [main, ...run, '--out', out], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { scenarios, subject, traces } = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as ResultDocument;
  const spec = projectSpec();
  const abi = abiOf(spec, subject.abi, subject.driver);
  const made: Emitted[] = [];
  for (const { id, checks } of scenarios) {
    for (const check of checks) {
      const clause = spec.clauses[check.clause];
      if (clause === undefined) continue;
      try {
        const text = cSource({ spec, abi, clause, check, scenario: id, subject, lines: traces[id] ?? [] });
        made.push({ scenario: id, check, text });
      } catch (thrown) {
        if (!(thrown instanceof UsageError)) throw thrown;
      }
    }
  }
  return made;
}
