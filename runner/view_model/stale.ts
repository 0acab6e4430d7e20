/** Known deviations that a published result contradicts: a list that outlives its findings would excuse the next one. */
import { staleDeviations } from '../../spec/deviations.ts';
import type { Spec } from '../../spec/model.ts';
import { sortProblems, type Problem } from '../../spec/problem.ts';
import { UsageError } from '../failure.ts';
import { problemLines } from '../problems.ts';
import { publishedResults, type Published } from './published.ts';

export function staleEntries(spec: Spec, published: readonly Published[]): Problem[] {
  const problems = published.flatMap(({ file, document }) =>
    staleDeviations(spec, document).map(({ clause, driver, kernels, place }): Problem => {
      const { kernel = '' } = document.subject;
      const message = `${clause} passes on ${driver}, Linux ${kernel}, in ${file}: take the entry out, or narrow its kernels (${kernels})`;
      return { ...place, message };
    }),
  );
  return sortProblems(problems);
}

/** Throws UsageError with every entry that is out of date. */
export function requireFresh(spec: Spec, published: readonly Published[]): void {
  const problems = staleEntries(spec, published);
  if (problems.length > 0) throw new UsageError(problemLines(problems));
}

/** The same over a folder of published results. */
export async function staleIn(folder: string, root: string, spec: Spec): Promise<Problem[]> {
  return staleEntries(spec, await publishedResults(folder, root, spec));
}
