/** The search of the navigation bar: a field with a list of what was found, to be used by mouse or keyboard. */
import { useHistory } from '@docusaurus/router';
import useBaseUrl from '@docusaurus/useBaseUrl';
import { useId, useState, type FocusEvent, type KeyboardEvent, type ReactElement } from 'react';
import { useSearch } from '../../components/use_search.ts';

/** How many are listed; the page of the search shows all. */
const LISTED = 8;

export default function SearchBar(): ReactElement {
  const [words, setWords] = useState('');
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const list = useId();
  const history = useHistory();
  const root = useBaseUrl('/');
  const { found, said } = useSearch(words, wanted);
  const rows = found.slice(0, LISTED);
  const shown = open && words.trim() !== '';
  const all = `${root}search/?q=${encodeURIComponent(words)}`;
  const go = (address: string): void => {
    setOpen(false);
    history.push(address);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setOpen(true);
      setChosen((chosen + step + rows.length + 1) % (rows.length + 1));
    } else if (event.key === 'Escape') {
      // The browser would empty the field.
      event.preventDefault();
      setOpen(false);
      setChosen(-1);
    } else if (event.key === 'Enter' && words.trim() !== '') {
      event.preventDefault();
      const row = rows[chosen];
      go(row === undefined ? all : `${root}${row.url}`);
    }
  };
  const leave = (event: FocusEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    <div className="search" onBlur={leave}>
      <input
        type="search"
        role="combobox"
        className="field"
        aria-label="Search clauses, errnos, attributes and words"
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && chosen >= 0 ? `${list}-${String(chosen)}` : undefined}
        placeholder="Search"
        value={words}
        onFocus={() => {
          setWanted(true);
          setOpen(true);
        }}
        onChange={(event) => {
          setWords(event.target.value);
          setOpen(true);
          setChosen(-1);
        }}
        onKeyDown={press}
      />
      <div className="search-list" hidden={!shown}>
        <ul id={list} role="listbox" aria-label="Found">
          {rows.map(({ id, kind, title, text, url }, index) => (
            <li
              key={String(id)}
              id={`${list}-${String(index)}`}
              role="option"
              aria-selected={index === chosen}
              onMouseDown={(event) => {
                event.preventDefault();
                go(`${root}${url}`);
              }}
            >
              <span className="tag">{kind}</span> <strong>{title}</strong>
              <span className="quiet">{text}</span>
            </li>
          ))}
          <li
            id={`${list}-${String(rows.length)}`}
            role="option"
            aria-selected={chosen === rows.length}
            onMouseDown={(event) => {
              event.preventDefault();
              go(all);
            }}
          >
            {said}
          </li>
        </ul>
      </div>
    </div>
  );
}
