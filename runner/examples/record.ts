/**
 * Runs scenarios on the emulators and prints every call they made, as JSON: what chapters show is what took place.
 * `node build/runner/examples/record.js '{"uapi":["pd/lifecycle#a"],"uverbs":[]}'`
 */
import { fileURLToPath } from 'node:url';
import type { AbiId } from '../../spec/model.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { ROOT } from '../project.ts';
import { loadSteps } from '../run/cucumber.ts';
import { loadFeatures } from '../run/load.ts';
import { backendNamed, openSubject } from '../run/subject.ts';
import { runSuite } from '../run/suite.ts';

/** Scenario -> what it called, of those that passed on some model of the emulator. */
export type Recorded = Readonly<Record<AbiId, Record<string, readonly TraceLine[]>>>;

const EMULATORS = { uapi: 'emulator', uverbs: 'emulator-uverbs' } as const;
const OPTIONS = { seed: 1, deadline: 5000, trace: 'all' } as const;

async function record(abi: AbiId, ids: readonly string[]): Promise<Record<string, readonly TraceLine[]>> {
  const { spec, features } = loadFeatures(ROOT);
  const entry = await backendNamed(EMULATORS[abi]);
  const steps = await loadSteps(ROOT);
  const recorded: Record<string, readonly TraceLine[]> = {};
  for (const model of entry.models) {
    const left = new Set(ids.filter((id) => recorded[id] === undefined));
    if (left.size === 0) break;
    const subject = await openSubject(entry, model, spec, OPTIONS);
    try {
      const scenarios = features.scenarios.filter(({ id }) => left.has(id));
      const write: Parameters<typeof runSuite>[0]['sink']['write'] = (line) => {
        if (line.kind !== 'finished' || line.scenario.outcome !== 'passed') return;
        recorded[line.scenario.id] = line.trace ?? [];
      };
      await runSuite({ steps, spec, subject, scenarios, hazard: 'removes-device', sink: { write } });
    } finally {
      await subject.close();
    }
  }
  return recorded;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = JSON.parse(process.argv[2] ?? '{}') as Readonly<Record<AbiId, readonly string[]>>;
  const recorded: Recorded = {
    uapi: await record('uapi', wanted.uapi),
    uverbs: await record('uverbs', wanted.uverbs),
  };
  process.stdout.write(`${JSON.stringify(recorded)}\n`);
}
