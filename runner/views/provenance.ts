/** The statements of the mails for a terminal: who said what, where it went, and what is missing. */
import { KINDS, type ClauseHome, type Kind, type Provenance, type StatementHome } from '../result/provenance.ts';
import { colour } from './colour.ts';
import { columns } from './columns.ts';
import { plain } from './plain.ts';

const MEANINGS: Readonly<Record<Kind, string>> = {
  clauses: 'clauses that scenarios decide',
  rules: 'a test, a lint or a schema',
  benches: 'a bench',
  decisions: 'a decision note',
  because: 'a reason why it cannot or need not be tested',
};

/** `files`: the results that were read. */
export function provenanceText({ statements, kinds, standings }: Provenance, files: readonly string[]): string {
  const left = statements.filter(({ open }) => open !== undefined);
  return [
    `results: ${files.length === 0 ? 'no result; `run` makes one' : files.map(plain).join(', ')}`,
    '',
    columns(statements.flatMap(rowsOf)),
    '',
    columns([
      ['home', 'statements', 'which is'],
      ...KINDS.map((kind) => [kind, String(kinds[kind]), MEANINGS[kind]]),
      ['settled', String(standings.settled), 'nothing is missing'],
      ['open in part', String(standings['open in part']), 'something tests it, and something is missing'],
      ['open', String(standings.open), 'nothing tests it yet'],
      ['all', String(statements.length), 'one with several homes is counted at each'],
    ]),
    ...(left.length === 0 ? [] : ['', colour.bold('left open'), columns(left.map(openRow))]),
  ].join('\n');
}

/** The statement, then a row for each of its homes. */
function rowsOf(statement: StatementHome): string[][] {
  const { number, says, who, mails, clauses, rules = [], benches = [], decisions, because, open } = statement;
  const rows: [string, readonly string[]][] = [
    ['mail', mails.map(({ key, file = '', line = 1 }) => `${key} (${file}:${String(line)})`)],
    ['clauses', clauses.length === 0 ? [] : [clausesText(clauses)]],
    ['rules', rules],
    ['benches', benches],
    ['decisions', decisions.map(({ key, title }) => `${key} ${title}`)],
    ['because', because === undefined ? [] : [because]],
    ['open', open === undefined ? [] : [open]],
  ];
  return [
    [String(number), who.join(', '), colour.bold(plain(says))],
    ...rows
      .filter(([, texts]) => texts.length > 0)
      .map(([label, texts]) => ['', label, plain(texts.join(label === 'mail' ? ', ' : '; '))]),
  ];
}

/** The ids; then how many of them scenarios decide, and what the results say, together. */
function clausesText(clauses: readonly ClauseHome[]): string {
  const decided = clauses.filter(({ scenarios }) => scenarios > 0).length;
  const counts = new Map<string, number>();
  for (const [word, number] of clauses.flatMap(({ verdicts }) => Object.entries(verdicts)))
    counts.set(word, (counts.get(word) ?? 0) + number);
  const said = [...counts].map(([word, number]) => `${word} ${String(number)}`).join(', ');
  const ids = clauses.map(({ clause }) => clause).join(', ');
  const by = `scenarios decide ${String(decided)} of ${String(clauses.length)}`;
  return `${ids} (${by}${said === '' ? '' : `; ${said}`})`;
}

function openRow({ number, standing, open = '' }: StatementHome): string[] {
  return [String(number), standing, plain(open)];
}
