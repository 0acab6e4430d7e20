/** Which scenarios of two results are the same one, and what became of them. */
import type { Outcome, ScenarioResult } from '../../spec/verdict/check.ts';
import { todaysId, type Renamed } from '../run/renamed.ts';

/** One scenario in two results; a side is absent where the scenario is not in that result. */
export interface Pair {
  readonly before?: ScenarioResult;
  readonly after?: ScenarioResult;
}

export interface ScenarioChange {
  /** Its id in the later result, or in the earlier one where only that has it. */
  readonly scenario: string;
  readonly before?: Outcome;
  readonly after?: Outcome;
  readonly reason?: string;
}

export interface ScenarioChanges {
  /** It ran to its end, and now it did not. */
  readonly undecided: readonly ScenarioChange[];
  /** The other way round. */
  readonly decided: readonly ScenarioChange[];
  readonly added: readonly ScenarioChange[];
  readonly removed: readonly ScenarioChange[];
  readonly renamed: readonly { readonly before: string; readonly after: string }[];
  /** How many are in one result alone because the runs selected differently. */
  readonly unselected: number;
}

/** In the order of the later result; what only the earlier one has comes last. */
export function pairUp(
  before: readonly ScenarioResult[],
  after: readonly ScenarioResult[],
  renamed: Renamed,
): readonly Pair[] {
  const earlier = byTodaysId(before, renamed);
  const later = byTodaysId(after, renamed);
  const pairs: Pair[] = [];
  for (const [id, is] of later.scenarios) {
    const was = earlier.scenarios.get(id);
    pairs.push(was === undefined ? { after: is } : { before: was, after: is });
  }
  for (const is of later.others) pairs.push({ after: is });
  for (const [id, was] of earlier.scenarios) if (!later.scenarios.has(id)) pairs.push({ before: was });
  for (const was of earlier.others) pairs.push({ before: was });
  return pairs;
}

/** Where several became one, the one that has its name goes on, or else the first; `others` are the rest. */
function byTodaysId(
  list: readonly ScenarioResult[],
  renamed: Renamed,
): { readonly scenarios: ReadonlyMap<string, ScenarioResult>; readonly others: readonly ScenarioResult[] } {
  const scenarios = new Map<string, ScenarioResult>();
  const others: ScenarioResult[] = [];
  for (const scenario of list) {
    const id = todaysId(scenario.id, renamed);
    const known = scenarios.get(id);
    if (known !== undefined && (known.id === id || scenario.id !== id)) others.push(scenario);
    else {
      if (known !== undefined) others.push(known);
      scenarios.set(id, scenario);
    }
  }
  return { scenarios, others };
}

/** True where its checks were made, all of them, whatever they showed. */
export function ran({ outcome }: ScenarioResult): boolean {
  return outcome === 'passed' || outcome === 'failed';
}

/** `alike`: both runs selected the same. */
export function diffScenarios(pairs: readonly Pair[], alike: boolean): ScenarioChanges {
  const undecided: ScenarioChange[] = [];
  const decided: ScenarioChange[] = [];
  const added: ScenarioChange[] = [];
  const removed: ScenarioChange[] = [];
  const renamed: { before: string; after: string }[] = [];
  let unselected = 0;
  for (const pair of pairs) {
    const { before, after } = pair;
    if (before === undefined || after === undefined) {
      if (!alike) unselected += 1;
      else (after === undefined ? removed : added).push(changeOf(pair));
      continue;
    }
    if (before.id !== after.id) renamed.push({ before: before.id, after: after.id });
    if (ran(before) !== ran(after)) (ran(after) ? decided : undecided).push(changeOf(pair));
  }
  return { undecided, decided, added, removed, renamed, unselected };
}

function changeOf({ before, after }: Pair): ScenarioChange {
  return {
    scenario: (after ?? before)?.id ?? '',
    ...(before === undefined ? {} : { before: before.outcome }),
    ...(after === undefined ? {} : { after: after.outcome }),
    ...(after?.reason === undefined ? {} : { reason: after.reason }),
  };
}
