/** Profiles and results: what each result comes to under each profile. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { JudgementView } from '../../../runner/view_model/model.ts';
import { JudgementMark } from './judgement.tsx';
import { Scrolling } from './page.tsx';

export interface ProfileRow {
  readonly id: string;
  readonly title: string;
  readonly certified: boolean;
  readonly demands: number;
  readonly judgements: readonly Pick<JudgementView, 'subject' | 'outcome' | 'carried' | 'lacks' | 'counts'>[];
}

export function ProfileMatrix({
  profiles,
  subjects,
}: {
  readonly profiles: readonly ProfileRow[];
  readonly subjects: readonly { readonly id: string; readonly label: string }[];
}): ReactElement {
  return (
    <Scrolling label="Results by profile">
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">profile</th>
            {subjects.map(({ id, label }) => (
              <th key={id} scope="col">
                <Link to={`/results/${id}/`}>{label}</Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {profiles.map(({ id, title, certified, judgements }) => (
            <tr key={id}>
              <th scope="row">
                <Link to={`/profiles/${id}/`}>{id}</Link>
                {!certified && <span className="tag">never certified</span>}
                <div className="quiet">{title}</div>
              </th>
              {subjects.map((subject) => (
                <td key={subject.id}>
                  <Cell judgement={judgements.find((one) => one.subject === subject.id)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

function Cell({
  judgement,
}: {
  readonly judgement: ProfileRow['judgements'][number] | undefined;
}): ReactElement | null {
  if (judgement === undefined) return null;
  const { met = 0, failed = 0, lacking = 0, undecided = 0 } = judgement.counts;
  const { lacks } = judgement;
  return (
    <>
      <JudgementMark judgement={judgement} />
      {judgement.outcome !== 'not applicable' && (
        <div className="quiet">
          {met} met{failed > 0 && `, ${String(failed)} failed`}
          {lacking > 0 && `, ${String(lacking)} lacking`}
          {undecided > 0 && `, ${String(undecided)} undecided`}
          {lacks.length > 0 && `; not offered: ${lacks.join(', ')}`}
        </div>
      )}
    </>
  );
}
