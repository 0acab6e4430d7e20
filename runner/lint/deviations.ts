/** Scenarios that known deviations name: one that was renamed would show nothing any more. */
import type { Spec } from '../../spec/model.ts';
import { collector, sortProblems, type Problem } from '../../spec/problem.ts';
import { hint } from '../nearest.ts';
import type { Scenario } from '../run/features.ts';

export function namelessScenarios({ deviations }: Spec, scenarios: readonly Scenario[]): Problem[] {
  const known = scenarios.map(({ id }) => id);
  const problems: Problem[] = [];
  const report = collector(problems);
  for (const { scenario, place } of deviations) {
    if (scenario !== undefined && !known.includes(scenario))
      report(place, `no feature has the scenario ${scenario}${hint(scenario, known)}`);
  }
  return sortProblems(problems);
}
