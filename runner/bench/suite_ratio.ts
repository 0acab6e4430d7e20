/**
 * What the suite costs beside cucumber itself: the same scenarios and steps once with their real bodies and once with empty
 * ones, and our share per scenario as the number of scenarios grows.
 * Run from build/, because steps and runner must share their modules: `npm run bench`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ISupportCodeLibrary } from '@cucumber/cucumber/api';
import { ROOT, toolVersion } from '../project.ts';
import { drive, loadSteps, type Steps } from '../run/cucumber.ts';
import { readFeatures, type Scenario } from '../run/features.ts';
import { loadFeatures, type Loaded } from '../run/load.ts';
import { recordRun } from '../run/record.ts';
import { runSuite } from '../run/suite.ts';
import { backendNamed, openSubject, type OpenSubject } from '../run/subject.ts';
import { applicability } from '../run/applicability.ts';

const ROUNDS = 5;
const SIZES = [100, 1000, 10000];
const ROWS_PER_FILE = 500;
const OPTIONS = { seed: 1, deadline: 5000, trace: 'failed' } as const;

type Part = 'empty' | 'real';

interface Definition {
  code: (...args: unknown[]) => unknown;
}

/** The same library with bodies that do nothing; arity decides whether cucumber waits for a callback, so it is kept. */
function emptied(library: ISupportCodeLibrary): ISupportCodeLibrary {
  const hollow = <T extends Definition>(definition: T): T => {
    const code = (): undefined => undefined;
    Object.defineProperty(code, 'length', { value: definition.code.length });
    return Object.assign(Object.create(Object.getPrototypeOf(definition) as object) as T, definition, { code });
  };
  const parts = library as unknown as Record<string, Definition[]>;
  const lists = ['stepDefinitions', 'beforeTestCaseHookDefinitions', 'afterTestCaseHookDefinitions'];
  const hollowed = Object.fromEntries(lists.map((name) => [name, (parts[name] ?? []).map(hollow)]));
  return Object.assign(Object.create(Object.getPrototypeOf(library) as object) as object, library, hollowed);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Cucumber alone: nobody listens, nothing is done. */
function bare(steps: Steps, scenarios: readonly Scenario[], session: string): Promise<void> {
  const listener = { started: () => undefined, finished: () => undefined };
  return drive(steps, { session, scenarios, known: () => true, listener, stop: () => false, clock: () => 0 });
}

/** One process of its own each time, as a user starts it: everything from loading to the end. */
function wholeSuite(): void {
  const times: Record<Part, number[]> = { empty: [], real: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const part of ['empty', 'real'] as const) {
      const began = performance.now();
      const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), part], {
        stdio: 'inherit',
        timeout: 60_000,
      });
      if (child.status !== 0) throw new Error(`the ${part} run ended with ${String(child.status ?? child.signal)}`);
      times[part].push(performance.now() - began);
    }
  }
  const row = (name: string, values: readonly number[]): string =>
    `${name.padEnd(34)} ${values.map((value) => value.toFixed(0).padStart(6)).join('')}   median ${median(values).toFixed(0)} ms`;
  console.log(`suite on the emulator, model verbs, ${String(ROUNDS)} rounds in turns, a process each`);
  console.log(row('  empty bodies, cucumber alone', times.empty));
  console.log(row('  real, with journal and result', times.real));
  console.log(`  ratio of the medians ${(median(times.real) / median(times.empty)).toFixed(2)}`);
}

/** What the child process does: the scenarios that apply, with empty or with real bodies. */
async function part(which: Part): Promise<void> {
  const { loaded, steps, hollow, subject } = await opened();
  const { spec, features } = loaded;
  if (which === 'empty') {
    const due = features.scenarios.filter(
      ({ tags, clauses }) =>
        applicability(tags, clauses, spec, subject.description, subject.capabilities, 'removes-device').applicable,
    );
    await bare(hollow, due, subject.session);
  } else {
    const folder = mkdtempSync(join(tmpdir(), 'rdma-bench-'));
    try {
      const selection = { clauses: [], objects: [], tags: '', name: '', hazard: 'safe' as const };
      const watch = () => ({ started: () => undefined, finished: () => undefined });
      const scenarios = features.scenarios;
      const { seed } = OPTIONS;
      const recording = {
        loaded,
        steps,
        subject,
        scenarios,
        seed,
        folder,
        selection,
        watch,
        resume: false,
        tool: toolVersion(ROOT),
      };
      await recordRun({ ...recording, stop: () => false, now: () => new Date().toISOString() });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  await subject.close();
}

interface Opened {
  readonly loaded: Loaded;
  readonly steps: Steps;
  readonly hollow: Steps;
  readonly subject: OpenSubject;
}

async function opened(): Promise<Opened> {
  const loaded = loadFeatures(ROOT);
  const steps = await loadSteps(ROOT);
  const hollow = { ...steps, library: emptied(steps.library) };
  const subject = await openSubject(await backendNamed('emulator'), 'verbs', loaded.spec, OPTIONS);
  return { loaded, steps, hollow, subject };
}

async function growth({ loaded, steps, hollow, subject }: Opened): Promise<void> {
  console.log('our share per scenario of three steps and one check');
  for (const size of SIZES) {
    const root = mkdtempSync(join(tmpdir(), 'rdma-bench-'));
    try {
      writeScenarios(root, size);
      const { scenarios } = readFeatures(root);
      const sink = { write: () => undefined };
      const empty: number[] = [];
      const real: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        empty.push(await milliseconds(() => bare({ ...hollow, root }, scenarios, subject.session)));
        real.push(
          await milliseconds(() =>
            runSuite({ steps: { ...steps, root }, spec: loaded.spec, subject, scenarios, hazard: 'safe', sink }),
          ),
        );
      }
      const share = ((median(real) - median(empty)) / size) * 1000;
      console.log(
        `  ${String(size).padStart(6)} scenarios: empty ${median(empty).toFixed(0)} ms, real ${median(real).toFixed(0)} ms, share ${share.toFixed(0)} us each`,
      );
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
}

function writeScenarios(root: string, size: number): void {
  mkdirSync(join(root, 'features'));
  for (let first = 0; first < size; first += ROWS_PER_FILE) {
    const count = Math.min(ROWS_PER_FILE, size - first);
    const rows = Array.from({ length: count }, (_, i) => `        | ${String(first + i)} |`).join('\n');
    const text = `Feature: Growth ${String(first)}

  @pd-create
  Rule: A protection domain can be created

    Scenario Outline: protection domain <n>
      Given the device is open
      When a protection domain is created
      Then the call succeeds

      Examples:
        | n |
${rows}
`;
    writeFileSync(join(root, 'features', `growth_${String(first)}.feature`), text);
  }
}

const [which] = process.argv.slice(2);
if (which === 'empty' || which === 'real') await part(which);
else {
  wholeSuite();
  const open = await opened();
  await growth(open);
  await open.subject.close();
}
