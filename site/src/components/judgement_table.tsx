/** What results come to under one profile, one row each. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { JudgementView } from '../../../runner/view_model/model.ts';
import type { JudgedSubject } from '../../plugin/pages.ts';
import { judgementAnchor } from './anchors.ts';
import { DemandCounts, JudgementMark } from './judgement.tsx';
import { Kind } from './kind.tsx';
import { Scrolling } from './page.tsx';

export function JudgementTable({
  judged,
}: {
  readonly judged: readonly { readonly subject: JudgedSubject; readonly judgement: JudgementView }[];
}): ReactElement {
  return (
    <Scrolling label="Judgements of published results">
      <table className="subjects judgements">
        <thead>
          <tr>
            <th scope="col">subject</th>
            <th scope="col">judgement</th>
            <th scope="col">demands met</th>
            <th scope="col">in the way of a claim</th>
          </tr>
        </thead>
        <tbody>
          {judged.map(({ subject, judgement }) => (
            <tr key={subject.id}>
              <th scope="row">
                <Link to={`/results/${subject.id}/`}>{subject.label}</Link>{' '}
                <Kind study={subject.study} abi={subject.abi} />
                <div className="quiet">
                  {subject.implementation} {subject.version}
                </div>
              </th>
              <td>
                <a href={`#${judgementAnchor(subject.id)}`}>
                  <JudgementMark judgement={judgement} />
                </a>
              </td>
              <td>
                <DemandCounts counts={judgement.counts} />
              </td>
              <td>{inTheWay(judgement)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

/** What was found, then what no finding could change. */
function inTheWay({ outcome, reason, lacks, counts, obstacle }: JudgementView): string {
  const { failed = 0, lacking = 0, undecided = 0 } = counts;
  const found = [
    ...(failed > 0 ? [`${String(failed)} demanded clauses failed`] : []),
    ...(lacking > 0 ? [`${String(lacking)} rest on what the device lacks`] : []),
    ...(lacks.length > 0 ? [`${lacks.join(', ')} not offered`] : []),
    ...(undecided > 0 ? [`${String(undecided)} undecided`] : []),
    ...(outcome !== 'met' && reason !== undefined ? [reason] : []),
    ...(obstacle === undefined ? [] : [obstacle]),
  ];
  return found.length === 0 ? 'nothing' : found.join('; ');
}
