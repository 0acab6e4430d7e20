/**
 * Whether a result document agrees with itself: its verdicts must follow from its scenarios. One that was edited, cut or put
 * together from parts is refused, with the place.
 */
import type { Spec } from '../../spec/model.ts';
import type { Check, ScenarioResult } from '../../spec/verdict/check.ts';
import { decides, rollUp } from '../../spec/verdict/rollup.ts';
import { UsageError } from '../failure.ts';
import type { ResultDocument } from '../result/document.ts';

export function requireSound(document: ResultDocument, spec: Spec, file: string): void {
  const fail = (place: string, what: string): never => {
    throw new UsageError(`${file}: ${place}: ${what}; the document was changed after the run, or is not of this tool`);
  };
  const seen = new Set<string>();
  for (const [index, scenario] of document.scenarios.entries()) {
    const place = `/scenarios/${String(index)}`;
    if (seen.has(scenario.id)) fail(`${place}/id`, `${scenario.id} is there twice`);
    seen.add(scenario.id);
    const problem = outcomeProblem(scenario);
    if (problem !== undefined) fail(`${place}/outcome`, problem);
  }
  const tallies = tallyOf(spec, document.scenarios);
  // Reworded clauses may weigh what was seen differently, so only the same specification gives the same words.
  const same = document.spec.digest === spec.digest;
  const again = new Map(rollUp(spec, document.scenarios, document.subject).map((verdict) => [verdict.clause, verdict]));
  for (const [index, verdict] of document.verdicts.entries()) {
    const place = `/verdicts/${String(index)}`;
    const { passed, failed } = tallies.get(verdict.clause) ?? { passed: 0, failed: 0 };
    if (verdict.passed !== passed || verdict.failed !== failed) {
      const counted = `${String(passed)} passed and ${String(failed)} failed checks`;
      fail(
        place,
        `${verdict.clause} has ${counted}, the verdict says ${String(verdict.passed)} and ${String(verdict.failed)}`,
      );
    }
    const follows = same ? again.get(verdict.clause)?.verdict : undefined;
    if (follows !== undefined && follows !== verdict.verdict)
      fail(`${place}/verdict`, `${verdict.clause} is ${verdict.verdict}, but its checks make it ${follows}`);
    if (verdict.verdict === 'conformant' && (failed > 0 || passed === 0))
      fail(
        `${place}/verdict`,
        `${verdict.clause} is conformant with ${String(passed)} passed and ${String(failed)} failed checks`,
      );
  }
}

/** What a scenario says of itself and cannot be. */
function outcomeProblem({ outcome, checks }: ScenarioResult): string | undefined {
  const failed = (check: Check): boolean => !check.passed;
  if (outcome === 'passed' && (checks.length === 0 || checks.some(failed)))
    return checks.length === 0 ? 'passed without a check' : 'passed with a failed check';
  if (outcome === 'failed' && !checks.some(failed)) return 'failed without a failed check';
  if ((outcome === 'not-applicable' || outcome === 'untested') && checks.length > 0) return `${outcome} with checks`;
  return undefined;
}

function tallyOf(spec: Spec, scenarios: readonly ScenarioResult[]): Map<string, { passed: number; failed: number }> {
  const tallies = new Map<string, { passed: number; failed: number }>();
  for (const scenario of scenarios) {
    for (const { clause, passed, ground } of scenario.checks) {
      if (!decides(spec, scenario, clause)) continue;
      let tally = tallies.get(clause);
      if (tally === undefined) tallies.set(clause, (tally = { passed: 0, failed: 0 }));
      if (!passed) tally.failed += 1;
      else if (ground !== true) tally.passed += 1;
    }
  }
  return tallies;
}
