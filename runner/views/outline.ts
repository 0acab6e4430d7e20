/** A run in a few fields, for scripts: everything else is in the result document it names. */
import type { VerdictWord } from '../../spec/verdict/check.ts';
import { sum } from '../result/counts.ts';
import type { ResultDocument, TestSubject } from '../result/document.ts';

export interface Outline {
  readonly subject: TestSubject;
  readonly result: string;
  readonly exitCode: number;
  readonly complete: boolean;
  readonly scenarios: number;
  readonly checks: number;
  readonly verdicts: Readonly<Record<VerdictWord, number>>;
  readonly nonconformant: readonly string[];
}

/** `result`: path of the document. */
export function outline(document: ResultDocument, result: string, exitCode: number): Outline {
  const { subject, complete, scenarios, counts, verdicts } = document;
  return {
    subject,
    result,
    exitCode,
    complete,
    scenarios: scenarios.length,
    checks: scenarios.reduce((total, scenario) => total + scenario.checks.length, 0),
    verdicts: sum(counts),
    nonconformant: verdicts.filter(({ verdict }) => verdict === 'nonconformant').map(({ clause }) => clause),
  };
}
