/**
 * What the suite costs beside cucumber itself: the same scenarios and steps once with their real bodies and once with empty
 * ones, in turns in one process, and our share per scenario as the number of scenarios grows.
 * Run from build/, because steps and runner must share their modules: `npm run bench`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

async function wholeSuite(loaded: Loaded, steps: Steps, hollow: Steps, subject: OpenSubject): Promise<void> {
  const { spec, features } = loaded;
  const hazards = new Set(['safe'] as const);
  const fits = ({ tags, clauses }: Scenario): boolean =>
    applicability(tags, clauses, spec, subject.description.abi, subject.capabilities, hazards).applicable;
  const due = features.scenarios.filter(fits);
  const folder = mkdtempSync(join(tmpdir(), 'rdma-bench-'));
  const real: number[] = [];
  const empty: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      empty.push(await milliseconds(() => bare(hollow, due, subject.session)));
      const out = join(folder, String(round));
      mkdirSync(out);
      const recording = {
        loaded,
        steps,
        subject,
        scenarios: features.scenarios,
        seed: OPTIONS.seed,
        folder: out,
        resume: false,
        tool: toolVersion(ROOT),
        selection: { clauses: [], objects: [], tags: '', name: '', hazard: 'safe' as const },
        watch: () => ({ started: () => undefined, finished: () => undefined }),
        stop: () => false,
        now: () => new Date().toISOString(),
      };
      real.push(await milliseconds(() => recordRun(recording)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const row = (name: string, values: readonly number[]): string =>
    `${name.padEnd(34)} ${values.map((value) => value.toFixed(0).padStart(6)).join('')}   median ${median(values).toFixed(0)} ms`;
  console.log(`suite on the emulator, ${String(due.length)} scenarios that apply, ${String(ROUNDS)} rounds in turns`);
  console.log(row('  empty bodies, cucumber alone', empty));
  console.log(row('  real, with journal and result', real));
  console.log(
    `  first round (cold)  ${((real[0] ?? 0) / (empty[0] ?? 1)).toFixed(2)} times, medians ${(median(real) / median(empty)).toFixed(2)} times`,
  );
}

async function growth(loaded: Loaded, steps: Steps, hollow: Steps, subject: OpenSubject): Promise<void> {
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

const loaded = loadFeatures(ROOT);
const steps = await loadSteps(ROOT);
const hollow = { ...steps, library: emptied(steps.library) };
const subject = await openSubject(await backendNamed('emulator'), 'verbs', loaded.spec, OPTIONS);
await wholeSuite(loaded, steps, hollow, subject);
await growth(loaded, steps, hollow, subject);
await subject.close();
