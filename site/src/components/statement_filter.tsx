/** Which statements a reader wants to see, kept in the address so that it can be passed on. Without scripts all are shown. */
import { useHistory, useLocation } from '@docusaurus/router';
import useIsBrowser from '@docusaurus/useIsBrowser';
import type { ReactElement } from 'react';
import type { ProvenanceView, StatementView } from '../../../runner/view_model/model.ts';
import { Choice } from './subject_filter.tsx';

const HOMES = ['clauses', 'rules', 'benches', 'decisions', 'because'] as const;
const STANDINGS = ['settled', 'open in part', 'open'] as const;

const ALL = 'all';

interface Wanted {
  readonly home: string;
  readonly who: string;
  readonly standing: string;
}

const TITLES: Readonly<Record<string, string>> = {
  because: 'a reason not to test',
  rules: 'a test or lint',
  benches: 'a bench',
  decisions: 'a decision',
};

export function useStatementFilter({
  statements,
  authors,
}: ProvenanceView): readonly [shown: ReadonlySet<number>, filter: ReactElement] {
  const inBrowser = useIsBrowser();
  const { pathname, search } = useLocation();
  const history = useHistory();
  const asked = new URLSearchParams(inBrowser ? search : '');
  const one = (name: string, of: readonly string[]): string => {
    const word = asked.get(name) ?? ALL;
    return of.includes(word) ? word : ALL;
  };
  const wanted = { home: one('home', HOMES), who: one('who', authors), standing: one('standing', STANDINGS) };
  const choose = (name: keyof Wanted, word: string): void => {
    const chosen = Object.entries({ ...wanted, [name]: word }).filter(([, value]) => value !== ALL);
    const query = new URLSearchParams(chosen).toString();
    history.replace(query === '' ? pathname : `${pathname}?${query}`);
  };
  const shown = new Set(statements.filter((statement) => matches(statement, wanted)).map(({ number }) => number));
  const choice = (name: keyof Wanted, label: string, words: readonly string[]): ReactElement => (
    <Choice
      label={label}
      value={wanted[name]}
      choose={(word) => {
        choose(name, word);
      }}
      options={[ALL, ...words].map((id) => ({ id, title: TITLES[id] ?? id }))}
    />
  );
  const filter = (
    <p className="subject-filter">
      {choice('who', 'Said by', authors)}
      {choice('home', 'Became', HOMES)}
      {choice('standing', 'Standing', STANDINGS)}
      <span className="quiet" role="status">
        {shown.size} of {statements.length} statements
      </span>
    </p>
  );
  return [shown, filter];
}

function matches(statement: StatementView, { home, who, standing }: Wanted): boolean {
  const { clauses, rules = [], benches = [], decisions, because } = statement;
  const homes: Readonly<Record<string, boolean>> = {
    clauses: clauses.length > 0,
    rules: rules.length > 0,
    benches: benches.length > 0,
    decisions: decisions.length > 0,
    because: because !== undefined,
  };
  return (
    (home === ALL || homes[home] === true) &&
    (who === ALL || statement.who.includes(who)) &&
    (standing === ALL || statement.standing === standing)
  );
}
