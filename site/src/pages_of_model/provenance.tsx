/** Every statement of the mails, in their order, and what became of it. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { ProvenanceView } from '../../../runner/view_model/model.ts';
import { mailAnchor, sourceAnchor, statementAnchor, useAnchors } from '../components/anchors.ts';
import { Listed } from '../components/links.tsx';
import { Page, Scrolling } from '../components/page.tsx';
import { StandingMark, Statement, Told } from '../components/statement.tsx';
import { useStatementFilter } from '../components/statement_filter.tsx';

interface Data {
  readonly provenance: ProvenanceView;
  /** Clause -> verdicts, see verdict_codes.ts. */
  readonly codes: Readonly<Record<string, string>>;
}

const KINDS = [
  { kind: 'clauses', text: 'clauses, decided by scenarios' },
  { kind: 'rules', text: 'a test, a lint or a schema of the project' },
  { kind: 'benches', text: 'a bench' },
  { kind: 'decisions', text: 'a decision note' },
  { kind: 'because', text: 'a reason why it cannot or need not be tested' },
] as const;

export default function Provenance({ data: { provenance, codes } }: { readonly data: Data }): ReactElement {
  const { statements, mails, standings, kinds } = provenance;
  useAnchors([...statements.map(({ number }) => statementAnchor(number)), ...mails.map(({ key }) => mailAnchor(key))]);
  const [shown, filter] = useStatementFilter(provenance);
  const numbers = new Map(statements.map((statement) => [statement.number, statement]));
  return (
    <Page
      title="What became of the mails"
      description="Everything that the mails on the ABI say, statement by statement, in our words: the clauses it became and what is known of them, the notes that decided it, or what is missing."
      wide
    >
      <p className="big">
        {standings.settled} of {statements.length} statements are settled, {standings['open in part']} are open in part,{' '}
        {standings.open} are open.
      </p>
      <Scrolling label="Homes of statements">
        <table className="homes">
          <thead>
            <tr>
              <th scope="col">statements</th>
              <th scope="col">became</th>
            </tr>
          </thead>
          <tbody>
            {KINDS.map(({ kind, text }) => (
              <tr key={kind}>
                <td>{kinds[kind]}</td>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      <p className="quiet">
        One with several homes is counted at each. <code>npx rdma-conformance coverage --provenance</code> prints the
        same list.
      </p>
      <h2 id="open">What is open</h2>
      <ul>
        {statements
          .filter(({ open }) => open !== undefined)
          .map(({ number, standing, open = '' }) => (
            <li key={number}>
              <Link to={`/provenance/#${statementAnchor(number)}`}>Statement {number}</Link>,{' '}
              <StandingMark standing={standing} />: <Told text={open} />
            </li>
          ))}
      </ul>
      <h2 id="mails">Mail by mail</h2>
      <p>
        <Listed>
          {mails.map(({ key, from = '', date = '' }) => (
            <span key={key}>
              <Link to={`/provenance/#${mailAnchor(key)}`}>{from}</Link>{' '}
              <span className="quiet">{date.slice(0, 10)}</span>
            </span>
          ))}
        </Listed>
      </p>
      {filter}
      {mails
        .map((mail) => ({ mail, its: mail.statements.filter((number) => shown.has(number)) }))
        .filter(({ its }) => its.length > 0)
        .map(({ mail: { key, title, from, date }, its }) => (
          <section key={key} aria-labelledby={mailAnchor(key)}>
            <h3 id={mailAnchor(key)}>
              {from}: {title}
            </h3>
            <p className="quiet">
              <time>{date}</time>, <Link to={`/sources/#${sourceAnchor(key)}`}>{key}</Link>
            </p>
            <ol className="statements">
              {its.map((number) => {
                const statement = numbers.get(number);
                return statement === undefined ? null : <Statement key={number} statement={statement} codes={codes} />;
              })}
            </ol>
          </section>
        ))}
    </Page>
  );
}
