/** `coverage`: what the results at hand decide of the specification, or of what the mails say, and what they leave open. */
import { ROOT } from '../project.ts';
import { coverage, type ClauseCoverage } from '../result/coverage.ts';
import { resultFiles } from '../result/find.ts';
import { provenance } from '../result/provenance.ts';
import { readResult } from '../result/read.ts';
import { loadFeatures } from '../run/load.ts';
import type { Spec } from '../../spec/model.ts';
import { colour } from '../views/colour.ts';
import { columns } from '../views/columns.ts';
import { plain } from '../views/plain.ts';
import { provenanceText } from '../views/provenance.ts';
import type { Invocation } from './table.ts';

export async function execute({ args, options }: Invocation): Promise<number> {
  const [given] = args;
  const files = Array.isArray(given) && given.length > 0 ? (given as readonly string[]) : resultFiles();
  const { spec, features } = loadFeatures(ROOT);
  const documents = [];
  for (const file of files) documents.push(await readResult(file, ROOT, spec));
  const json = options.json === true;
  if (options.provenance === true) {
    const found = provenance(spec, features.scenarios, documents);
    const text = json ? JSON.stringify({ results: files, ...found }) : provenanceText(found, files);
    process.stdout.write(`${text}\n`);
    return 0;
  }
  const rows = coverage(spec, features.scenarios, documents);
  const text = json ? JSON.stringify({ results: files, clauses: rows }) : coverageText(rows, spec, files);
  process.stdout.write(`${text}\n`);
  return 0;
}

const STATES = ['decided', 'stale', 'undecided', 'not testable', 'uncovered'] as const;

function coverageText(rows: readonly ClauseCoverage[], spec: Spec, files: readonly string[]): string {
  const count = (its: readonly ClauseCoverage[], state: string): string =>
    String(its.filter((row) => row.state === state).length);
  const line = (title: string, its: readonly ClauseCoverage[]): string[] => [
    title,
    String(its.length),
    ...STATES.map((state) => count(its, state)),
  ];
  const chapters = spec.chapters
    .map(({ id, title }) => ({ title, its: rows.filter(({ chapter }) => chapter === id) }))
    .filter(({ its }) => its.length > 0);
  const table = columns([
    ['chapter', 'clauses', ...STATES],
    ...chapters.map(({ title, its }) => line(title, its)),
    line('all chapters', rows),
  ]);
  const open = rows.filter(({ state }) => state !== 'decided');
  const details = columns(open.map(({ clause, state, reason = '' }) => [clause, state, plain(reason)]));
  const from = files.length === 0 ? 'no result; `run` makes one' : files.join(', ');
  return [`results: ${from}`, '', table, ...(open.length === 0 ? [] : ['', colour.bold('left open'), details])].join(
    '\n',
  );
}
