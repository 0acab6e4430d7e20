/** Counts of verdicts, by chapter and by kind of subject: green checks of the core say nothing about a driver. */
import type { Spec, Subject } from '../../spec/model.ts';
import type { Verdict, VerdictWord } from '../../spec/verdict/check.ts';
import type { Count } from './document.ts';

const SUBJECTS: readonly Subject[] = ['core', 'driver', 'provider', 'device', 'consumer'];

type Words = Partial<Record<VerdictWord, number>>;

/** One row per chapter and subject that has clauses, in the order of the chapters. */
export function countVerdicts(spec: Spec, verdicts: readonly Verdict[]): Count[] {
  const rows = new Map<string, { chapter: string; subject: Subject; verdicts: Words }>();
  for (const { clause: id, verdict } of verdicts) {
    const clause = spec.clauses[id];
    if (clause === undefined) continue;
    const key = `${clause.chapter} ${clause.subject}`;
    let row = rows.get(key);
    if (row === undefined) {
      rows.set(key, (row = { chapter: clause.chapter, subject: clause.subject, verdicts: {} }));
    }
    row.verdicts[verdict] = (row.verdicts[verdict] ?? 0) + 1;
  }
  const order = new Map(spec.chapters.map((chapter) => [chapter.id, chapter.order]));
  const place = (row: Count): number => order.get(row.chapter) ?? Number.MAX_SAFE_INTEGER;
  return [...rows.values()].sort(
    (a, b) => place(a) - place(b) || SUBJECTS.indexOf(a.subject) - SUBJECTS.indexOf(b.subject),
  );
}

/** The sum of some counts, with every verdict named. */
export function sum(counts: readonly Count[]): Record<VerdictWord, number> {
  const total: Record<VerdictWord, number> = {
    conformant: 0,
    nonconformant: 0,
    deviates: 0,
    observed: 0,
    blocked: 0,
    'not-applicable': 0,
    untested: 0,
    errored: 0,
  };
  for (const { verdicts } of counts) {
    for (const [word, number] of Object.entries(verdicts)) total[word as VerdictWord] += number;
  }
  return total;
}

/** Clauses on which there is a verdict either way. */
export function decided(total: Readonly<Record<VerdictWord, number>>): number {
  return total.conformant + total.nonconformant + total.deviates;
}
