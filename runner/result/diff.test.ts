import { describe, expect, it } from 'vitest';
import type { Clause } from '../../spec/model.ts';
import type { Check, ScenarioResult } from '../../spec/verdict/check.ts';
import { check, clause, header, scenario, specOf } from '../fixtures.ts';
import type { HeaderLine, JournalLine } from '../run/journal.ts';
import type { Renamed } from '../run/renamed.ts';
import { diffResults, type ResultDiff } from './diff.ts';
import type { CheckChanges } from './diff_checks.ts';
import type { ClauseChanges } from './diff_clauses.ts';
import type { ResultDocument } from './document.ts';
import { exitCodeOfDiff } from './exit_code.ts';
import { fold } from './fold.ts';

const CLAUSES = [
  clause('a'),
  clause('b'),
  clause('advice', { level: 'should' }),
  clause('seen', { level: 'observed' }),
];

interface More extends Partial<HeaderLine> {
  readonly clauses?: readonly Clause[];
  readonly notReached?: readonly string[];
}

/** The result of a run of these scenarios, and of some of clause `a` that it did not come to. */
function resultOf(scenarios: readonly ScenarioResult[], more: More = {}): ResultDocument {
  const { clauses = CLAUSES, notReached = [], ...rest } = more;
  const planned = [...scenarios.map((one) => ({ id: one.id, clauses: one.clauses }))];
  for (const id of notReached) planned.push({ id, clauses: ['a'] });
  const finished = scenarios.map((one): JournalLine => ({ kind: 'finished', scenario: one }));
  return fold([header(planned, rest), ...finished], specOf(...clauses));
}

/** A scenario of one clause in which the named checks passed or failed. */
function ran(id: string, clauseId: string, checks: Readonly<Record<string, boolean>>): ScenarioResult {
  const its = Object.entries(checks).map(([name, passed]) => check(clauseId, passed, { name }));
  return made(id, clauseId, its);
}

function made(id: string, clauseId: string, checks: readonly Check[]): ScenarioResult {
  return scenario(id, [clauseId], { outcome: checks.every(({ passed }) => passed) ? 'passed' : 'failed', checks });
}

const good = ran('pd/x#a', 'a', { one: true, two: true });
const bad = ran('pd/x#a', 'a', { one: true, two: false });
const blocked = scenario('pd/x#a', ['a'], { outcome: 'blocked', blockedBy: ['b'], reason: 'blocked by b' });
const other = ran('pd/x#b', 'b', { only: true });

function diff(
  before: readonly ScenarioResult[] | ResultDocument,
  after: readonly ScenarioResult[] | ResultDocument,
  renamed: Renamed = new Map(),
): ResultDiff {
  const document = (given: readonly ScenarioResult[] | ResultDocument): ResultDocument =>
    'format' in given ? given : resultOf(given);
  return diffResults(document(before), document(after), renamed);
}

/** The lists that are not empty, each change as its id. */
function told({ clauses, scenarios, checks }: ResultDiff): Record<string, readonly string[]> {
  const lists: Record<string, string[]> = {};
  const take = (group: string, changes: object, idOf: (change: never) => string): void => {
    for (const [kind, list] of Object.entries(changes) as [string, unknown][])
      if (Array.isArray(list) && list.length > 0) lists[`${kind} ${group}`] = list.map((one) => idOf(one as never));
  };
  take('clauses', clauses, (change: ClauseChanges['added'][number]) => change.clause);
  take(
    'scenarios',
    scenarios,
    (change: { scenario?: string; after?: string }) => change.scenario ?? change.after ?? '',
  );
  take('checks', checks, (change: CheckChanges['added'][number]) => `${change.id}:${String(change.occurrence)}`);
  return lists;
}

