/**
 * Verdicts of all subjects on one clause as a short text, one character for each subject in their order, since every page has
 * hundreds of them: the place of the word in the list below, eight more for a verdict on an older sentence, `.` for none.
 */
import type { SubjectView, VerdictView } from '../../runner/view_model/model.ts';
import type { VerdictWord } from '../../spec/verdict/check.ts';

/** What wants a look comes first. */
export const VERDICT_WORDS: readonly VerdictWord[] = [
  'nonconformant',
  'errored',
  'blocked',
  'deviates',
  'conformant',
  'observed',
  'untested',
  'not-applicable',
];

const RADIX = 2 * VERDICT_WORDS.length;

export interface BriefVerdict {
  readonly word: VerdictWord;
  /** It was reached on another wording of the clause. */
  readonly stale: boolean;
}

export function codesOf(verdicts: readonly VerdictView[], subjects: readonly Pick<SubjectView, 'id'>[]): string {
  const bySubject = new Map(verdicts.map((verdict) => [verdict.subject, verdict]));
  return subjects
    .map(({ id }) => {
      const verdict = bySubject.get(id);
      if (verdict === undefined) return '.';
      const code = VERDICT_WORDS.indexOf(verdict.verdict) + (verdict.stale ? VERDICT_WORDS.length : 0);
      return code.toString(RADIX);
    })
    .join('');
}

/** Undefined for a subject whose document does not speak of the clause. */
export function briefVerdict(code: string | undefined): BriefVerdict | undefined {
  const number = Number.parseInt(code ?? '.', RADIX);
  const word = VERDICT_WORDS[number % VERDICT_WORDS.length];
  return word === undefined ? undefined : { word, stale: number >= VERDICT_WORDS.length };
}
