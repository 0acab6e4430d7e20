/** A verdict as a shape and a word: colour only repeats what they say. */
import type { ReactElement } from 'react';
import type { VerdictWord } from '../../../spec/verdict/check.ts';

export type MarkWord = VerdictWord | 'passed' | 'failed';

/** Verdicts, and what is no verdict: a profile that is met without a claim, a statement with a home, and one that has it in part. */
export type ShapeWord = MarkWord | 'met' | 'part';

/** Paths in a square of 16: outline or body of the shape, then what is drawn on it. */
const SHAPES: Readonly<Record<ShapeWord, ReactElement>> = {
  conformant: (
    <>
      <circle cx="8" cy="8" r="7" />
      <path className="ink" d="m4.6 8.3 2.3 2.4 4.5-5" />
    </>
  ),
  passed: (
    <>
      <circle cx="8" cy="8" r="7" />
      <path className="ink" d="m4.6 8.3 2.3 2.4 4.5-5" />
    </>
  ),
  nonconformant: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.900 15H5.1L1 10.900V5.1z" />
      <path className="ink" d="m5.300 5.300 5.400 5.400m0-5.400-5.400 5.400" />
    </>
  ),
  failed: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.900 15H5.1L1 10.900V5.1z" />
      <path className="ink" d="m5.300 5.300 5.400 5.400m0-5.400-5.400 5.400" />
    </>
  ),
  deviates: (
    <>
      <path d="M8 1 15.500 14.500H.5z" />
      <path className="ink" d="M8 5.500v4.300m0 2v.3" />
    </>
  ),
  observed: (
    <>
      <path d="M.5 8C2.300 4.800 5 3.200 8 3.200S13.700 4.800 15.500 8C13.700 11.200 11 12.800 8 12.800S2.300 11.200.5 8z" />
      <circle className="ink" cx="8" cy="8" r="2" />
    </>
  ),
  blocked: (
    <>
      <rect x="1.500" y="1.500" width="13" height="13" rx="2" />
      <path className="ink" d="M4.500 8h7" />
    </>
  ),
  errored: (
    <>
      <path d="M8 .7 15.300 8 8 15.300.7 8z" />
      <path className="ink" d="M8 4.500v4.300m0 2v.3" />
    </>
  ),
  untested: <circle className="hollow" cx="8" cy="8" r="6.200" />,
  'not-applicable': <path className="hollow" d="M3 8h10" />,
  met: (
    <>
      <circle className="hollow" cx="8" cy="8" r="6.200" />
      <path className="hollow" d="m5.200 8.300 2 2.100 3.600-4.300" />
    </>
  ),
  part: (
    <>
      <circle className="hollow" cx="8" cy="8" r="6.200" />
      <path d="M8 1.800a6.200 6.200 0 0 0 0 12.400z" />
    </>
  ),
};

export function wordOf(word: MarkWord): string {
  return word.replace('-', ' ');
}

export function Shape({ word }: { readonly word: ShapeWord }): ReactElement {
  return (
    <svg
      className={`shape shape-${word}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[word]}
    </svg>
  );
}

export function VerdictMark({ word, count }: { readonly word: MarkWord; readonly count?: number }): ReactElement {
  return (
    <span className={`verdict verdict-${word}`}>
      <Shape word={word} />
      <span>
        {count === undefined ? '' : `${String(count)} `}
        {wordOf(word)}
      </span>
    </span>
  );
}
