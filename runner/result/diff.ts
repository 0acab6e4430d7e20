/** What changed between two results on the same ABI: of the runs themselves, by clause, by scenario and by check. */
import type { Renamed } from '../run/renamed.ts';
import { diffChecks, type CheckChanges } from './diff_checks.ts';
import { diffClauses, type ClauseChanges } from './diff_clauses.ts';
import { diffScenarios, pairUp, type ScenarioChanges } from './diff_scenarios.ts';
import type { ResultDocument, Selection } from './document.ts';

/** Something in which the two runs were not alike. Of capabilities, each side names those the other lacks. */
export interface Unlike {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export interface ResultDiff {
  readonly unlike: readonly Unlike[];
  /** True where the later run reached all it was to reach. */
  readonly complete: boolean;
  /** On how many clauses both results have a verdict, and how many checks were made in both. */
  readonly compared: { readonly clauses: number; readonly checks: number };
  readonly clauses: ClauseChanges;
  readonly scenarios: ScenarioChanges;
  readonly checks: CheckChanges;
}

/** A pure function, in time linear in the number of checks. The ABI is the same: who calls has seen to that. */
export function diffResults(before: ResultDocument, after: ResultDocument, renamed: Renamed): ResultDiff {
  // Which scenarios are in a result depends on what was selected: where that differs, what is missing was not removed.
  const alike = scopeOf(before.selection) === scopeOf(after.selection);
  const pairs = pairUp(before.scenarios, after.scenarios, renamed);
  const clauses = diffClauses(before, after, alike);
  const checks = diffChecks(pairs, before.verdicts, after.verdicts, alike);
  return {
    unlike: unlike(before, after),
    complete: after.complete,
    compared: { clauses: clauses.compared, checks: checks.compared },
    clauses: clauses.changes,
    scenarios: diffScenarios(pairs, alike),
    checks: checks.changes,
  };
}

function scopeOf({ clauses, objects, tags, name }: Selection): string {
  return JSON.stringify({ clauses, objects, tags, name });
}

/** Who was tested first, then how, then with what. */
const ASPECTS: readonly (readonly [string, (document: ResultDocument) => string])[] = [
  ['backend', ({ subject }) => subject.backend],
  ['model', ({ subject }) => subject.model],
  ['implementation', ({ subject }) => `${subject.implementation} ${subject.version}`],
  ['study', ({ subject }) => (subject.study ? 'yes' : 'no')],
  ['seed', ({ seed }) => String(seed)],
  ['selection', ({ selection }) => scopeOf(selection)],
  ['hazard', ({ selection }) => selection.hazard],
  ['specification', ({ spec }) => `${spec.version} (${spec.digest})`],
  ['features', ({ features }) => features],
  ['tool', ({ tool }) => tool],
];

function unlike(before: ResultDocument, after: ResultDocument): Unlike[] {
  const found = ASPECTS.map(([what, of]): Unlike => ({ what, before: of(before), after: of(after) })).filter(
    (aspect) => aspect.before !== aspect.after,
  );
  const [lost, gained] = [missing(before, after), missing(after, before)];
  if (lost !== '' || gained !== '') found.push({ what: 'capabilities', before: lost, after: gained });
  return found;
}

/** Capabilities of one that the other lacks. */
function missing(from: ResultDocument, other: ResultDocument): string {
  const its = new Set(other.capabilities);
  return from.capabilities.filter((capability) => !its.has(capability)).join(', ');
}
