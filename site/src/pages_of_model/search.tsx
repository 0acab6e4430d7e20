/** Everything the search finds, at an address that can be passed on. */
import Link from '@docusaurus/Link';
import { useHistory, useLocation } from '@docusaurus/router';
import useIsBrowser from '@docusaurus/useIsBrowser';
import type { ReactElement } from 'react';
import { Page } from '../components/page.tsx';
import { useSearch } from '../components/use_search.ts';

export default function Search(): ReactElement {
  const inBrowser = useIsBrowser();
  const { pathname, search } = useLocation();
  const history = useHistory();
  const words = inBrowser ? (new URLSearchParams(search).get('q') ?? '') : '';
  const { found, said } = useSearch(words, inBrowser);
  const change = (text: string): void => {
    history.replace(`${pathname}?q=${encodeURIComponent(text)}`);
  };
  return (
    <Page
      title="Search"
      description="Clauses, objects, attributes, errnos, events, terms, scenarios, profiles, statements of the mails and decisions. Everything is searched in your browser."
    >
      <p>
        <label htmlFor="words">Look for </label>
        <input
          id="words"
          className="field"
          type="search"
          value={words}
          onChange={(event) => {
            change(event.target.value);
          }}
        />{' '}
        <span role="status">{words.trim() === '' ? '' : said}</span>
      </p>
      <noscript>The search needs JavaScript; the glossary and the index of errnos and events do not.</noscript>
      <ul className="found">
        {found.slice(0, 200).map(({ id, kind, title, text, url }) => (
          <li key={String(id)}>
            <span className="tag">{kind}</span> <Link to={`/${url}`}>{title}</Link>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </Page>
  );
}
