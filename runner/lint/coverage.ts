/** Clauses that nothing decides. */
import type { Clause, Spec } from '../../spec/model.ts';
import { collector, sortProblems, type Problem } from '../../spec/problem.ts';
import { readFeatureFiles, rulesOf, type FeatureFile } from './feature_file.ts';
import { clauseOf } from './tags.ts';

/** True for a clause that needs a scenario: a permission has nothing to fail, and some say why they have none. */
export function needsScenario(clause: Clause): boolean {
  return clause.level !== 'may' && clause.withdrawn === undefined && clause.notTestable === undefined;
}

/** A problem at every clause that needs a scenario and has no rule with one. */
export function uncovered(spec: Spec, features: readonly FeatureFile[]): Problem[] {
  const covered = new Set(
    features
      .flatMap(({ feature }) => rulesOf(feature))
      .filter((rule) => rule.children.some(({ scenario }) => scenario !== undefined))
      .map((rule) => clauseOf(rule, spec)?.id),
  );
  const problems: Problem[] = [];
  const report = collector(problems);
  for (const { id, place } of Object.values(spec.clauses)
    .filter(needsScenario)
    .filter(({ id }) => !covered.has(id))) {
    report(place, `no rule decides the clause ${id}: write one, tagged @${id}, or say \`not testable: because …\``);
  }
  return sortProblems(problems);
}

/** The same from the files below `root`; files that cannot be parsed cover nothing, which the lint reports. */
export function uncoveredClauses(root: string, spec: Spec): Problem[] {
  return uncovered(
    spec,
    readFeatureFiles(root, () => undefined),
  );
}
