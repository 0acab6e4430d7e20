/** From what the steps of one scenario left behind to its result. */
import type { Check, ErroredKind, ScenarioResult } from '../../spec/verdict/check.ts';
import type { Evidence, TraceLine } from '../../spec/verdict/evidence.ts';

/** How cucumber says a step ended. */
export type StepStatus = 'PASSED' | 'FAILED' | 'SKIPPED' | 'UNDEFINED' | 'AMBIGUOUS' | 'PENDING' | 'UNKNOWN';

export interface StepRecord {
  /** The sentence; empty for a hook. */
  readonly text: string;
  /** True for a Then, and for an And after one. */
  readonly outcome: boolean;
  readonly status: StepStatus;
  /** First line of what was thrown. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

export interface Judged {
  readonly result: ScenarioResult;
  readonly trace?: readonly TraceLine[];
}

/** Where a check was made or a trouble arose: empty for a hook. */
interface At {
  readonly step?: number;
}

interface Trouble extends At {
  readonly kind: ErroredKind;
  readonly reason: string;
}

type Placed = StepRecord & { readonly at: At };

/** `known` says whether a clause id is one of the specification; `duration` is in milliseconds. */
export function judge(
  scenario: { readonly id: string; readonly clauses: readonly string[] },
  steps: readonly StepRecord[],
  known: (clause: string) => boolean,
  duration: number,
): Judged {
  const checks: Check[] = [];
  const trace: TraceLine[] = [];
  const troubles: Trouble[] = [];
  const placed = numbered(steps);
  for (const { at, evidence } of placed) {
    for (const piece of evidence) {
      if ('check' in piece) checks.push({ ...piece.check, ...at });
      else if ('trace' in piece) trace.push(...piece.trace);
      else troubles.push({ ...piece.errored, ...at });
    }
  }
  // What the steps themselves report comes first: it names the cause, a thrown error or a missing check only the effect.
  troubles.push(...troublesOf(placed));
  const foreign = checks.find((check) => !known(check.clause));
  if (foreign !== undefined) {
    const reason = `check "${foreign.name}" names ${foreign.clause}, which is no clause`;
    troubles.push({ kind: 'step', reason, ...(foreign.step === undefined ? {} : { step: foreign.step }) });
  }
  const judged = resultOf(scenario, checks, troubles, duration);
  return trace.length === 0 ? { result: judged } : { result: judged, trace };
}

/** Cucumber runs every step of the scenario in turn, also those it skips, and hooks around them, which are not counted. */
function numbered(steps: readonly StepRecord[]): Placed[] {
  let step = 0;
  return steps.map((record) => ({ ...record, at: record.text === '' ? {} : { step: (step += 1) } }));
}

function resultOf(
  { id, clauses }: { readonly id: string; readonly clauses: readonly string[] },
  checks: readonly Check[],
  troubles: readonly Trouble[],
  duration: number,
): ScenarioResult {
  const base = { id, clauses, checks, duration };
  const blockers = new Set(
    checks.filter((check) => !check.passed && check.ground === true).map(({ clause }) => clause),
  );
  const blocked = blockers.size === 0 ? {} : { blockedBy: [...blockers].sort() };
  const [trouble] = troubles;
  if (trouble !== undefined) {
    const { kind: errored, ...where } = trouble;
    return { ...base, ...blocked, outcome: 'errored', errored, ...where };
  }
  const own = checks.filter((check) => check.ground !== true);
  if (own.some((check) => !check.passed)) return { ...base, ...blocked, outcome: 'failed' };
  if (blockers.size > 0) {
    return { ...base, ...blocked, outcome: 'blocked', reason: `blocked by ${[...blockers].sort().join(', ')}` };
  }
  if (own.length === 0) return { ...base, outcome: 'errored', errored: 'vacuous', reason: 'it made no check' };
  return { ...base, outcome: 'passed' };
}

function troublesOf(steps: readonly Placed[]): Trouble[] {
  const troubles: Trouble[] = [];
  let stopped = false;
  for (const step of steps) {
    const trouble = stopped ? undefined : troubleWith(step);
    if (trouble !== undefined) troubles.push({ ...trouble, ...step.at });
    // Cucumber skips what follows a step that did not pass.
    stopped ||= step.status !== 'PASSED';
  }
  return troubles;
}

/** What is wrong with a step before which all went well. */
function troubleWith({ text, outcome, status, message, evidence }: StepRecord): Trouble | undefined {
  const sentence = text === '' ? 'a hook' : `"${text}"`;
  switch (status) {
    case 'PASSED': {
      const vacuous = outcome && !evidence.some((piece) => 'check' in piece);
      return vacuous ? { kind: 'vacuous', reason: `${sentence} made no check` } : undefined;
    }
    case 'FAILED': {
      const blocked = evidence.some((piece) => 'check' in piece && piece.check.ground === true && !piece.check.passed);
      const reported = evidence.some((piece) => 'errored' in piece);
      return blocked || reported ? undefined : { kind: 'step', reason: `${sentence} threw ${message}` };
    }
    case 'UNDEFINED':
      return { kind: 'step', reason: `no step definition fits ${sentence}` };
    case 'AMBIGUOUS':
      return { kind: 'step', reason: `several step definitions fit ${sentence}` };
    case 'SKIPPED':
      return { kind: 'step', reason: `${sentence} skipped itself; what cannot run says so with @needs` };
    case 'PENDING':
    case 'UNKNOWN':
      return { kind: 'step', reason: `${sentence} is not implemented` };
  }
}
