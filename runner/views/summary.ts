/** What a run says at its end: by chapter and kind of subject, with honest denominators, then what did not pass. */
import type { Spec, Subject } from '../../spec/model.ts';
import type { VerdictWord } from '../../spec/verdict/check.ts';
import { decided, sum } from '../result/counts.ts';
import type { Count, ResultDocument, Selection } from '../result/document.ts';
import { colour } from './colour.ts';
import { findings, openQuestions } from './findings.ts';
import { plain } from './plain.ts';
import { CLI } from './replay_command.ts';

export interface Surroundings {
  /** The result document, as a command in this folder would name it. */
  readonly path: string;
  readonly seconds: number;
  readonly quiet: boolean;
}

export function summaryOf(document: ResultDocument, spec: Spec, { path, seconds, quiet }: Surroundings): string {
  const parts: string[] = [];
  const problems = [...findings(document, spec, path), ...openQuestions(document)];
  if (!quiet) parts.push(heading(document), table(document, spec));
  if (problems.length > 0) parts.push(problems.join('\n'));
  parts.push(quiet ? `${titleOf(document)}: ${lastLine(document, seconds)}` : lastLine(document, seconds));
  if (!quiet) parts.push(wayOn(document, path));
  return parts.join(quiet ? '\n' : '\n\n').concat(quiet ? '' : '\n');
}

function titleOf({ subject }: ResultDocument): string {
  return plain(`${subject.backend}, model ${subject.model}, ${subject.abi}`);
}

function heading(document: ResultDocument): string {
  const { subject, seed, spec, selection } = document;
  const lines = [
    colour.bold(titleOf(document)),
    plain(
      `${subject.implementation} ${subject.version}; specification ${spec.version} (${spec.digest}); seed ${String(seed)}`,
    ),
  ];
  if (subject.study) {
    lines.push(
      subject.abi === 'uapi'
        ? 'A design study: no implementation of this ABI exists outside this project.'
        : 'A study: the implementation is part of this project and says nothing of any other.',
    );
  }
  const asked = selectionText(selection);
  if (asked !== '') lines.push(plain(`Only what was selected counts here: ${asked}`));
  return lines.join('\n');
}

function selectionText({ clauses, objects, tags, name }: Selection): string {
  const parts = [
    ...clauses.map((id) => `--clause ${id}`),
    ...objects.map((object) => `--object ${object}`),
    ...(tags === '' ? [] : [`--tags "${tags}"`]),
    ...(name === '' ? [] : [`--name ${name}`]),
  ];
  return parts.join(' ');
}

/** `passed / decided (untested N, blocked B, not applicable M)`; what is merely observed stands apart. */
export function ratio(total: Readonly<Record<VerdictWord, number>>): string {
  const apart = (['untested', 'blocked', 'errored', 'not-applicable', 'observed'] as const)
    .filter((word) => total[word] > 0)
    .map((word) => `${word.replace('-', ' ')} ${String(total[word])}`);
  const text = `${String(total.conformant)} / ${String(decided(total))}`;
  return apart.length === 0 ? text : `${text} (${apart.join(', ')})`;
}

function table({ counts, selection }: ResultDocument, spec: Spec): string {
  const titles = new Map(spec.chapters.map((chapter) => [chapter.id, chapter.title]));
  const rows: (readonly [string, string, string])[] = [];
  for (const count of counts) {
    const total = sum([count]);
    const reached = Object.keys(count.verdicts).some((word) => word !== 'untested' && word !== 'not-applicable');
    if (selectionText(selection) !== '' && !reached) continue;
    rows.push([titles.get(count.chapter) ?? count.chapter, count.subject, mark(total)]);
  }
  for (const [subject, its] of bySubject(counts)) rows.push(['all chapters', subject, mark(sum(its))]);
  const width = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length));
  const [first, second] = [width(0), width(1)];
  const head = colour.dim(`${'chapter'.padEnd(first)}  ${'subject'.padEnd(second)}  clauses passed / decided`);
  return [head, ...rows.map(([a, b, c]) => `${a.padEnd(first)}  ${b.padEnd(second)}  ${c}`)].join('\n');
}

function mark(total: Readonly<Record<VerdictWord, number>>): string {
  const text = ratio(total);
  return total.nonconformant > 0 ? colour.red(text) : text;
}

function bySubject(counts: readonly Count[]): Map<Subject, Count[]> {
  const subjects = new Map<Subject, Count[]>();
  for (const count of counts) subjects.set(count.subject, [...(subjects.get(count.subject) ?? []), count]);
  return subjects;
}

function lastLine({ scenarios, counts }: ResultDocument, seconds: number): string {
  const total = sum(counts);
  const outcomes = new Map<string, number>();
  let checks = 0;
  for (const { outcome, checks: its } of scenarios) {
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    checks += its.length;
  }
  const parts = [...outcomes].map(([outcome, number]) => `${String(number)} ${outcome.replace('-', ' ')}`);
  const verdict =
    total.nonconformant > 0
      ? colour.red(`${String(total.nonconformant)} ${total.nonconformant === 1 ? 'clause' : 'clauses'} nonconformant`)
      : decided(total) > 0
        ? 'no clause nonconformant'
        : colour.yellow('nothing was decided');
  const run = `${String(scenarios.length)} scenarios (${parts.join(', ')}), ${String(checks)} checks`;
  return `${verdict}; ${run} in ${seconds.toFixed(1)} s`;
}

function wayOn({ verdicts, complete }: ResultDocument, path: string): string {
  const clause =
    verdicts.find(({ verdict }) => verdict === 'nonconformant') ??
    verdicts.find(({ verdict }) => verdict === 'blocked' || verdict === 'errored') ??
    verdicts.find(({ verdict }) => verdict === 'conformant');
  const lines = [`result       ${path}`];
  if (clause !== undefined) lines.push(`look closer  ${CLI} explain ${plain(clause.clause)}`);
  lines.push(`coverage     ${CLI} coverage ${path}`);
  if (!complete) lines.push('go on        the same command with --resume');
  return lines.join('\n');
}
