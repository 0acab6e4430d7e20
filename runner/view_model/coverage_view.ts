/** Coverage as the `coverage` command counts it, by chapter, with what is left open. */
import type { Spec } from '../../spec/model.ts';
import { coverage } from '../result/coverage.ts';
import type { ResultDocument } from '../result/document.ts';
import type { Scenario } from '../run/features.ts';
import type { CoverageState, CoverageView } from './model.ts';

const STATES: readonly CoverageState[] = ['decided', 'stale', 'undecided', 'not testable', 'uncovered'];

export function coverageView(
  spec: Spec,
  scenarios: readonly Scenario[],
  results: readonly ResultDocument[],
): CoverageView {
  const rows = coverage(spec, scenarios, results);
  const real = coverage(
    spec,
    scenarios,
    results.filter(({ subject }) => !subject.study),
  ).filter(({ state }) => state === 'decided');
  const chapters = new Map<string, Partial<Record<CoverageState, number>>>();
  for (const { chapter, state } of rows) {
    const counts = chapters.get(chapter) ?? {};
    counts[state] = (counts[state] ?? 0) + 1;
    chapters.set(chapter, counts);
  }
  return {
    states: STATES,
    chapters: spec.chapters.flatMap(({ id }) => {
      const counts = chapters.get(id);
      return counts === undefined
        ? []
        : [{ chapter: id, counts, real: real.filter(({ chapter }) => chapter === id).length }];
    }),
    open: rows
      .filter(({ state }) => state !== 'decided')
      .map(({ clause, state, reason = '' }) => ({ clause, state, reason })),
  };
}
