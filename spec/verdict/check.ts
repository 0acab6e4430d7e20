/** Evidence and verdicts: the words that pass between steps, runner, result documents and the site. */
import type { AbiId } from '../model.ts';

/** The message a check is about: enough to decode it again from the tables. */
export interface SentCall {
  readonly abi: AbiId;
  readonly request: number;
  /** Region 0 as sent, lower-case hex. */
  readonly sent: string;
  /** `0`, or an errno name. */
  readonly answer: string;
}

/** The unit of evidence. */
export interface Check {
  readonly name: string;
  readonly clause: string;
  readonly passed: boolean;
  readonly expected: string;
  readonly got: string;
  readonly call?: SentCall;
  /** Where the trace of the scenario has that call, or the last one before the check. */
  readonly n?: number;
  /** True for a check made while preparing: the clause a Given rests on. */
  readonly ground?: boolean;
  /** The step that made it, from 1, those of the background counted; absent for a hook. */
  readonly step?: number;
}

export type Outcome = 'passed' | 'failed' | 'blocked' | 'not-applicable' | 'errored' | 'untested';
export type ErroredKind = 'crash' | 'hang' | 'protocol' | 'resource' | 'vacuous' | 'step';

export interface ScenarioResult {
  readonly id: string;
  /** Clauses the scenario is there to decide (the tags of its rule). */
  readonly clauses: readonly string[];
  readonly outcome: Outcome;
  /** True where it needed a control that patches an operation of the driver: it decides clauses of the core alone. */
  readonly patched?: true;
  readonly checks: readonly Check[];
  /** Why it is not applicable, what errored, or which clauses block it. */
  readonly reason?: string;
  readonly errored?: ErroredKind;
  /** The step at which it errored, numbered as in a check; absent for a hook, a crash and the scenario as a whole. */
  readonly step?: number;
  readonly blockedBy?: readonly string[];
  /** Milliseconds of wall time; 0 where it did not run. */
  readonly duration: number;
}

export type VerdictWord =
  'conformant' | 'nonconformant' | 'deviates' | 'observed' | 'blocked' | 'not-applicable' | 'untested' | 'errored';

export interface Verdict {
  readonly clause: string;
  readonly verdict: VerdictWord;
  readonly passed: number;
  readonly failed: number;
  readonly scenarios: readonly string[];
  readonly reason?: string;
  readonly blockedBy?: readonly string[];
  /** Digest of the clause the verdict is about. */
  readonly digest: string;
}
