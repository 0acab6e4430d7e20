/** Counts of verdicts as the terminal prints them: passed of decided, and apart from that what was not decided. */
import type { ReactElement } from 'react';
import type { Words } from '../../../runner/view_model/model.ts';
import type { VerdictWord } from '../../../spec/verdict/check.ts';
import { Shape, VerdictMark, wordOf } from './verdict_mark.tsx';

const APART: readonly VerdictWord[] = ['untested', 'blocked', 'errored', 'not-applicable', 'observed'];

/** Decided, and not as the clause wants it. */
const BAD: readonly VerdictWord[] = ['nonconformant', 'deviates'];

export function decided(words: Words): number {
  return (words.conformant ?? 0) + (words.nonconformant ?? 0) + (words.deviates ?? 0);
}

export function VerdictCounts({ words }: { readonly words: Words }): ReactElement {
  const all = decided(words);
  const bad = BAD.filter((word) => (words[word] ?? 0) > 0);
  return (
    <span className="counts">
      {all === 0 ? (
        <span className="quiet">nothing decided</span>
      ) : (
        <span className="ratio">
          {bad.length === 0 && <Shape word="conformant" />} {words.conformant ?? 0} / {all}
        </span>
      )}
      {bad.map((word) => (
        <VerdictMark key={word} word={word} count={words[word] ?? 0} />
      ))}
      {APART.filter((word) => (words[word] ?? 0) > 0).map((word) => (
        <span key={word} className="quiet apart">
          {wordOf(word)} {words[word]}
        </span>
      ))}
    </span>
  );
}
