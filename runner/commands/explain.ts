/** `explain`: all there is to know about one clause. */
import type { Clause, Spec } from '../../spec/model.ts';
import type { Verdict } from '../../spec/verdict/check.ts';
import { UsageError } from '../failure.ts';
import { hint } from '../nearest.ts';
import { ROOT } from '../project.ts';
import type { TestSubject } from '../result/document.ts';
import { resultFiles } from '../result/find.ts';
import { readResult } from '../result/read.ts';
import { loadFeatures } from '../run/load.ts';
import { clauseText } from '../views/clause.ts';
import type { Invocation } from './table.ts';

/** A verdict and where it stands. */
export interface LastVerdict {
  readonly file: string;
  readonly subject: TestSubject;
  readonly when: string;
  readonly verdict: Verdict;
}

export async function execute({ args, options }: Invocation): Promise<number> {
  const id = String(args[0]);
  const { spec, features } = loadFeatures(ROOT);
  const clause = spec.clauses[id];
  if (clause === undefined)
    throw new UsageError(`${id}: there is no such clause${hint(id, Object.keys(spec.clauses))}`);
  const files = typeof options.result === 'string' ? [options.result] : resultFiles();
  const last = await lastDecided(files, clause, spec);
  const scenarios = features.scenarios.filter(({ clauses }) => clauses.includes(id));
  if (options.json === true) {
    const sources = clause.sources.map(({ key, detail }) => ({ ...spec.sources[key], key, detail }));
    const deviations = spec.deviations.filter((deviation) => deviation.clause === id);
    process.stdout.write(`${JSON.stringify({ ...clause, sources, deviations, scenarios, last })}\n`);
  } else process.stdout.write(`${clauseText(clause, spec, scenarios, last)}\n`);
  return 0;
}

/** The newest verdict that says something of the clause; where none does, the newest. */
async function lastDecided(files: readonly string[], clause: Clause, spec: Spec): Promise<LastVerdict | undefined> {
  let newest: LastVerdict | undefined;
  for (const file of files) {
    const last = await lastVerdict(file, clause, spec);
    if (last === undefined) continue;
    if (last.verdict.verdict !== 'not-applicable' && last.verdict.verdict !== 'untested') return last;
    newest ??= last;
  }
  return newest;
}

async function lastVerdict(file: string, clause: Clause, spec: Spec): Promise<LastVerdict | undefined> {
  const document = await readResult(file, ROOT, spec);
  const verdict = document.verdicts.find((one) => one.clause === clause.id);
  if (verdict === undefined) return undefined;
  return { file, subject: document.subject, when: document.finished ?? document.started, verdict };
}
