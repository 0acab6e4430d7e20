/** Test support: the specification of this project, compiled from its sources once per test file. */
import { compileSpec } from './compile.ts';
import { packageRoot } from './compile/files.ts';
import { formatProblem } from './problem.ts';
import type { Spec } from './model.ts';

let compiled: Spec | undefined;

/** Throws with every problem the compiler found. */
export function projectSpec(): Spec {
  if (compiled !== undefined) return compiled;
  const { spec, problems } = compileSpec(packageRoot());
  if (spec === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return (compiled = spec);
}
