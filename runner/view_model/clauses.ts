/** A clause with everything that stands beside it: sources, verdicts, scenarios, defects. */
import type { Clause, SourceRef, Spec } from '../../spec/model.ts';
import { deviationsOf } from '../../spec/deviations.ts';
import { decisionNumber } from './decisions.ts';
import type {
  ClauseView,
  DecisionView,
  DefectView,
  DeviationView,
  FeaturePageView,
  ScenarioLink,
  SourceView,
  StatementLink,
  VerdictView,
} from './model.ts';
import type { Published } from './published.ts';

export interface Beside {
  readonly verdicts: ReadonlyMap<string, readonly VerdictView[]>;
  readonly pages: readonly FeaturePageView[];
  readonly defects: readonly DefectView[];
  readonly decisions: readonly DecisionView[];
  readonly published: readonly Published[];
  readonly profiles: ReadonlyMap<string, readonly string[]>;
  readonly statements: ReadonlyMap<string, readonly StatementLink[]>;
}

export function clauseViews(
  spec: Spec,
  { verdicts, pages, defects, decisions, published, profiles, statements }: Beside,
): Record<string, ClauseView> {
  const scenarios = linksByClause(pages);
  const broken = new Map<string, string[]>();
  for (const { id, clauses } of defects)
    for (const clause of clauses) broken.set(clause, [...(broken.get(clause) ?? []), id]);
  const notes = new Map(decisions.map(({ number, id }) => [number, id]));
  const views = Object.values(spec.clauses).map((clause): ClauseView => {
    const { sources, ...rest } = clause;
    return {
      ...rest,
      sources: sources.map((source) => sourceView(source, spec, notes)),
      deviations: deviationViews(spec, clause.id, published),
      verdicts: verdicts.get(clause.id) ?? [],
      scenarios: scenarios.get(clause.id) ?? [],
      defects: broken.get(clause.id) ?? [],
      profiles: profiles.get(clause.id) ?? [],
      statements: statements.get(clause.id) ?? [],
    };
  });
  return Object.fromEntries(views.map((view) => [view.id, view]));
}

function sourceView({ key, detail }: SourceRef, spec: Spec, notes: ReadonlyMap<string, string>): SourceView {
  const source = spec.sources[key];
  if (source === undefined) throw new Error(`the specification has no source ${key}`);
  const decision = notes.get(decisionNumber(key) ?? '');
  return decision === undefined ? { ...source, detail } : { ...source, detail, decision };
}

function deviationViews(spec: Spec, clause: string, published: readonly Published[]): DeviationView[] {
  return spec.deviations
    .filter((deviation) => deviation.clause === clause)
    .map(({ clause: _, ...rest }) => {
      const shownBy = published.filter(({ document: { subject, verdicts } }) => {
        const about = deviationsOf(spec, clause, subject).some(({ place }) => place === rest.place);
        return about && verdicts.some((verdict) => verdict.clause === clause && verdict.failed > 0);
      });
      return { ...rest, shownBy: shownBy.map(({ id }) => id) };
    });
}

function linksByClause(pages: readonly FeaturePageView[]): Map<string, ScenarioLink[]> {
  const links = new Map<string, ScenarioLink[]>();
  for (const { page, features } of pages) {
    for (const { rules } of features) {
      for (const { clauses, scenarios } of rules) {
        const its = scenarios.map(({ anchor, name, ids }) => ({ page, anchor, name, scenarios: ids.length }));
        for (const clause of clauses) links.set(clause, [...(links.get(clause) ?? []), ...its]);
      }
    }
  }
  return links;
}

/** The clauses that bind. */
export function inForce(spec: Spec): Clause[] {
  return Object.values(spec.clauses).filter(({ withdrawn }) => withdrawn === undefined);
}
