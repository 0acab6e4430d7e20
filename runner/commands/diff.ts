/** `diff`: what became better or worse between two results. */
import { UsageError } from '../failure.ts';
import { ROOT, compiledSpec } from '../project.ts';
import { diffResults, type ResultDiff } from '../result/diff.ts';
import { exitCodeOfDiff } from '../result/exit_code.ts';
import { readResult } from '../result/read.ts';
import { readRenamed } from '../run/renamed.ts';
import { diffText, type Side } from '../views/diff.ts';
import type { Invocation } from './table.ts';

export async function execute({ args, options }: Invocation): Promise<number> {
  const [earlier, later] = args.map(String) as [string, string];
  const spec = compiledSpec(ROOT);
  const before = { file: earlier, document: await readResult(earlier, ROOT, spec) };
  const after = { file: later, document: await readResult(later, ROOT, spec) };
  const [was, is] = [before.document.subject.abi, after.document.subject.abi];
  if (was !== is) {
    throw new UsageError(
      `${later}: is about ${is}, ${earlier} about ${was}; what holds on one ABI was never promised on the other`,
    );
  }
  const diff = diffResults(before.document, after.document, readRenamed(ROOT));
  const code = exitCodeOfDiff(diff, options.strict === true);
  const text =
    options.json === true
      ? JSON.stringify(outline(before, after, diff, code))
      : diffText({ before, after, diff, spec, all: options.all === true });
  process.stdout.write(`${text}\n`);
  return code;
}

function outline(before: Side, after: Side, diff: ResultDiff, exitCode: number): object {
  const side = ({ file, document }: Side): object => {
    const { tool, spec, features, subject, seed, selection, started, complete } = document;
    return { result: file, tool, spec, features, subject, seed, selection, started, complete };
  };
  const { unlike, compared, clauses, scenarios, checks } = diff;
  return { before: side(before), after: side(after), exitCode, unlike, compared, clauses, scenarios, checks };
}
