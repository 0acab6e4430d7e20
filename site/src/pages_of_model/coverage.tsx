/** Which clauses are decided by the published results, and which are not and why. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { CoverageView } from '../../../runner/view_model/model.ts';
import { ClauseLink } from '../components/links.tsx';
import { Page, Scrolling } from '../components/page.tsx';

interface Data {
  readonly coverage: CoverageView;
  readonly chapters: readonly { readonly id: string; readonly title: string; readonly file: string }[];
  readonly subjects: readonly { readonly id: string; readonly label: string; readonly study: boolean }[];
}

export default function Coverage({ data: { coverage, chapters, subjects } }: { readonly data: Data }): ReactElement {
  const { states } = coverage;
  const total = (state: (typeof states)[number]): number =>
    coverage.chapters.reduce((sum, { counts }) => sum + (counts[state] ?? 0), 0);
  const shipped = subjects.some(({ study }) => !study);
  const from =
    subjects.length === 0
      ? 'No result is published'
      : `Taken together from ${String(subjects.length)} published results`;
  return (
    <Page
      title="Coverage"
      description={`${from}: which clauses have a check that ran, and which are left open. See also the documented defects, which show that checks can fail.`}
      wide
    >
      <Scrolling label="Coverage by chapter">
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col">chapter</th>
              <th scope="col">clauses</th>
              {states.map((state) => (
                <th key={state} scope="col">
                  {state}
                </th>
              ))}
              {shipped && <th scope="col">decided on something shipped</th>}
            </tr>
          </thead>
          <tbody>
            {coverage.chapters.map(({ chapter: id, counts, real }) => {
              const chapter = chapters.find((one) => one.id === id);
              return (
                <tr key={id}>
                  <th scope="row">
                    <Link to={`/${(chapter?.file ?? '').replace(/^spec\//, '').replace(/\.md$/, '')}/`}>
                      {chapter?.title ?? id}
                    </Link>
                  </th>
                  <td>{Object.values(counts).reduce((sum, number) => sum + number, 0)}</td>
                  {states.map((state) => (
                    <td key={state}>{counts[state] ?? <span className="quiet">0</span>}</td>
                  ))}
                  {shipped && <td>{real === 0 ? <span className="quiet">0</span> : real}</td>}
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">all chapters</th>
              <td>{states.reduce((sum, state) => sum + total(state), 0)}</td>
              {states.map((state) => (
                <td key={state}>{total(state)}</td>
              ))}
              {shipped && <td>{coverage.chapters.reduce((sum, { real }) => sum + real, 0)}</td>}
            </tr>
          </tfoot>
        </table>
      </Scrolling>
      <h2 id="open">Left open</h2>
      {coverage.open.length === 0 ? (
        <p>Nothing.</p>
      ) : (
        <ul>
          {coverage.open.map(({ clause, state, reason }) => (
            <li key={clause}>
              <ClauseLink id={clause} />: {state}
              {reason === '' ? '' : `: ${reason}`}
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link to="/defects/">Documented defects</Link>
      </p>
    </Page>
  );
}
