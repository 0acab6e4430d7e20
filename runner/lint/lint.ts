/** The lint of features/: refuses what cucumber would take and run as nothing, and what the specification does not know. */
import type { Spec } from '../../spec/model.ts';
import { collector, sortProblems, type Problem } from '../../spec/problem.ts';
import { checkErrnos } from './errnos.ts';
import { readFeatureFiles } from './feature_file.ts';
import { checkOutlines } from './outlines.ts';
import { checkRenamed, checkScenarioIds } from './scenario_ids.ts';
import { checkStructure } from './structure.ts';
import { checkLimits, checkTags } from './tags.ts';

const CHECKS = [checkTags, checkLimits, checkErrnos];

/** Everything wrong with the feature files below `root`, sorted by place. Clauses without a scenario: see coverage.ts. */
export function lintFeatures(root: string, spec: Spec): Problem[] {
  const problems: Problem[] = [];
  const report = collector(problems);
  const files = readFeatureFiles(root, report);
  for (const file of files) {
    checkStructure(file, report);
    checkOutlines(file, report);
    for (const check of CHECKS) check(file, spec, report);
  }
  checkRenamed(root, checkScenarioIds(files, report), report);
  return sortProblems(problems);
}
