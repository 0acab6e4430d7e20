/** What the specification rests on, and which clauses on what. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { CitedSource } from '../../../runner/view_model/model.ts';
import { sourceAnchor, statementAnchor, useAnchors } from '../components/anchors.ts';
import { ClauseLinks, Listed } from '../components/links.tsx';
import { Page } from '../components/page.tsx';

const KINDS: readonly { readonly kind: CitedSource['kind']; readonly title: string }[] = [
  { kind: 'mail', title: 'Mails' },
  { kind: 'kernel', title: 'Files of the kernel' },
  { kind: 'manual', title: 'Manual pages' },
  { kind: 'standard', title: 'Standards' },
];

export default function Sources({
  data: { sources },
}: {
  readonly data: { readonly sources: readonly CitedSource[] };
}): ReactElement {
  useAnchors(sources.map(anchorOf));
  return (
    <Page
      title="Sources"
      description="The mails, files and manuals that the clauses rest on. Where they disagree or leave a choice, a decision note says so."
    >
      {KINDS.map(({ kind, title }) => ({ title, its: sources.filter((source) => source.kind === kind) }))
        .filter(({ its }) => its.length > 0)
        .map(({ title, its }) => (
          <section key={title}>
            <h2 id={title.toLowerCase().replaceAll(' ', '-')}>{title}</h2>
            <dl className="index">
              {its.map((source) => (
                <SourceEntry key={source.key} source={source} />
              ))}
            </dl>
          </section>
        ))}
    </Page>
  );
}

function anchorOf({ key }: CitedSource): string {
  return sourceAnchor(key);
}

function SourceEntry({ source }: { readonly source: CitedSource }): ReactElement {
  const { key, title, from, date, messageId, file, line, link, clauses, statements } = source;
  const where = file === undefined ? undefined : `${file}${line === undefined ? '' : `:${String(line)}`}`;
  const about = [from, date, where].filter((part) => part !== undefined && part !== '');
  return (
    <div id={anchorOf(source)}>
      <dt>
        {link === undefined ? title : <a href={link}>{title}</a>} <code>{key}</code>
      </dt>
      <dd>
        {about.length > 0 && <p className="quiet">{about.join(', ')}</p>}
        {messageId !== undefined && (
          <p>
            <code className="message-id">&lt;{messageId}&gt;</code>
          </p>
        )}
        {statements.length > 0 && (
          <p>
            says{' '}
            <Listed>
              {statements.map((number) => (
                <Link key={number} to={`/provenance/#${statementAnchor(number)}`}>
                  {number}
                </Link>
              ))}
            </Listed>{' '}
            of the <Link to="/provenance/">statements</Link>
          </p>
        )}
        {clauses.length === 0 ? <span className="quiet">no clause cites it</span> : <ClauseLinks ids={clauses} />}
      </dd>
    </div>
  );
}
