/** What became of the checks between two results. */
import type { Check, Verdict, VerdictWord } from '../../spec/verdict/check.ts';
import { ran, type Pair } from './diff_scenarios.ts';

export interface CheckChange {
  /** Id of the scenario, a slash, name of the check; as in the later result where it is there. */
  readonly id: string;
  readonly scenario: string;
  /** From 1: which of the checks of this name and clause in its scenario it is. */
  readonly occurrence: number;
  readonly clause: string;
  /** What it binds: failed checks of a should count only with `--strict`, those of what is observed never. */
  readonly level: 'must' | 'should' | 'observed';
  readonly before?: Check;
  readonly after?: Check;
}

export interface CheckChanges {
  /** Passed, and now fails. */
  readonly regressed: readonly CheckChange[];
  /** Fails, and was not made before. */
  readonly found: readonly CheckChange[];
  readonly mended: readonly CheckChange[];
  /** Of a clause that binds nobody: another answer than before, or a first one that is not as expected. */
  readonly observed: readonly CheckChange[];
  /** Passes, and was not made before, although its scenario ran or is new. */
  readonly added: readonly CheckChange[];
  /** No longer made, although its scenario ran or is gone. */
  readonly removed: readonly CheckChange[];
}

type Kind = keyof CheckChanges;

const LEVELS: Readonly<Partial<Record<VerdictWord, CheckChange['level']>>> = {
  deviates: 'should',
  observed: 'observed',
};

/** `alike`: both runs selected the same. `compared` counts the checks made in both. */
export function diffChecks(
  pairs: readonly Pair[],
  before: readonly Verdict[],
  after: readonly Verdict[],
  alike: boolean,
): { readonly changes: CheckChanges; readonly compared: number } {
  const changes: Record<Kind, CheckChange[]> = {
    regressed: [],
    found: [],
    mended: [],
    observed: [],
    added: [],
    removed: [],
  };
  const [earlier, later] = [levelsOf(before), levelsOf(after)];
  let compared = 0;
  for (const pair of pairs) {
    const whole = madeAll(pair, alike);
    for (const [was, is, occurrence] of checksOf(pair)) {
      if (was !== undefined && is !== undefined) compared += 1;
      // A check that failed gave its clause the verdict that tells the level.
      const clause = (is ?? was)?.clause ?? '';
      const level = (is?.passed === false ? later : earlier).get(clause) ?? later.get(clause) ?? 'must';
      const kind = kindOf(was, is, level, whole);
      if (kind !== undefined) changes[kind].push(changeOf(pair, was, is, occurrence, level));
    }
  }
  return { changes, compared };
}

function levelsOf(verdicts: readonly Verdict[]): ReadonlyMap<string, CheckChange['level']> {
  return new Map(verdicts.map(({ clause, verdict }) => [clause, LEVELS[verdict] ?? 'must']));
}

/** True where a check on one side alone is news: not where its scenario did not run on the other, or was not selected. */
function madeAll({ before, after }: Pair, alike: boolean): boolean {
  if (before === undefined || after === undefined) return alike;
  return ran(before) && ran(after);
}

type Matched = readonly [was: Check | undefined, is: Check | undefined, occurrence: number];

/** Checks of one name and clause are told apart by their order, which the steps keep. */
function* checksOf({ before, after }: Pair): Generator<Matched> {
  const earlier = new Map<string, Check[]>();
  for (const check of before?.checks ?? []) {
    const list = earlier.get(keyOf(check));
    if (list === undefined) earlier.set(keyOf(check), [check]);
    else list.push(check);
  }
  const met = new Map<string, number>();
  for (const is of after?.checks ?? []) {
    const key = keyOf(is);
    const at = met.get(key) ?? 0;
    met.set(key, at + 1);
    yield [earlier.get(key)?.[at], is, at + 1];
  }
  for (const [key, list] of earlier) {
    for (let at = met.get(key) ?? 0; at < list.length; at += 1) yield [list[at], undefined, at + 1];
  }
}

function keyOf({ name, clause }: Check): string {
  return `${clause} ${name}`;
}

function kindOf(
  was: Check | undefined,
  is: Check | undefined,
  level: CheckChange['level'],
  whole: boolean,
): Kind | undefined {
  if (is === undefined) return whole ? 'removed' : undefined;
  if (was === undefined) {
    if (is.passed) return whole ? 'added' : undefined;
    return level === 'observed' ? 'observed' : 'found';
  }
  if (level === 'observed') return was.passed === is.passed && was.got === is.got ? undefined : 'observed';
  if (was.passed === is.passed) return undefined;
  return is.passed ? 'mended' : 'regressed';
}

function changeOf(
  { before, after }: Pair,
  was: Check | undefined,
  is: Check | undefined,
  occurrence: number,
  level: CheckChange['level'],
): CheckChange {
  const scenario = (after ?? before)?.id ?? '';
  const { name, clause } = (is ?? was) as Check;
  return {
    id: `${scenario}/${name}`,
    scenario,
    occurrence,
    clause,
    level,
    ...(was === undefined ? {} : { before: was }),
    ...(is === undefined ? {} : { after: is }),
  };
}
