/** `lint`: everything wrong with the feature files, and every clause that nothing decides, each finding at its place. */
import { UsageError } from '../failure.ts';
import { uncoveredClauses } from '../lint/coverage.ts';
import { problemLines } from '../problems.ts';
import { ROOT } from '../project.ts';
import { loadFeatures } from '../run/load.ts';

export function execute(): Promise<number> {
  const { features, spec } = loadFeatures(ROOT);
  const problems = uncoveredClauses(ROOT, spec);
  if (problems.length > 0) throw new UsageError(problemLines(problems));
  const files = new Set(features.scenarios.map(({ uri }) => uri)).size;
  process.stderr.write(
    `${String(features.scenarios.length)} scenarios in ${String(files)} files: nothing to complain of\n`,
  );
  return Promise.resolve(0);
}
