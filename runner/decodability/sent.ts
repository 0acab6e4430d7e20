/**
 * Runs scenarios on a model of each emulator named and decodes each call as it was recorded, from its bytes and the tables alone.
 * Prints as JSON how many there were and what had no name: `node build/runner/decodability/sent.js 1 emulator emulator-uverbs`.
 * The number is a step: 1 takes every scenario, 3 every third one beside those that damage something on purpose.
 */
import { fileURLToPath } from 'node:url';
import type { Abi } from '../../spec/abi/abi.ts';
import { abiOf } from '../../spec/abi/registry.ts';
import { ROOT } from '../project.ts';
import { loadSteps } from '../run/cucumber.ts';
import type { JournalLine } from '../run/journal.ts';
import { loadFeatures } from '../run/load.ts';
import { backendNamed, openSubject } from '../run/subject.ts';
import { runSuite } from '../run/suite.ts';
import { ON_PURPOSE } from './on_purpose.ts';
import { unknownIn } from './unknown.ts';

/** What one emulator was sent. */
export interface Sent {
  readonly backend: string;
  readonly model: string;
  /** Calls that were decoded, and scenarios they are of. */
  calls: number;
  scenarios: number;
  /** Clause of a scenario -> what has no name in its calls -> how often. */
  readonly unknown: Record<string, Record<string, number>>;
}

const OPTIONS = { seed: 1, deadline: 5000, trace: 'all' } as const;

async function sentTo(id: string, step: number): Promise<Sent> {
  const { spec, features } = loadFeatures(ROOT);
  const entry = await backendNamed(id);
  const [model = ''] = entry.models;
  const subject = await openSubject(entry, model, spec, OPTIONS);
  const sent: Sent = { backend: id, model, calls: 0, scenarios: 0, unknown: {} };
  const abi = abiOf(spec, subject.description.abi);
  // Each trace is looked at and let go: together they are some hundred megabytes.
  const sink = {
    write: (line: JournalLine) => {
      count(sent, line, abi);
    },
  };
  try {
    const scenarios = features.scenarios.filter(
      ({ clauses }, index) => index % step === 0 || clauses.some((clause) => ON_PURPOSE[clause] !== undefined),
    );
    await runSuite({ steps: await loadSteps(ROOT), spec, subject, scenarios, hazard: 'removes-device', sink });
  } finally {
    await subject.close();
  }
  return sent;
}

function count(sent: Sent, line: JournalLine, abi: Abi): void {
  if (line.kind !== 'finished' || line.trace === undefined) return;
  sent.scenarios += 1;
  const clause = line.scenario.clauses.join(' ');
  for (const call of line.trace) {
    sent.calls += 1;
    for (const unknown of unknownIn(call, abi)) {
      const of = (sent.unknown[clause] ??= {});
      of[unknown] = (of[unknown] ?? 0) + 1;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [step = '1', ...ids] = process.argv.slice(2);
  const all: Sent[] = [];
  for (const id of ids) all.push(await sentTo(id, Number(step)));
  process.stdout.write(`${JSON.stringify(all)}\n`);
}
