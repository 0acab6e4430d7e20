/** Everything a run needs from the project: the specification, the scenarios and the step definitions. */
import type { Spec } from '../../spec/model.ts';
import { UsageError } from '../failure.ts';
import { lintFeatures } from '../lint/lint.ts';
import { problemLines } from '../problems.ts';
import { compiledSpec } from '../project.ts';
import { loadSteps, type Steps } from './cucumber.ts';
import { readFeatures, type Features } from './features.ts';

export interface Loaded {
  readonly root: string;
  readonly spec: Spec;
  readonly features: Features;
}

/** Refuses features that cucumber would take and then run as nothing. */
export function loadFeatures(root: string): Loaded {
  const spec = compiledSpec(root);
  const problems = lintFeatures(root, spec);
  if (problems.length > 0) throw new UsageError(problemLines(problems));
  return { root, spec, features: readFeatures(root) };
}

export async function loadSuite(root: string): Promise<Loaded & { readonly steps: Steps }> {
  return { ...loadFeatures(root), steps: await loadSteps(root) };
}
