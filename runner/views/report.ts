/** A result laid out as reports are: scenarios below the feature files they come from, each with what it comes to. */
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import type { ResultDocument } from '../result/document.ts';
import { accountsOf, type Account } from './account.ts';
import type { ViewInput } from './formats.ts';
import { plain } from './plain.ts';
import { misgiving, standingOf, type Standing } from './standing.ts';

export interface Row extends Account {
  readonly scenario: ScenarioResult;
  /** What follows the number sign in its id, or all of an id without one. */
  readonly name: string;
  readonly standing: Standing;
}

export interface Group {
  /** The feature file, without folder and ending. */
  readonly name: string;
  readonly rows: readonly Row[];
}

export interface Report {
  /** In the order of the result. */
  readonly groups: readonly Group[];
  readonly misgiving?: string;
  /** Judges a scenario, or a part of one. */
  readonly rowOf: (scenario: ScenarioResult) => Row;
}

export function reportOf(input: ViewInput): Report {
  const { document, strict } = input;
  const standing = standingOf(document, strict);
  const account = accountsOf(input);
  const rowOf = (scenario: ScenarioResult): Row => ({
    scenario,
    name: nameOf(scenario.id).name,
    standing: standing(scenario),
    ...account(scenario),
  });
  const groups = new Map<string, Row[]>();
  for (const scenario of document.scenarios) {
    const { group } = nameOf(scenario.id);
    const rows = groups.get(group);
    if (rows === undefined) groups.set(group, [rowOf(scenario)]);
    else rows.push(rowOf(scenario));
  }
  const laidOut = [...groups].map(([name, rows]) => ({ name, rows }));
  const standings = laidOut.flatMap(({ rows }) => rows.map((row) => row.standing));
  const doubt = misgiving(document, strict, standings);
  return doubt === undefined ? { groups: laidOut, rowOf } : { groups: laidOut, misgiving: doubt, rowOf };
}

function nameOf(id: string): { readonly group: string; readonly name: string } {
  const at = id.lastIndexOf('#');
  const [group, name] = [plain(id.slice(0, Math.max(at, 0))).trim(), plain(id.slice(at + 1)).trim()];
  return { group: group === '' ? 'scenarios' : group, name: name === '' ? plain(id) : name };
}

/** Who was tested with what: the same words in every view. */
export function facts({ tool, spec, features, subject, seed, started, complete }: ResultDocument): [string, string][] {
  const { implementation, version, backend, model, abi, study, kernel, driver } = subject;
  const rows: [string, string][] = [
    ['implementation', `${implementation} ${version}`],
    ['backend', backend],
    ['model', model],
    ['abi', abi],
    ...(kernel === undefined ? [] : [['kernel', kernel] as [string, string]]),
    ...(driver === undefined ? [] : [['driver', driver] as [string, string]]),
    ['study', study ? 'yes: part of this project, says nothing of any other implementation' : 'no'],
    ['tool', tool],
    ['specification', `${spec.version} ${spec.digest}`],
    ['features', features],
    ['seed', String(seed)],
    ['started', started],
    ['complete', complete ? 'yes' : 'no: the run ended before all of it was done'],
  ];
  return rows.map(([name, value]) => [name, plain(value)]);
}

/** How many rows have each standing. */
export function tally(rows: readonly Row[]): Record<Standing, number> {
  const counts: Record<Standing, number> = { passed: 0, failed: 0, tolerated: 0, 'not-applicable': 0, undecided: 0 };
  for (const { standing } of rows) counts[standing] += 1;
  return counts;
}
