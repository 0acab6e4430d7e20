/** Runs chosen scenarios against an open subject and writes what happens to a sink, in the order it happens. */
import { capabilityOfControl } from '../../spec/capabilities.ts';
import type { Spec } from '../../spec/model.ts';
import { crashed, TRIES, type Progress } from '../result/fold.ts';
import { applicability } from './applicability.ts';
import type { Hazard } from '../result/document.ts';
import type { Listener } from './collector.ts';
import { drive, type Steps } from './cucumber.ts';
import type { Scenario } from './features.ts';
import type { Sink } from './journal.ts';
import type { Judged } from './outcome.ts';
import type { OpenSubject } from './subject.ts';

export interface SuiteRun {
  readonly steps: Steps;
  readonly spec: Spec;
  readonly subject: OpenSubject;
  readonly scenarios: readonly Scenario[];
  readonly hazard: Hazard;
  readonly sink: Sink;
  /** Hears the same as the sink, after it. */
  readonly watch?: Listener;
  /** Asked after each scenario. */
  readonly stop?: () => boolean;
}

/** What is not applicable is recorded at once; the rest runs. `before` is what an earlier part of the same run did. */
export async function runSuite(run: SuiteRun, before?: Progress): Promise<void> {
  const { steps, spec, subject, scenarios, hazard, sink, watch, stop = () => false } = run;
  const { study, expendable = false } = subject.description;
  const asked = study || expendable ? 'removes-device' : hazard;
  const patching = new Set(
    (subject.description.patched ?? []).map((action) => `@needs:${capabilityOfControl(action)}`),
  );
  const record = (scenario: Scenario, judged: Judged): void => {
    const { trace } = judged;
    const patched = judged.result.outcome !== 'not-applicable' && scenario.tags.some((tag) => patching.has(tag));
    const result = patched ? { ...judged.result, patched } : judged.result;
    sink.write(
      trace === undefined ? { kind: 'finished', scenario: result } : { kind: 'finished', scenario: result, trace },
    );
    watch?.finished(scenario, judged);
  };
  const due: Scenario[] = [];
  for (const scenario of scenarios) {
    const { id, tags, clauses } = scenario;
    if (before?.finished.has(id) === true) continue;
    const cutOff = before?.cutOff.get(id) ?? 0;
    const fits = applicability(tags, clauses, spec, subject.description, subject.capabilities, asked);
    if (!fits.applicable) {
      const outcome = 'not-applicable';
      record(scenario, { result: { id, clauses, outcome, reason: fits.reason, checks: [], duration: 0 } });
    } else if (cutOff >= TRIES) record(scenario, { result: crashed(id, clauses, cutOff) });
    else due.push(scenario);
  }
  const listener: Listener = {
    started: (scenario) => {
      sink.write({ kind: 'started', id: scenario.id });
      watch?.started(scenario);
    },
    finished: record,
  };
  const known = (clause: string): boolean => spec.clauses[clause] !== undefined;
  const clock = (): number => performance.now();
  await drive(steps, { session: subject.session, scenarios: due, known, listener, stop, clock });
}
