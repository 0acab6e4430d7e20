/** A clause as it stands in a chapter: what it says, whom it binds, where it comes from, what decides it, and who meets it. */
import Link from '@docusaurus/Link';
import type { ReactElement, ReactNode } from 'react';
import type { SourceView } from '../../../runner/view_model/model.ts';
import type { PageClause } from '../../plugin/clause_sections.ts';
import { Deviations } from './deviations.tsx';
import { Listed } from './links.tsx';
import { sourceAnchor } from './anchors.ts';
import { StatementLine } from './statement_links.tsx';
import { Verdicts } from './verdicts.tsx';

const BASIS: Readonly<Record<PageClause['basis'], string>> = {
  agreed: 'agreed by two or more authors',
  proposed: 'proposed by one author',
  shipped: 'shipped by Linux',
  decided: 'decided by this project',
};

export function Clause({
  clause,
  children,
}: {
  readonly clause: PageClause;
  readonly children: ReactNode;
}): ReactElement {
  const { id, level, subject, abi, withdrawn, notTestable, basis, since, until } = clause;
  return (
    <section
      className={`clause level-${level.replace(' ', '-')} ${withdrawn === undefined ? '' : 'withdrawn'}`}
      aria-labelledby={id}
    >
      {children}
      <ul className="facts" aria-label={`About ${id}`}>
        <li className="level">{level === 'observed' ? 'is observed to' : level}</li>
        <li>binds the {subject}</li>
        <li>{abi.join(' and ')}</li>
        <Errno clause={clause} />
        <li>{BASIS[basis]}</li>
        {since !== undefined && <li>since Linux {since}</li>}
        {until !== undefined && <li>until Linux {until}</li>}
      </ul>
      {withdrawn === undefined ? (
        <Verdicts clause={id} codes={clause.verdicts} />
      ) : (
        <p className="note-stale">Withdrawn: {withdrawn}</p>
      )}
      <Deviations clause={id} deviations={clause.deviations} />
      {notTestable !== undefined && <p className="note-stale">Not testable, because {notTestable}</p>}
      <details className="behind">
        <summary>
          {count(clause.sources.length, 'source')}, {count(clause.scenarios.length, 'scenario')},{' '}
          {count(clause.defects.length, 'documented defect')}
          {clause.statements.length > 0 && <>, {count(clause.statements.length, 'statement')} of the mails</>}
          <span className="sr-only"> of {id}</span>
        </summary>
        <Behind clause={clause} />
      </details>
    </section>
  );
}

function count(number: number, word: string): string {
  return `${String(number)} ${word}${number === 1 ? '' : 's'}`;
}

function Errno({ clause: { errno, errnoReason, abi } }: { readonly clause: PageClause }): ReactElement | null {
  if (errno === undefined) return null;
  const each = abi.flatMap((one) => {
    const names = errno[one];
    return names === undefined ? [] : [{ one, names: names.join(' or ') }];
  });
  const [first] = each;
  const same = each.every(({ names }) => names === first?.names);
  return (
    <li>
      {same ? (
        <code>{first?.names}</code>
      ) : (
        <Listed>
          {each.map(({ one, names }) => (
            <span key={one}>
              <code>{names}</code> in {one}
            </span>
          ))}
        </Listed>
      )}
      {errnoReason === undefined ? '' : ` (${errnoReason})`}
    </li>
  );
}

function Behind({
  clause: { id, sources, scenarios, defects, profiles, statements, digest, place },
}: {
  readonly clause: PageClause;
}): ReactElement {
  return (
    <dl>
      <dt>Sources</dt>
      {sources.map((source) => (
        <dd key={source.key + source.detail}>
          <SourceText source={source} />
        </dd>
      ))}
      {statements.length > 0 && <dt>Statements of the mails that it came from</dt>}
      {statements.map((statement) => (
        <dd key={statement.number}>
          <StatementLine statement={statement} />
        </dd>
      ))}
      <dt>Scenarios that decide it</dt>
      {scenarios.map(({ page, anchor, name, scenarios: number }) => (
        <dd key={anchor}>
          <Link to={`/scenarios/${page}/#${anchor}`}>{name}</Link> ({page}
          {number > 1 ? `, ${String(number)} scenarios` : ''})
        </dd>
      ))}
      {scenarios.length === 0 && <dd>none</dd>}
      {defects.length > 0 && (
        <>
          <dt>Documented defects that break it</dt>
          <dd>
            <Listed>
              {defects.map((defect) => (
                <Link key={defect} to={`/defects/#${defect}`}>
                  <code>{defect}</code>
                </Link>
              ))}
            </Listed>
          </dd>
        </>
      )}
      {profiles.length > 0 && (
        <>
          <dt>Profiles that demand it</dt>
          <dd>
            <Listed>
              {profiles.map((profile) => (
                <Link key={profile} to={`/profiles/${profile}/`}>
                  <code>{profile}</code>
                </Link>
              ))}
            </Listed>
          </dd>
        </>
      )}
      <dt>Written in</dt>
      <dd>
        <code>
          {place.file}:{place.line}
        </code>
      </dd>
      <dt>Digest of the clause</dt>
      <dd>
        <code>{digest}</code>, shown by <code>npx rdma-conformance explain {id} --json</code>
      </dd>
    </dl>
  );
}

function SourceText({ source }: { readonly source: SourceView }): ReactElement {
  const { key, kind, title, detail, from, date, messageId, file, line, decision, link } = source;
  if (decision !== undefined)
    return (
      <>
        <Link to={`/decisions/${decision}/`}>{title}</Link> (decision note{detail === '' ? '' : `, ${detail}`})
      </>
    );
  if (link !== undefined)
    return (
      <>
        <a href={link}>{title}</a>
        {detail === '' ? '' : `, ${detail}`} (<Link to={`/sources/#${sourceAnchor(key)}`}>cited by</Link>)
      </>
    );
  const where = file === undefined ? '' : `${file}${line === undefined ? '' : `:${String(line)}`}`;
  const about = [from, date, where].filter((part) => part !== undefined && part !== '').join(', ');
  return (
    <>
      <Link to={`/sources/#${sourceAnchor(key)}`}>{kind === 'mail' ? `“${title}”` : title}</Link>
      {detail === '' ? '' : `, ${detail}`}
      {about === '' ? '' : ` (${kind}: ${about})`}
      {messageId === undefined ? (
        ''
      ) : (
        <>
          {' '}
          <code className="message-id">&lt;{messageId}&gt;</code>
        </>
      )}
    </>
  );
}
