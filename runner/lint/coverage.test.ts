import { describe, expect, it } from 'vitest';
import { compileSpec } from '../../spec/compile.ts';
import { packageRoot } from '../../spec/compile/files.ts';
import { formatProblem } from '../../spec/problem.ts';
import { uncoveredClauses } from './coverage.ts';
import { lintFeatures } from './lint.ts';
import { projectWith, ruleWith } from './linted_project.ts';

function uncoveredIn(features: Readonly<Record<string, string>>): string[] {
  const { root, spec } = projectWith(features);
  return uncoveredClauses(root, spec).map(formatProblem);
}

describe('clauses without a rule', () => {
  const missing = (line: number, id: string) =>
    expect.stringMatching(
      new RegExp(`^spec/chapters/calls\\.md:${String(line)}:5: no rule decides the clause ${id}: `),
    ) as string;

  it('are reported where they stand, except permissions and those that say why', () => {
    expect(uncoveredIn({ 'a.feature': 'Feature: F' })).toEqual([
      missing(3, 'refused'),
      missing(13, 'done'),
      missing(22, 'seen'),
    ]);
  });

  it('are covered by a rule with a scenario in any file, not by a rule alone', () => {
    const scenario = ['Scenario: s', 'Given a'];
    expect(
      uncoveredIn({
        'a.feature': ruleWith(scenario),
        'b/c.feature': ruleWith(scenario, '@seen @needs:qp'),
        'd.feature': ruleWith([], '@done'),
      }),
    ).toEqual([missing(13, 'done')]);
  });
});

describe('the features of this project', () => {
  const root = packageRoot();
  const { spec } = compileSpec(root);

  it('have no findings', () => {
    expect(spec && lintFeatures(root, spec).map(formatProblem)).toEqual([]);
  });

  it('decide every clause that does not say why not', () => {
    expect(spec && uncoveredClauses(root, spec).map(formatProblem)).toEqual([]);
  });
});
