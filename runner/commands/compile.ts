/** `compile`: the specification to build/spec.json, or everything that is wrong with it. */
import { compileSpec } from '../../spec/compile.ts';
import { UsageError } from '../failure.ts';
import { problemLines } from '../problems.ts';
import { ROOT, isPackage, specFile } from '../project.ts';
import { writeAtomically } from '../result/folder.ts';

export function execute(): Promise<number> {
  if (isPackage(ROOT)) {
    throw new UsageError(`${ROOT}: is an installed package, whose specification is compiled; compile in a clone`);
  }
  const { spec, problems } = compileSpec(ROOT);
  if (spec === undefined) throw new UsageError(problemLines(problems));
  writeAtomically(specFile(ROOT), `${JSON.stringify(spec)}\n`);
  const clauses = Object.keys(spec.clauses).length;
  process.stderr.write(`specification ${spec.version} (${spec.digest}): ${String(clauses)} clauses\n`);
  return Promise.resolve(0);
}
