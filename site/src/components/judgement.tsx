/** What a result comes to under a profile, as a shape and words. Only what carries a claim looks like one. */
import type { ReactElement } from 'react';
import type { JudgementView } from '../../../runner/view_model/model.ts';
import { Shape, type ShapeWord } from './verdict_mark.tsx';

type Judged = Pick<JudgementView, 'outcome' | 'carried'>;

const SHAPES: Readonly<Record<JudgementView['outcome'], ShapeWord>> = {
  met: 'met',
  'not met': 'nonconformant',
  undecided: 'untested',
  'not applicable': 'not-applicable',
};

export function judgementText({ outcome, carried }: Judged): string {
  if (outcome !== 'met') return outcome;
  return carried ? 'met, a claim' : 'met, no claim';
}

export function JudgementMark({ judgement }: { readonly judgement: Judged }): ReactElement {
  const shape = judgement.carried ? 'conformant' : SHAPES[judgement.outcome];
  return (
    <span className={`verdict verdict-${shape}`}>
      <Shape word={shape} />
      <span>{judgementText(judgement)}</span>
    </span>
  );
}

/** How many of the demands are met, and how many speak against it. */
export function DemandCounts({ counts }: { readonly counts: JudgementView['counts'] }): ReactElement {
  const { met = 0 } = counts;
  const all = Object.values(counts).reduce((sum, number) => sum + number, 0);
  const rest = (['failed', 'lacking', 'undecided', 'excused', 'told', 'not testable'] as const).filter(
    (standing) => (counts[standing] ?? 0) > 0,
  );
  return (
    <span className="counts">
      <span className="ratio">
        {met} of {all}
      </span>
      {rest.map((standing) => (
        <span key={standing} className={`apart ${standing === 'failed' ? 'verdict-nonconformant' : 'quiet'}`}>
          {standing} {counts[standing]}
        </span>
      ))}
    </span>
  );
}
