/** The result document: who was tested with what, what each scenario showed, and the verdict on each clause. */
import type { AbiId, Subject } from '../../spec/model.ts';
import type { ScenarioResult, Verdict, VerdictWord } from '../../spec/verdict/check.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';

export const RESULT_FORMAT = 'rdma-conformance-result/1';

/** What the verdicts are about. */
export interface TestSubject {
  readonly implementation: string;
  readonly version: string;
  readonly backend: string;
  readonly model: string;
  readonly abi: AbiId;
  /** The kernel's release as `uname -r` has it, and the driver; absent where there is none. */
  readonly kernel?: string;
  readonly driver?: string;
  /** True for implementations of this project: their results say nothing about anything shipped. */
  readonly study: boolean;
}

export const HAZARDS = ['safe', 'disruptive', 'removes-device'] as const;
export type Hazard = (typeof HAZARDS)[number];

/** What was asked for; an empty list and an empty string ask for everything. */
export interface Selection {
  readonly clauses: readonly string[];
  readonly objects: readonly string[];
  readonly tags: string;
  /** Prefix of scenario ids. */
  readonly name: string;
  /** Scenarios up to this level of hazard may run. */
  readonly hazard: Hazard;
}

/** How many clauses of one chapter and one kind of subject got each verdict. */
export interface Count {
  readonly chapter: string;
  readonly subject: Subject;
  readonly verdicts: Readonly<Partial<Record<VerdictWord, number>>>;
}

export interface ResultDocument {
  readonly format: typeof RESULT_FORMAT;
  readonly tool: string;
  readonly spec: { readonly version: string; readonly digest: string };
  /** Digest of the feature files the scenarios come from. */
  readonly features: string;
  readonly subject: TestSubject;
  readonly seed: number;
  readonly selection: Selection;
  readonly capabilities: readonly string[];
  /** ISO 8601, UTC. */
  readonly started: string;
  /** Absent where the run was cut off. */
  readonly finished?: string;
  /** True where every selected scenario has a final outcome. */
  readonly complete: boolean;
  readonly scenarios: readonly ScenarioResult[];
  readonly verdicts: readonly Verdict[];
  readonly counts: readonly Count[];
  /** By scenario id: the calls of those that did not pass, or of all where that was asked for. */
  readonly traces: Readonly<Record<string, readonly TraceLine[]>>;
}
