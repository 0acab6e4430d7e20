/** What every command that looks at scenarios reads first: the specification and the features, checked. */
import type { Spec } from '../../spec/model.ts';
import { UsageError } from '../failure.ts';
import { lintFeatures } from '../lint/lint.ts';
import { problemLines } from '../problems.ts';
import { compiledSpec } from '../project.ts';
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
