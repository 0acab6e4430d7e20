/** Drives cucumber through its API: step definitions loaded once per process, then any number of runs with them. */
import { realpathSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { IRunConfiguration, IRunEnvironment, ISupportCodeLibrary } from '@cucumber/cucumber/api';
import { UsageError } from '../failure.ts';
import { Collector, type Listener } from './collector.ts';
import type { Scenario } from './features.ts';

/** Step definitions and what cucumber made of its configuration. */
export interface Steps {
  readonly root: string;
  readonly library: ISupportCodeLibrary;
  readonly configuration: IRunConfiguration;
}

export interface Drive {
  /** What the World looks its session up by. */
  readonly session: string;
  /** Run in the order of the feature files. */
  readonly scenarios: readonly Scenario[];
  readonly known: (clause: string) => boolean;
  readonly listener: Listener;
  /** Asked after each scenario. */
  readonly stop: () => boolean;
  readonly clock: () => number;
}

const FILTER = new URL('./pickle_filter.js', import.meta.url).href;
const FORMATTER = new URL('./silent_formatter.js', import.meta.url).href;
const STEPS = 'build/steps/**/!(*.test|*.bench).js';

let loaded: Promise<Steps> | undefined;

/** Steps and runner must come from one real path, or each has its own table of sessions. */
export function loadSteps(root: string): Promise<Steps> {
  // A second load would find every module in the import cache and get an empty library.
  return (loaded ??= load(realpathSync(root)));
}

async function load(root: string): Promise<Steps> {
  const { loadConfiguration, loadSupport } = await import('@cucumber/cucumber/api');
  const environment = surroundings(root, []);
  const provided = { paths: ['features'], import: [STEPS], format: [FORMATTER], plugin: [FILTER] };
  // No configuration file and no environment: a publish token there would send results away.
  const { runConfiguration } = await loadConfiguration({ file: false, provided }, environment);
  const library = await loadSupport(runConfiguration, environment);
  if ((library as unknown as { readonly stepDefinitions: readonly unknown[] }).stepDefinitions.length === 0) {
    throw new UsageError('build/steps: holds no step definitions; run `npm run build`');
  }
  return { root, library, configuration: runConfiguration };
}

/** Resolves when all scenarios ran, or after the one at which `stop` said so. */
export async function drive(steps: Steps, { session, scenarios, known, listener, stop, clock }: Drive): Promise<void> {
  if (scenarios.length === 0) return;
  const { runCucumber } = await import('@cucumber/cucumber/api');
  const { root, library, configuration } = steps;
  const complaints: string[] = [];
  let finished = 0;
  const counting: Listener = {
    started: (scenario) => {
      listener.started(scenario);
    },
    finished: (scenario, judged) => {
      finished += 1;
      listener.finished(scenario, judged);
      // Cucumber's own fail-fast does not know a failed check; what is thrown here ends its run at once.
      if (finished < scenarios.length && stop()) throw new Stopped();
    },
  };
  const collector = new Collector(scenarios, known, counting, clock);
  const options = {
    ...configuration,
    support: library,
    sources: { ...configuration.sources, paths: [...new Set(scenarios.map(({ uri }) => uri))] },
    runtime: { ...configuration.runtime, worldParameters: { session } },
    plugins: {
      specifiers: [FILTER],
      options: { keep: scenarios.map(({ uri, line }) => `${uri}:${String(line)}`) },
    },
  };
  try {
    await runCucumber(options, surroundings(root, complaints), (message) => {
      collector.take(message);
    });
  } catch (thrown) {
    if (thrown instanceof Stopped) return;
    throw thrown;
  }
  if (finished < scenarios.length) {
    const missed = `cucumber ran ${String(finished)} of ${String(scenarios.length)} scenarios`;
    throw new Error([missed, ...complaints].join('; '));
  }
}

class Stopped extends Error {}

/** Cucumber's surroundings: nothing of ours reaches it, and what it would print is kept. */
function surroundings(root: string, complaints: string[]): IRunEnvironment {
  const stderr = new Writable({
    write(chunk: Buffer, _encoding, done) {
      complaints.push(chunk.toString('utf8').trim());
      done();
    },
  });
  const stdout = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  return { cwd: root, env: {}, stdout, stderr };
}
