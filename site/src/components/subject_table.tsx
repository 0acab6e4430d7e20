/** Published results, one row each. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { SubjectView } from '../../../runner/view_model/model.ts';
import { Kind } from './kind.tsx';
import { Scrolling } from './page.tsx';
import { VerdictCounts } from './verdict_counts.tsx';

export type SubjectRow = Omit<SubjectView, 'counts' | 'open' | 'notApplicable'>;

export function SubjectTable({ subjects }: { readonly subjects: readonly SubjectRow[] }): ReactElement {
  if (subjects.length === 0) return <p>No result is published yet.</p>;
  return (
    <Scrolling label="Published results">
      <table className="subjects">
        <thead>
          <tr>
            <th scope="col">subject</th>
            <th scope="col">ABI</th>
            <th scope="col">clauses passed / decided</th>
            <th scope="col">checks</th>
            <th scope="col">date</th>
          </tr>
        </thead>
        <tbody>
          {subjects.map((subject) => (
            <tr key={subject.id}>
              <th scope="row">
                <Link to={`/results/${subject.id}/`}>{subject.label}</Link>
                <div className="quiet">
                  {subject.implementation} {subject.version}
                </div>
              </th>
              <td>
                <code>{subject.abi}</code> <Kind study={subject.study} abi={subject.abi} />
              </td>
              <td>
                <VerdictCounts words={subject.totals} />
                {!subject.complete && <span className="tag tag-stale">incomplete</span>}
                {!subject.current && (
                  <span className="tag tag-stale">
                    {subject.sameSentences ? 'other scenarios' : 'older specification'}
                  </span>
                )}
                {subject.selection !== '' && <span className="tag tag-stale">a part only</span>}
              </td>
              <td>{subject.checks}</td>
              <td>
                <time dateTime={subject.started}>{subject.started.slice(0, 10)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
