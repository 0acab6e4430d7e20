/** Two results beside each other, for a reader: what got worse first, then what cannot be told, then the rest. */
import type { Spec } from '../../spec/model.ts';
import type { ResultDiff, Unlike } from '../result/diff.ts';
import type { ResultDocument } from '../result/document.ts';
import { colour } from './colour.ts';
import { changeLists } from './diff_changes.ts';
import { plain } from './plain.ts';

/** One result and where it was read from. */
export interface Side {
  readonly file: string;
  readonly document: ResultDocument;
}

export interface DiffView {
  readonly before: Side;
  readonly after: Side;
  readonly diff: ResultDiff;
  readonly spec: Spec;
  /** Name everything; otherwise the first few of each kind. */
  readonly all: boolean;
}

/** How many changes of one kind are named before the rest is counted. */
const NAMED = 10;

export function diffText(view: DiffView): string {
  const { before, after, diff, all } = view;
  const heading = [
    sideText('before', before),
    sideText('after', after),
    ...diff.unlike.map(unlikeText),
    ...cutOffText(before.document, after.document),
    ...unselectedText(diff),
  ];
  const parts = changeLists(view).map(({ what, lines }) => {
    const shown = all ? lines : lines.slice(0, NAMED);
    const more = lines.length - shown.length;
    return [...shown, ...(more > 0 ? [`and ${String(more)} more: ${what}; --all names them`] : [])].join('\n');
  });
  return [heading.join('\n'), ...parts, summary(diff)].join('\n\n');
}

function sideText(label: string, { file, document }: Side): string {
  const { subject, started } = document;
  return plain(
    `${label.padEnd(7)} ${file}: ${subject.implementation} ${subject.version} (${subject.backend}), model ${subject.model}, ${subject.abi}, ${started}`,
  );
}

function unlikeText({ what, before, after }: Unlike): string {
  const words =
    what === 'capabilities'
      ? [before === '' ? '' : `without ${before}`, after === '' ? '' : `with ${after}`]
          .filter((part) => part !== '')
          .join('; ')
          .concat(' in the later run')
      : `${before}, then ${after}`;
  return `${colour.yellow('differs')} ${plain(`${what}: ${words}`)}`;
}

function cutOffText(before: ResultDocument, after: ResultDocument): string[] {
  const which = [...(before.complete ? [] : ['earlier']), ...(after.complete ? [] : ['later'])];
  return which.map((one) => `${colour.yellow('cut off')} the ${one} run did not reach all it was to reach`);
}

function unselectedText({ clauses, scenarios }: ResultDiff): string[] {
  if (clauses.unselected === 0 && scenarios.unselected === 0) return [];
  return [
    `${colour.yellow('apart')}   selected in one run alone: ${counted(clauses.unselected, 'clause')}, ${counted(scenarios.unselected, 'scenario')}`,
  ];
}

/** The kinds of change in the order of their weight; those of clauses stand before those of scenarios and checks. */
const KINDS = [
  'regressed',
  'found',
  'undecided',
  'mended',
  'decided',
  'observed',
  'removed',
  'added',
  'renamed',
  'reworded',
] as const;

function summary({ clauses, scenarios, checks, compared }: ResultDiff): string {
  const parts: string[] = [];
  const of = (group: object, kind: string): number => {
    const list = (group as Readonly<Record<string, unknown>>)[kind];
    return Array.isArray(list) ? list.length : 0;
  };
  for (const kind of KINDS) {
    const counts = (
      [
        [of(clauses, kind), 'clause'],
        [of(scenarios, kind), 'scenario'],
        [of(checks, kind), 'check'],
      ] as const
    )
      .filter(([number]) => number > 0)
      .map(([number, thing]) => counted(number, thing));
    if (counts.length > 0) parts.push(`${kind} ${counts.join(', ')}`);
  }
  const found = parts.length === 0 ? 'no difference' : parts.join('; ');
  const base = `${counted(compared.clauses, 'clause')} with a verdict in both, ${counted(compared.checks, 'check')} made in both`;
  return `${found}\n${base}`;
}

function counted(number: number, thing: string): string {
  return `${String(number)} ${thing}${number === 1 ? '' : 's'}`;
}
