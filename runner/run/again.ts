/** One scenario run again by itself, on the same backend, model and seed, with every call kept. */
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { RunError } from '../failure.ts';
import { ROOT } from '../project.ts';
import type { Hazard, TestSubject } from '../result/document.ts';
import { loadSteps } from './cucumber.ts';
import type { Scenario } from './features.ts';
import type { JournalLine } from './journal.ts';
import type { Loaded } from './load.ts';
import { modelsOf, openSubject, testSubject } from './subject.ts';
import { runSuite } from './suite.ts';
import { reach, type Reach } from './target.ts';

export interface Where extends Reach {
  /** The first of the backend where it is absent. */
  readonly model?: string;
  readonly seed: number;
  readonly hazard: Hazard;
}

export interface Seen {
  readonly result: ScenarioResult;
  readonly trace: readonly TraceLine[];
  readonly subject: TestSubject;
}

export async function runAgain({ spec }: Loaded, scenario: Scenario, where: Where): Promise<Seen> {
  const { seed, deadline, hazard } = where;
  const { entry, leave } = await reach(where);
  try {
    const [model = ''] = modelsOf(entry, where.model);
    const steps = await loadSteps(ROOT);
    const subject = await openSubject(entry, model, spec, { seed, deadline, trace: 'all' });
    const lines: JournalLine[] = [];
    const sink = { write: (line: JournalLine) => lines.push(line) };
    try {
      await runSuite({ steps, spec, subject, scenarios: [scenario], hazard, sink });
    } catch (thrown) {
      throw new RunError(thrown);
    } finally {
      await subject.close();
    }
    const finished = lines.find((line) => line.kind === 'finished');
    if (finished === undefined) throw new RunError(new Error('the scenario did not finish'));
    return { result: finished.scenario, trace: finished.trace ?? [], subject: testSubject(subject) };
  } finally {
    await leave();
  }
}
