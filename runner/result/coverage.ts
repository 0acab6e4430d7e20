/** Which clauses are decided by given results, which cannot be tested and why, and which nothing covers. */
import type { Spec } from '../../spec/model.ts';
import type { Verdict } from '../../spec/verdict/check.ts';
import type { Scenario } from '../run/features.ts';
import type { ResultDocument } from './document.ts';

export interface ClauseCoverage {
  readonly clause: string;
  readonly chapter: string;
  /** `stale`: decided, but on another wording of the clause. */
  readonly state: 'decided' | 'stale' | 'undecided' | 'not testable' | 'uncovered';
  /** Why it is not testable or not decided. */
  readonly reason?: string;
  readonly checks: number;
}

/** Verdicts that say what was seen. */
export const DECIDED: ReadonlySet<string> = new Set(['conformant', 'nonconformant', 'deviates', 'observed']);

/** One row per clause that is not withdrawn. Without results, a clause with a scenario is undecided. */
export function coverage(
  spec: Spec,
  scenarios: readonly Scenario[],
  results: readonly ResultDocument[],
): ClauseCoverage[] {
  const covered = new Set(scenarios.flatMap(({ clauses }) => clauses));
  const verdicts = verdictsByClause(results);
  return Object.values(spec.clauses)
    .filter(({ withdrawn }) => withdrawn === undefined)
    .map(({ id, chapter, notTestable, digest }): ClauseCoverage => {
      const its = verdicts.get(id) ?? [];
      const deciding = its.filter(({ verdict }) => DECIDED.has(verdict));
      const current = deciding.filter((verdict) => verdict.digest === digest);
      const checks = current.reduce((total, { passed, failed }) => total + passed + failed, 0);
      const base = { clause: id, chapter, checks };
      if (current.length > 0) return { ...base, state: 'decided' };
      if (deciding.length > 0) return { ...base, state: 'stale', reason: 'the clause was reworded since' };
      if (notTestable !== undefined) return { ...base, state: 'not testable', reason: notTestable };
      if (!covered.has(id)) return { ...base, state: 'uncovered', reason: 'no scenario decides it' };
      return { ...base, state: 'undecided', reason: whyUndecided(its) };
    });
}

/** What all the results say of each clause. */
export function verdictsByClause(results: readonly ResultDocument[]): ReadonlyMap<string, readonly Verdict[]> {
  const verdicts = new Map<string, Verdict[]>();
  for (const verdict of results.flatMap((result) => result.verdicts)) {
    const list = verdicts.get(verdict.clause);
    if (list === undefined) verdicts.set(verdict.clause, [verdict]);
    else list.push(verdict);
  }
  return verdicts;
}

function whyUndecided(verdicts: readonly { readonly verdict: string; readonly reason?: string }[]): string {
  const [first] = verdicts;
  if (first === undefined) return 'no result speaks of it';
  return first.reason === undefined ? first.verdict : `${first.verdict}: ${first.reason}`;
}