describe('diffResults', () => {
  it('finds nothing between a result and itself', () => {
    const same = diff([good, other], [good, other]);
    expect(told(same)).toEqual({});
    expect(same).toMatchObject({ unlike: [], compared: { clauses: 2, checks: 3 } });
    expect(exitCodeOfDiff(same)).toBe(0);
  });

  it('calls a clause and its check regressed, or mended', () => {
    const worse = diff([good, other], [bad, other]);
    expect(told(worse)).toEqual({ 'regressed clauses': ['a'], 'regressed checks': ['pd/x#a/two:1'] });
    expect(worse.clauses.regressed).toEqual([
      { clause: 'a', before: 'conformant', after: 'nonconformant', reworded: false },
    ]);
    expect(exitCodeOfDiff(worse)).toBe(1);
    const better = diff([bad, other], [good, other]);
    expect(told(better)).toEqual({ 'mended clauses': ['a'], 'mended checks': ['pd/x#a/two:1'] });
    expect(exitCodeOfDiff(better)).toBe(0);
  });

  it('sees a check regress in a clause that was nonconformant already', () => {
    const worse = diff([bad], [ran('pd/x#a', 'a', { one: false, two: false })]);
    expect(told(worse)).toEqual({ 'regressed checks': ['pd/x#a/one:1'] });
    expect(exitCodeOfDiff(worse)).toBe(1);
  });

  it('counts a should only when asked to', () => {
    const worse = diff([ran('pd/x#s', 'advice', { one: true })], [ran('pd/x#s', 'advice', { one: false })]);
    expect(told(worse)).toEqual({ 'regressed clauses': ['advice'], 'regressed checks': ['pd/x#s/one:1'] });
    expect([exitCodeOfDiff(worse), exitCodeOfDiff(worse, true)]).toEqual([0, 1]);
  });

  it('shows another answer of what is observed, and never counts it', () => {
    const seen = (passed: boolean, got: string): ScenarioResult =>
      made('pd/x#o', 'seen', [check('seen', passed, { name: 'errno', got })]);
    for (const after of [seen(false, 'EPERM'), seen(true, 'EINVAL, later')]) {
      const changed = diff([seen(true, 'EINVAL')], [after]);
      expect(told(changed)).toEqual({ 'observed checks': ['pd/x#o/errno:1'] });
      expect(exitCodeOfDiff(changed, true)).toBe(0);
    }
  });

  it.each<[string, ScenarioResult]>([
    ['blocked', blocked],
    ['errored', scenario('pd/x#a', ['a'], { outcome: 'errored', errored: 'hang', reason: 'no answer' })],
    ['not-applicable', scenario('pd/x#a', ['a'], { outcome: 'not-applicable', reason: 'needs qp-rc' })],
  ])('leaves undecided what was decided and is %s', (word, after) => {
    const lost = diff([good, other], [after, other]);
    expect(told(lost)).toEqual({ 'undecided clauses': ['a'], 'undecided scenarios': ['pd/x#a'] });
    expect(lost.clauses.undecided).toMatchObject([{ before: 'conformant', after: word, reason: after.reason }]);
    expect(exitCodeOfDiff(lost)).toBe(3);
  });

  it('leaves undecided a clause whose scenario is gone', () => {
    const lost = diff([good, other], [other]);
    expect(told(lost)).toEqual({
      'undecided clauses': ['a'],
      'removed scenarios': ['pd/x#a'],
      'removed checks': ['pd/x#a/one:1', 'pd/x#a/two:1'],
    });
    expect(exitCodeOfDiff(lost)).toBe(3);
  });

  it('does not forgive a regression because something else is undecided', () => {
    expect(exitCodeOfDiff(diff([good, other], [bad, { ...other, outcome: 'errored', checks: [] }]))).toBe(1);
  });

  it('decides what was undecided, or finds a fault of which it cannot be told whether it is new', () => {
    const decided = diff([blocked, other], [good, other]);
    expect(told(decided)).toEqual({ 'decided clauses': ['a'], 'decided scenarios': ['pd/x#a'] });
    expect(exitCodeOfDiff(decided)).toBe(0);
    const found = diff([blocked, other], [bad, other]);
    expect(told(found)).toEqual({
      'found clauses': ['a'],
      'decided scenarios': ['pd/x#a'],
      'found checks': ['pd/x#a/two:1'],
    });
    expect(exitCodeOfDiff(found)).toBe(3);
  });

  it('finds a failing check that was not made before, also of a clause that had failed', () => {
    const leak = check('a', false, { name: 'left' });
    const found = diff([bad], [{ ...bad, checks: [...bad.checks, leak] }]);
    expect(told(found)).toEqual({ 'found checks': ['pd/x#a/left:1'] });
    expect(exitCodeOfDiff(found)).toBe(3);
  });

  it('names checks and scenarios that came or went', () => {
    const changed = diff([good, other], [ran('pd/x#a', 'a', { one: true, three: true }), other]);
    expect(told(changed)).toEqual({ 'added checks': ['pd/x#a/three:1'], 'removed checks': ['pd/x#a/two:1'] });
    expect(told(diff([good], [good, ran('pd/x#new', 'a', { n: true })]))).toEqual({
      'added scenarios': ['pd/x#new'],
      'added checks': ['pd/x#new/n:1'],
    });
  });

  it('tells checks of one name apart by their order, and by their clause', () => {
    const twice = (first: boolean, second: boolean, rest: readonly Check[] = []): ScenarioResult =>
      made('pd/x#a', 'a', [first, second].map((passed) => check('a', passed, { name: 'same' })).concat(rest));
    expect(told(diff([twice(true, false)], [twice(false, true)]))).toEqual({
      'regressed checks': ['pd/x#a/same:1'],
      'mended checks': ['pd/x#a/same:2'],
    });
    expect(told(diff([twice(true, true)], [made('pd/x#a', 'a', [check('a', true, { name: 'same' })])]))).toEqual({
      'removed checks': ['pd/x#a/same:2'],
    });
    expect(told(diff([twice(true, true)], [twice(true, true, [check('b', true, { name: 'same' })])]))).toEqual({
      'added checks': ['pd/x#a/same:1'],
      'decided clauses': ['b'],
    });
  });
});

