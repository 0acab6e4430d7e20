/** The points on which one could have decided otherwise. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { DecisionView } from '../../../runner/view_model/model.ts';
import { Page } from '../components/page.tsx';

export default function Decisions({
  data: { decisions },
}: {
  readonly data: { readonly decisions: readonly Omit<DecisionView, 'statements'>[] };
}): ReactElement {
  return (
    <Page
      title="Decisions"
      description="Where the sources disagree or leave a choice: the question, the sides, what was decided, and what follows."
    >
      <ol className="decisions">
        {decisions.map(({ id, number, title, status, clauses }) => (
          <li key={id}>
            <span className="number">{number}</span> <Link to={`/decisions/${id}/`}>{title}</Link>
            <span className="quiet">
              {' '}
              {status.startsWith('accepted') ? '' : `${status.replace(/ by .*/, '')}, `}
              {clauses.length === 0
                ? 'no clause names it'
                : `${String(clauses.length)} ${clauses.length === 1 ? 'clause' : 'clauses'}`}
            </span>
          </li>
        ))}
      </ol>
    </Page>
  );
}
