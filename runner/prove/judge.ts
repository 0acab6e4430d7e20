/** Whether the suite noticed a defect: the clauses it names, by a check that ran and failed, and no other clause. */
import type { ScenarioResult, Verdict } from '../../spec/verdict/check.ts';

/** What one run of the suite showed. */
export interface Shown {
  readonly scenarios: readonly ScenarioResult[];
  readonly verdicts: readonly Verdict[];
}

/** Why a defect does not count as caught; empty where it does. `named` are the clauses it breaks. */
export function judgeDefect(named: readonly string[], clean: Shown, faulty: Shown): string[] {
  const reasons: string[] = [];
  const failed = failedChecks(faulty.scenarios);
  const before = new Map(clean.verdicts.map((verdict) => [verdict.clause, verdict]));
  const broken = new Set(named);
  const judged = new Set<string>();
  for (const verdict of faulty.verdicts) {
    const { clause } = verdict;
    const was = before.get(clause)?.verdict ?? 'untested';
    if (broken.has(clause)) {
      judged.add(clause);
      if (!failed.has(clause)) reasons.push(`unnoticed: ${clause} is ${inWords(verdict)}, ${was} without the defect`);
    } else if (verdict.verdict !== was && !blockedByNamed(verdict, broken)) {
      reasons.push(`collateral: ${clause} is ${inWords(verdict)}, ${was} without the defect`);
    }
  }
  for (const clause of named) if (!judged.has(clause)) reasons.push(`unknown: there is no clause ${clause}`);
  return reasons;
}

/** Clauses of failed checks. A check made while preparing ran too, and its failing is what the defect does. */
function failedChecks(scenarios: readonly ScenarioResult[]): Set<string> {
  const failed = new Set<string>();
  for (const { checks } of scenarios) for (const check of checks) if (!check.passed) failed.add(check.clause);
  return failed;
}

function blockedByNamed({ verdict, blockedBy = [] }: Verdict, named: ReadonlySet<string>): boolean {
  return verdict === 'blocked' && blockedBy.some((clause) => named.has(clause));
}

function inWords({ verdict, reason, blockedBy }: Verdict): string {
  const why = blockedBy === undefined ? reason : `by ${blockedBy.join(', ')}`;
  return why === undefined ? verdict : `${verdict} (${why})`;
}
