/** `lint`: everything wrong with the feature files, every clause that nothing decides, and known deviations that are none, at their places. */
import { join } from 'node:path';
import { UsageError } from '../failure.ts';
import { uncoveredClauses } from '../lint/coverage.ts';
import { namelessScenarios } from '../lint/deviations.ts';
import { problemLines } from '../problems.ts';
import { ROOT } from '../project.ts';
import { loadFeatures } from '../run/load.ts';
import { staleIn } from '../view_model/stale.ts';

export async function execute(): Promise<number> {
  const { features, spec } = loadFeatures(ROOT);
  const problems = [
    ...uncoveredClauses(ROOT, spec),
    ...namelessScenarios(spec, features.scenarios),
    ...(await staleIn(join(ROOT, 'site', 'results'), ROOT, spec)),
  ];
  if (problems.length > 0) throw new UsageError(problemLines(problems));
  const files = new Set(features.scenarios.map(({ uri }) => uri)).size;
  process.stderr.write(
    `${String(features.scenarios.length)} scenarios in ${String(files)} files: nothing to complain of\n`,
  );
  return 0;
}
