/** One clause in full, for a reader. */
import type { LastVerdict } from '../commands/explain.ts';
import type { Clause, Deviation, Source, SourceRef, Spec } from '../../spec/model.ts';
import type { Scenario } from '../run/features.ts';
import { colour } from './colour.ts';
import { columns } from './columns.ts';
import { plain } from './plain.ts';

/** What the reasons a clause binds mean. */
const BASIS: Readonly<Record<Clause['basis'], string>> = {
  agreed: 'agreed (two authors)',
  proposed: 'proposed (one author)',
  shipped: 'shipped (Linux does it)',
  decided: 'decided (by this project; see spec/decisions)',
};

export function clauseText(
  clause: Clause,
  spec: Spec,
  scenarios: readonly Scenario[],
  last: LastVerdict | undefined,
): string {
  const deviations = spec.deviations.filter((deviation) => deviation.clause === clause.id);
  const rows: [string, string][] = [
    ['level', clause.level],
    ['subject', clause.subject],
    ['abi', clause.abi.join(', ')],
    ...errnoRows(clause),
    ['basis', BASIS[clause.basis]],
  ];
  if (clause.since !== undefined) rows.push(['since', `Linux ${clause.since}`]);
  if (clause.until !== undefined) rows.push(['until', `Linux ${clause.until}`]);
  if (clause.notTestable !== undefined) rows.push(['not testable', clause.notTestable]);
  if (clause.withdrawn !== undefined) rows.push(['withdrawn', clause.withdrawn]);
  rows.push(['chapter', spec.chapters.find(({ id }) => id === clause.chapter)?.title ?? clause.chapter]);
  rows.push(['where', `${clause.place.file}:${String(clause.place.line)}`]);
  for (const source of clause.sources) rows.push(['source', sourceText(source, spec.sources[source.key])]);
  for (const deviation of deviations) rows.push(...deviationRows(deviation));
  for (const { id, uri, line } of scenarios) rows.push(['scenario', `${id} (${uri}:${String(line)})`]);
  if (scenarios.length === 0) rows.push(['scenario', 'none']);
  return [
    colour.bold(clause.id),
    clause.sentence,
    '',
    columns(rows.map(([label, text]) => [label, text])),
    '',
    ...verdictLines(clause, last),
  ].join('\n');
}

/** What does otherwise, and why the clause stands. */
function deviationRows({
  driver,
  kernels,
  what,
  trace,
  scenario,
  because,
  sources,
  upstream,
}: Deviation): [string, string][] {
  return [
    ['known deviation', `${driver} ${kernels}: ${what}`],
    ...(trace === undefined ? [] : [['  calls', trace.join('; ')] as [string, string]]),
    ...(scenario === undefined ? [] : [['  scenario', scenario] as [string, string]]),
    ['  because', because],
    ...sources.map((source): [string, string] => ['  source', sourceText({ key: source.key, detail: '' }, source)]),
    ...(upstream === undefined ? [] : [['  upstream', upstream] as [string, string]]),
  ];
}

function errnoRows({ errno, errnoReason }: Clause): [string, string][] {
  const rows = Object.entries(errno ?? {}).map(([abi, names]): [string, string] => [
    `errno ${abi}`,
    names.join(' or '),
  ]);
  return errnoReason === undefined ? rows : [...rows, ['because', errnoReason]];
}

/** A source with all that is known of it, on one line. */
export function sourceText({ key, detail }: SourceRef, source: Source | undefined): string {
  if (source === undefined) return `${key} ${detail}`.trim();
  const where =
    source.file === undefined ? [] : [`${source.file}${source.line === undefined ? '' : `:${String(source.line)}`}`];
  const parts = [source.title, source.from, source.date, source.messageId, ...where, source.link];
  const about = parts.filter((part) => part !== undefined && part !== '').join(', ');
  return `${key}${detail === '' ? '' : ` ${detail}`}: ${about}`;
}

function verdictLines(clause: Clause, last: LastVerdict | undefined): string[] {
  if (last === undefined) return ['No result yet; `run` makes one.'];
  const { verdict, subject, when, file } = last;
  const counts = `${String(verdict.passed)} ${verdict.passed === 1 ? 'check' : 'checks'} passed, ${String(verdict.failed)} failed`;
  const lines = [
    `last verdict: ${colour.bold(verdict.verdict)} (${counts})`,
    plain(`  ${subject.backend}, model ${subject.model}, ${subject.abi}, ${when}; ${file}`),
  ];
  if (verdict.reason !== undefined) lines.push(plain(`  ${verdict.reason}`));
  if (verdict.blockedBy !== undefined) lines.push(plain(`  blocked by ${verdict.blockedBy.join(', ')}`));
  if (verdict.digest !== clause.digest)
    lines.push(colour.yellow('  This verdict is about an older wording of the clause.'));
  return lines;
}
