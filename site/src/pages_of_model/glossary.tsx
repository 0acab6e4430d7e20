/** The terms of the terminology chapter, in the order of the alphabet. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { Term } from '../../../runner/view_model/model.ts';
import { useAnchors } from '../components/anchors.ts';
import { Inline } from '../components/inline.tsx';
import { Page } from '../components/page.tsx';

export default function Glossary({
  data: { terms },
}: {
  readonly data: { readonly terms: readonly Term[] };
}): ReactElement {
  useAnchors(terms.map(({ anchor }) => anchor));
  const sorted = [...terms].sort((a, b) => a.anchor.localeCompare(b.anchor));
  return (
    <Page title="Glossary" description="One meaning for each word that the clauses use.">
      <p>
        The same terms, by subject, are in the chapter on <Link to="/chapters/terminology/">terminology</Link>.
      </p>
      <dl className="glossary">
        {sorted.map(({ term, meaning, anchor, section }) => (
          <div key={anchor} id={anchor}>
            <dt>
              <Inline text={term} /> <span className="quiet">{section}</span>
            </dt>
            <dd>
              <Inline text={meaning} />
            </dd>
          </div>
        ))}
      </dl>
    </Page>
  );
}
