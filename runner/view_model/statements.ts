/** The statements of the mails and where each of them went, in the order of the mails. */
import { compareText } from '../../spec/problem.ts';
import type { Spec } from '../../spec/model.ts';
import { provenance } from '../result/provenance.ts';
import type { Scenario } from '../run/features.ts';
import { decisionNumber, type Note } from './decisions.ts';
import type { ProvenanceView, StatementLink, StatementView } from './model.ts';

export function provenanceView(spec: Spec, scenarios: readonly Scenario[], notes: readonly Note[]): ProvenanceView {
  const { statements, kinds, standings } = provenance(spec, scenarios, []);
  const idOf = new Map(notes.map(({ number, id }) => [number, id]));
  const views = statements.map(({ clauses, decisions, mails, ...rest }): StatementView => ({
    ...rest,
    mails: mails.map(({ key, file = '', line = 1 }) => ({ key, file, line })),
    clauses: clauses.map(({ clause, scenarios: deciding }) => ({ clause, scenarios: deciding })),
    decisions: decisions.flatMap(({ key, title }) => {
      const number = decisionNumber(key) ?? '';
      const id = idOf.get(number);
      return id === undefined ? [] : [{ id, number, title }];
    }),
  }));
  const lineIn = ({ mails }: StatementView, mail: string): number => mails.find(({ key }) => key === mail)?.line ?? 0;
  return {
    statements: views,
    kinds,
    standings,
    authors: [...new Set(views.flatMap(({ who }) => who))].sort(compareText),
    mails: Object.values(spec.sources)
      .map((mail) => ({ mail, its: views.filter(({ mails: [first] }) => first?.key === mail.key) }))
      .filter(({ its }) => its.length > 0)
      .map(({ mail, its }) => ({
        ...mail,
        statements: its.sort((a, b) => lineIn(a, mail.key) - lineIn(b, mail.key)).map(({ number }) => number),
      })),
  };
}

/** By clause, by decision and by mail: the statements that name them. */
export interface StatementsOf {
  readonly clause: ReadonlyMap<string, readonly StatementLink[]>;
  readonly decision: ReadonlyMap<string, readonly StatementLink[]>;
  readonly mail: ReadonlyMap<string, readonly StatementLink[]>;
}

export function statementsOf({ statements }: Pick<ProvenanceView, 'statements'>): StatementsOf {
  const by = (names: (statement: StatementView) => readonly string[]): Map<string, StatementLink[]> => {
    const found = new Map<string, StatementLink[]>();
    for (const statement of statements) {
      const { number, who, says } = statement;
      for (const name of names(statement)) found.set(name, [...(found.get(name) ?? []), { number, who, says }]);
    }
    return found;
  };
  return {
    clause: by(({ clauses }) => clauses.map(({ clause }) => clause)),
    decision: by(({ decisions }) => decisions.map(({ id }) => id)),
    mail: by(({ mails }) => mails.map(({ key }) => key)),
  };
}
