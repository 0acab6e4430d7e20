/** The order of the steps and what becomes of the site when one of them breaks; the programs are stood in for. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../failure.ts';
import { ROOT } from '../project.ts';
import { buildSite, type SiteOptions } from './build.ts';
import { Interrupted, StepFailed, type Ended, type Job } from './job.ts';

let root: string;
/** Steps in the order they were begun. */
let steps: string[];
/** How a step ends that does not do its work. */
let broken: Readonly<Record<string, Ended | Interrupted>>;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'site-'));
  steps = [];
  broken = {};
  for (const path of ['build/backends', 'build/spec', 'build/steps', 'build/runner/run', 'features/pd', 'site']) {
    mkdirSync(join(root, path), { recursive: true });
  }
  write('package.json', '{"version":"1.2.3"}');
  write('build/spec.json', readFileSync(join(ROOT, 'build', 'spec.json'), 'utf8'));
  write('build/backends/a.js', 'a');
  write('features/pd/a.feature', 'a');
  write('site/package.json', '{}');
  write('site/package-lock.json', '{}');
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  writeFileSync(join(root, path), text);
}

/** What a step would do, as far as the next ones need it. */
const WORK: Readonly<Record<string, (args: readonly string[]) => void>> = {
  run: (args) => {
    const out = args.at(-1) ?? '';
    for (const model of ['verbs', 'ud-srd', 'no-qp', 'polled', 'rnic']) {
      mkdirSync(join(out, model), { recursive: true });
      writeFileSync(join(out, model, 'result.json'), '{}');
    }
  },
  'site-data': () => undefined,
  ci: () => {
    mkdirSync(join(root, 'site', 'node_modules'), { recursive: true });
  },
  build: (args) => {
    mkdirSync(args.at(-1) ?? '');
    writeFileSync(join(args.at(-1) ?? '', 'index.html'), `build ${String(steps.length)}`);
  },
};

function standIn({ args }: Job): Promise<Ended> {
  const step = args.find((arg) => arg in WORK) ?? 'unknown';
  steps.push(step === 'run' ? `run ${args[args.indexOf('--backend') + 1] ?? ''}` : step);
  const end = broken[step];
  if (end instanceof Interrupted) return Promise.reject(end);
  if (end !== undefined) return Promise.resolve(end);
  WORK[step]?.(args);
  return Promise.resolve({ code: 0, tail: '' });
}

function build(more: Partial<SiteOptions> = {}): Promise<string> {
  const { signal } = new AbortController();
  return buildSite({ root, out: join(root, 'build', 'site'), run: standIn, signal, say: () => undefined, ...more });
}

/** Builds once more and gives the steps of that alone. */
async function again(): Promise<readonly string[]> {
  steps = [];
  await build();
  return steps;
}

const page = (): string => readFileSync(join(root, 'build', 'site', 'index.html'), 'utf8');
const EMULATED = ['run emulator', 'run emulator-uverbs'];

describe('the site of a fresh clone', () => {
  it('is built from everything, and afterwards from what has changed', async () => {
    expect(await again()).toEqual([...EMULATED, 'site-data', 'ci', 'build']);
    expect(await again()).toEqual(['site-data', 'build']);
    write('features/pd/a.feature', 'b');
    expect(await again()).toEqual([...EMULATED, 'site-data', 'build']);
    write('build/backends/a.js', 'b');
    write('build/backends/a.test.js', 'b');
    expect(await again()).toEqual([...EMULATED, 'site-data', 'build']);
    write('build/backends/a.test.js', 'c');
    write('site/package-lock.json', '{"a":1}');
    expect(await again()).toEqual(['site-data', 'ci', 'build']);
    rmSync(join(root, 'site', 'results', 'emulator', 'polled'), { recursive: true });
    expect(await again()).toEqual(['run emulator', 'site-data', 'build']);
  });

  it('shows what the suite finds, also where that is not conformant', async () => {
    const { run } = WORK;
    const finding = (job: Job): Promise<Ended> => {
      if (!job.args.includes('run')) return standIn(job);
      run?.(job.args);
      return Promise.resolve({ code: 1, tail: '' });
    };
    await build({ run: finding });
    expect(page()).toMatch(/^build/);
  });

  it('is made of the results one names, and of no others', async () => {
    await expect(build({ results: join(root, 'mine') })).rejects.toThrow(/mine: there is no such folder/);
    mkdirSync(join(root, 'mine'));
    await build({ results: join(root, 'mine') });
    expect(steps).toEqual(['site-data', 'ci', 'build']);
    expect(existsSync(join(root, 'site', 'results'))).toBe(false);
  });
});

describe('a step that breaks', () => {
  const failed: Ended = { code: 1, tail: 'why' };

  it.each([
    ['site-data', failed, /^site-data failed with code 1$/],
    ['ci', failed, /^npm ci in site\/ failed with code 1$/],
    ['build', failed, /^the build of the pages failed with code 1$/],
    ['build', { code: 0, tail: 'said nothing' }, /^the build of the pages failed/],
    ['build', new Interrupted(), /^$/],
  ])('%s leaves the old site whole, and nothing behind', async (step, end, words) => {
    await build();
    write('site/package-lock.json', '{"a":1}');
    const before = page();
    broken = { [step]: end };
    await expect(build()).rejects.toThrow(words);
    expect(page()).toBe(before);
    expect(readdirSync(join(root, 'build')).filter((name) => name.startsWith('.'))).toEqual([]);
    broken = {};
    expect(await again()).toContain('build');
  });

  it('of the emulator is one after which it is run again', async () => {
    await build();
    write('features/pd/a.feature', 'b');
    broken = { run: { code: 2, tail: 'usage' } };
    await expect(build()).rejects.toThrow(StepFailed);
    broken = {};
    // What it left may be of either, so also what it was made from before does not make it good again.
    write('features/pd/a.feature', 'a');
    expect(await again()).toEqual([...EMULATED, 'site-data', 'build']);
  });
});

describe('a build that cannot begin', () => {
  it('has no folder of the site, as in an installed package', async () => {
    rmSync(join(root, 'site'), { recursive: true });
    await expect(build()).rejects.toThrow(/is built from a clone of the repository/);
  });

  it('has another one at work', async () => {
    write('build/site.lock', `${String(process.ppid)}\n`);
    await expect(build()).rejects.toThrow(UsageError);
    await expect(build()).rejects.toThrow(/is being built by process \d+; if it is not, remove .*site\.lock/);
    expect(steps).toEqual([]);
  });

  it('does not mind one that was killed', async () => {
    write('build/site.lock', '4194305\n');
    expect(basename(await build())).toBe('site');
    expect(existsSync(join(root, 'build', 'site.lock'))).toBe(false);
  });
});