describe('clauses that changed themselves', () => {
  const reworded = [clause('a', { digest: 'aaaaaaaaaaaaaaaa' }), ...CLAUSES.slice(1)];

  it('are named where nothing else is to be said', () => {
    const changed = diff(resultOf([good]), resultOf([good], { clauses: reworded }));
    expect(told(changed)).toEqual({ 'reworded clauses': ['a'] });
    expect(exitCodeOfDiff(changed)).toBe(0);
  });

  it('regress all the same, and say that they were reworded', () => {
    const worse = diff(resultOf([good]), resultOf([bad], { clauses: reworded }));
    expect(worse.clauses.regressed).toMatchObject([{ clause: 'a', reworded: true }]);
    expect(exitCodeOfDiff(worse)).toBe(1);
  });

  it('are added and removed', () => {
    const [, ...rest] = CLAUSES;
    expect(told(diff(resultOf([other], { clauses: rest }), resultOf([other])))).toEqual({ 'added clauses': ['a'] });
    expect(told(diff(resultOf([other]), resultOf([other], { clauses: rest })))).toEqual({ 'removed clauses': ['a'] });
  });
});

describe('scenarios that were renamed', () => {
  const renamed = new Map([
    ['pd/x#old', 'pd/x#a'],
    ['pd/x#older', 'pd/x#a'],
  ]);
  const as = (id: string, of: ScenarioResult): ScenarioResult => ({ ...of, id });

  it('are compared under both names', () => {
    const changed = diff([as('pd/x#old', good), other], [bad, other], renamed);
    expect(told(changed)).toEqual({
      'renamed scenarios': ['pd/x#a'],
      'regressed clauses': ['a'],
      'regressed checks': ['pd/x#a/two:1'],
    });
    expect(told(diff([good], [as('pd/x#old', good)], renamed))).toEqual({ 'renamed scenarios': ['pd/x#old'] });
  });

  it('are not called renamed where both results are old', () => {
    expect(told(diff([as('pd/x#old', good)], [as('pd/x#old', good)], renamed))).toEqual({});
  });

  it('may have become one: the others are removed', () => {
    const changed = diff([as('pd/x#old', good), as('pd/x#older', good)], [good], renamed);
    expect(told(changed)).toEqual({
      'renamed scenarios': ['pd/x#a'],
      'removed scenarios': ['pd/x#older'],
      'removed checks': ['pd/x#older/one:1', 'pd/x#older/two:1'],
    });
  });
});

describe('runs that are not alike', () => {
  it('are told apart by who was tested, with what seed and with what on offer', () => {
    const { subject } = resultOf([good]);
    const after = resultOf([good], { subject: { ...subject, model: 'no-qp' }, seed: 2, capabilities: ['mw', 'srq'] });
    expect(diff([good], after).unlike).toEqual([
      { what: 'model', before: 'verbs', after: 'no-qp' },
      { what: 'seed', before: '1', after: '2' },
      { what: 'capabilities', before: 'qp-rc', after: 'mw, srq' },
    ]);
  });

  it('lose nothing by selecting less, but hide no fault', () => {
    const { selection } = resultOf([good]);
    const part = (scenarios: readonly ScenarioResult[]): ResultDocument =>
      resultOf(scenarios, { selection: { ...selection, clauses: ['b'] } });
    const less = diff([good, other], part([other]));
    expect(told(less)).toEqual({});
    expect(less).toMatchObject({ clauses: { unselected: 1 }, scenarios: { unselected: 1 } });
    expect(exitCodeOfDiff(less)).toBe(0);
    const more = diff(part([other]), [good, other]);
    expect(told(more)).toEqual({});
    expect(told(diff(part([other]), [bad, other]))).toEqual({
      'found clauses': ['a'],
      'found checks': ['pd/x#a/two:1'],
    });
    expect(less.unlike.map(({ what }) => what)).toEqual(['selection']);
  });

  it('with nothing in common compare to nothing', () => {
    expect(exitCodeOfDiff(diff([blocked], [blocked]))).toBe(3);
  });

  it('are not as good as before where the later one was cut off', () => {
    expect(exitCodeOfDiff(diff([good], resultOf([good], { notReached: ['pd/x#late'] })))).toBe(3);
    const never = scenario('pd/x#late', ['b'], { outcome: 'untested' });
    expect(exitCodeOfDiff({ ...diff([good, never], [good, never]), complete: false })).toBe(3);
  });
});
