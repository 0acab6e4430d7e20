/** Statements of the mails that something came from, each with what it says. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { StatementLink } from '../../../runner/view_model/model.ts';
import { statementAnchor } from './anchors.ts';

export function StatementLinks({ of }: { readonly of: readonly StatementLink[] }): ReactElement {
  return (
    <ul className="statement-links">
      {of.map((statement) => (
        <li key={statement.number}>
          <StatementLine statement={statement} />
        </li>
      ))}
    </ul>
  );
}

export function StatementLine({
  statement: { number, who, says },
}: {
  readonly statement: StatementLink;
}): ReactElement {
  return (
    <>
      <Link to={`/provenance/#${statementAnchor(number)}`}>Statement {number}</Link>{' '}
      <span className="quiet">({who.join(', ')})</span>: {says}
    </>
  );
}
