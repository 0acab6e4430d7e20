/** Where each statement of the mails went, whether scenarios decide it, and what given results say of it. */
import type { Source, Spec, Statement } from '../../spec/model.ts';
import type { Scenario } from '../run/features.ts';
import { DECIDED, verdictsByClause } from './coverage.ts';
import type { ResultDocument } from './document.ts';

/** A clause that a statement became. */
export interface ClauseHome {
  readonly clause: string;
  /** How many decide it. */
  readonly scenarios: number;
  /** Verdict -> in how many of the results; `stale` where it was decided and reworded since. */
  readonly verdicts: Readonly<Record<string, number>>;
}

/** `open`: nothing tests it yet, whatever is decided on paper; `open in part`: something does, and something is missing. */
export type Standing = 'settled' | 'open in part' | 'open';

export interface StatementHome extends Omit<Statement, 'mails' | 'clauses' | 'decisions' | 'place'> {
  readonly standing: Standing;
  /** With the line of the statement in place of that where the mail begins. */
  readonly mails: readonly Source[];
  readonly clauses: readonly ClauseHome[];
  readonly decisions: readonly Source[];
}

export interface Provenance {
  readonly statements: readonly StatementHome[];
  /** Kind of home -> statements that have one; a statement with several counts for each. */
  readonly kinds: Readonly<Record<Kind, number>>;
  readonly standings: Readonly<Record<Standing, number>>;
}

export const KINDS = ['clauses', 'rules', 'benches', 'decisions', 'because'] as const;
export type Kind = (typeof KINDS)[number];

export function provenance(spec: Spec, scenarios: readonly Scenario[], results: readonly ResultDocument[]): Provenance {
  const verdicts = verdictsByClause(results);
  const deciding = new Map<string, number>();
  for (const clause of scenarios.flatMap(({ clauses }) => clauses))
    deciding.set(clause, (deciding.get(clause) ?? 0) + 1);
  const homeOf = (clause: string): ClauseHome => ({
    clause,
    scenarios: deciding.get(clause) ?? 0,
    verdicts: counted(
      (verdicts.get(clause) ?? []).map(({ verdict, digest }) =>
        digest !== spec.clauses[clause]?.digest && DECIDED.has(verdict) ? 'stale' : verdict,
      ),
    ),
  });
  const sourceOf = (key: string): Source[] => {
    const source = spec.sources[key];
    return source === undefined ? [] : [source];
  };
  const statements = spec.provenance.map((statement): StatementHome => {
    const { place: _place, mails, clauses = [], decisions = [], ...rest } = statement;
    return {
      ...rest,
      standing: standingOf(statement),
      mails: Object.entries(mails).flatMap(([key, line]) => sourceOf(key).map((source) => ({ ...source, line }))),
      clauses: clauses.map(homeOf),
      decisions: decisions.flatMap(sourceOf),
    };
  });
  const having = (kind: Kind): number => spec.provenance.filter((statement) => statement[kind] !== undefined).length;
  const standing = (word: Standing): number => statements.filter((one) => one.standing === word).length;
  return {
    statements,
    kinds: Object.fromEntries(KINDS.map((kind) => [kind, having(kind)])) as Record<Kind, number>,
    standings: {
      settled: standing('settled'),
      'open in part': standing('open in part'),
      open: standing('open'),
    },
  };
}

function standingOf({ open, clauses = [], rules = [], benches = [] }: Statement): Standing {
  if (open === undefined) return 'settled';
  return clauses.length + rules.length + benches.length > 0 ? 'open in part' : 'open';
}

function counted(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
