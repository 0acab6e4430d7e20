/** From journal to result document: one function for a run that ended, was cut off, or was taken up again. */
import type { Spec } from '../../spec/model.ts';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { rollUp } from '../../spec/verdict/rollup.ts';
import type { FinishedLine, HeaderLine, JournalLine } from '../run/journal.ts';
import { countVerdicts } from './counts.ts';
import { RESULT_FORMAT, type ResultDocument } from './document.ts';

/** How often a scenario may be cut off before it counts as what ends the run. */
export const TRIES = 2;

/** What a journal says of its scenarios. */
export interface Progress {
  readonly header: HeaderLine;
  readonly finished: ReadonlyMap<string, FinishedLine>;
  /** Scenarios that began and never ended, with how often they began. */
  readonly cutOff: ReadonlyMap<string, number>;
  readonly ended?: string;
}

/** One pass over the lines; the header comes first. */
export function progressOf(lines: readonly JournalLine[]): Progress {
  const [header] = lines;
  if (header?.kind !== 'header') throw new Error('a journal begins with its header');
  const finished = new Map<string, FinishedLine>();
  const cutOff = new Map<string, number>();
  let ended: string | undefined;
  for (const line of lines) {
    if (line.kind === 'started') cutOff.set(line.id, (cutOff.get(line.id) ?? 0) + 1);
    else if (line.kind === 'finished') {
      finished.set(line.scenario.id, line);
      cutOff.delete(line.scenario.id);
    }
    // What follows an end is a run that was taken up again and has not ended.
    ended = line.kind === 'ended' ? line.at : undefined;
  }
  return ended === undefined ? { header, finished, cutOff } : { header, finished, cutOff, ended };
}

/** The outcome of a scenario inside which the run ended. */
export function crashed(id: string, clauses: readonly string[], times: number): ScenarioResult {
  const reason = `the run ended inside this scenario${times > 1 ? ` ${String(times)} times` : ''}`;
  return { id, clauses, outcome: 'errored', errored: 'crash', reason, checks: [], duration: 0 };
}

export function fold(lines: readonly JournalLine[], spec: Spec): ResultDocument {
  const { header, finished, cutOff, ended } = progressOf(lines);
  const traces: Record<string, readonly TraceLine[]> = {};
  const scenarios = header.planned.map(({ id, clauses }): ScenarioResult => {
    const line = finished.get(id);
    if (line !== undefined) {
      if (line.trace !== undefined) traces[id] = line.trace;
      return line.scenario;
    }
    const times = cutOff.get(id);
    if (times !== undefined) return crashed(id, clauses, times);
    return { id, clauses, outcome: 'untested', reason: 'the run ended before it', checks: [], duration: 0 };
  });
  const verdicts = rollUp(spec, scenarios, header.subject);
  const { tool, features, subject, seed, selection, capabilities, started } = header;
  return {
    format: RESULT_FORMAT,
    tool,
    spec: header.spec,
    features,
    subject,
    seed,
    selection,
    capabilities,
    started,
    ...(ended === undefined ? {} : { finished: ended }),
    complete: header.planned.every(({ id }) => finished.has(id)),
    scenarios,
    verdicts,
    counts: countVerdicts(spec, verdicts),
    traces,
  };
}
