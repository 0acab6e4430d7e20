/** What speaks against the claim of a profile by one result, clause by clause. */
import type { ReactElement } from 'react';
import type { JudgementView } from '../../../runner/view_model/model.ts';
import type { JudgedSubject } from '../../plugin/pages.ts';
import { judgementAnchor, useAnchors } from './anchors.ts';
import { Copyable } from './copyable.tsx';
import { JudgementMark } from './judgement.tsx';
import { ClauseLink, ClauseLinks } from './links.tsx';

type Against = JudgementView['against'];

export function JudgementDetails({
  profile,
  subject,
  judgement,
}: {
  readonly profile: string;
  readonly subject: JudgedSubject;
  readonly judgement: JudgementView;
}): ReactElement {
  const { against, lacks, reason, obstacle } = judgement;
  const anchor = judgementAnchor(subject.id);
  useAnchors([anchor]);
  const failed = against.filter(({ standing }) => standing === 'failed');
  return (
    <details className="judged" id={anchor} open={!subject.study}>
      <summary>
        <h3>{subject.label}</h3> <JudgementMark judgement={judgement} />
      </summary>
      {lacks.length > 0 && (
        <p>
          Required, and not offered: <code>{lacks.join(', ')}</code>
        </p>
      )}
      {reason !== undefined && <p>{reason}</p>}
      {failed.length > 0 && (
        <>
          <h4>failed</h4>
          <ul>
            {failed.map(({ clause, known }) => (
              <li key={clause}>
                <ClauseLink id={clause} />
                {known.length === 0 && ': no known deviation speaks of it'}
                {known.map((what) => (
                  <div key={what} className="quiet">
                    known deviation: {what}
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
      <ByReason standing="lacking" against={against} />
      <ByReason standing="undecided" against={against} />
      {against.length === 0 && lacks.length === 0 && <p>No demanded clause speaks against it.</p>}
      {obstacle !== undefined && <p>No claim: {obstacle}.</p>}
      <Copyable
        text={`npx rdma-conformance certify ${profile} ${subject.file}`}
        what={`command for ${subject.label}`}
      />
    </details>
  );
}

/** Clauses that stand so for the same reason are told together. */
function ByReason({
  standing,
  against,
}: {
  readonly standing: 'lacking' | 'undecided';
  readonly against: Against;
}): ReactElement | null {
  const reasons = new Map<string, string[]>();
  for (const { clause, standing: its, reason = '' } of against)
    if (its === standing) reasons.set(reason, [...(reasons.get(reason) ?? []), clause]);
  if (reasons.size === 0) return null;
  return (
    <>
      <h4>{standing}</h4>
      <ul>
        {[...reasons].map(([reason, clauses]) => (
          <li key={reason}>
            {reason}: <ClauseLinks ids={clauses} />
          </li>
        ))}
      </ul>
    </>
  );
}
