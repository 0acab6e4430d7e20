/** The specification as one document: its parts, what each is for, and its pages in reading order. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { Part } from '../../../spec/model.ts';
import { Page } from '../components/page.tsx';

interface Data {
  readonly parts: readonly Part[];
  readonly chapters: readonly {
    readonly id: string;
    readonly title: string;
    readonly part: string;
    /** Below the root. */
    readonly to: string;
    /** Clauses in force. */
    readonly clauses: number;
  }[];
}

export default function Contents({ data: { parts, chapters } }: { readonly data: Data }): ReactElement {
  return (
    <Page title="Contents" description="Every page of the specification, in the order in which it is read.">
      {parts.map(({ id, title, purpose }) => (
        <section key={id}>
          <h2 id={id}>{title}</h2>
          <p>{purpose}</p>
          <ol>
            {chapters
              .filter(({ part }) => part === id)
              .map((chapter) => (
                <li key={chapter.id}>
                  <Link to={chapter.to}>{chapter.title}</Link>
                  {chapter.clauses > 0 && (
                    <span className="quiet">
                      , {chapter.clauses} {chapter.clauses === 1 ? 'clause' : 'clauses'}
                    </span>
                  )}
                </li>
              ))}
          </ol>
        </section>
      ))}
    </Page>
  );
}
