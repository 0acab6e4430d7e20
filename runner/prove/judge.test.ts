import { describe, expect, it } from 'vitest';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import { rollUp } from '../../spec/verdict/rollup.ts';
import { check, clause, scenario, specOf } from '../fixtures.ts';
import { judgeDefect, type Shown } from './judge.ts';
import { sample } from './sample.ts';

const spec = specOf(clause('a'), clause('b'), clause('seen', { level: 'observed' }));

function shown(...scenarios: readonly ScenarioResult[]): Shown {
  return { scenarios, verdicts: rollUp(spec, scenarios, { abi: 'uapi' }) };
}

const passed = (id: string) => scenario(`pd/x#${id}`, [id], { checks: [check(id)] });
const failed = (id: string) => scenario(`pd/x#${id}`, [id], { outcome: 'failed', checks: [check(id, false)] });
const blocked = (id: string, by: string) => {
  const checks = [check(by, false, { ground: true })];
  return scenario(`pd/x#${id}`, [id], { outcome: 'blocked', blockedBy: [by], checks });
};

const clean = shown(passed('a'), passed('b'), passed('seen'));

describe('judgeDefect', () => {
  it('counts a defect as caught when the named clause fails and nothing else changes', () => {
    expect(judgeDefect(['a'], clean, shown(failed('a'), passed('b'), passed('seen')))).toEqual([]);
  });

  it('lets a named clause block others', () => {
    expect(judgeDefect(['a'], clean, shown(failed('a'), blocked('b', 'a'), passed('seen')))).toEqual([]);
  });

  it('reports a defect that nobody notices', () => {
    expect(judgeDefect(['a'], clean, clean)).toEqual(['unnoticed: a is conformant, conformant without the defect']);
  });

  it('does not take a blocked clause for a noticed one', () => {
    const reasons = judgeDefect(['a', 'b'], clean, shown(blocked('a', 'b'), failed('b'), passed('seen')));
    expect(reasons).toEqual(['unnoticed: a is blocked (by b), conformant without the defect']);
  });

  it('reports every clause that was not named and changed', () => {
    expect(judgeDefect(['a'], clean, shown(failed('a'), failed('b'), passed('seen')))).toEqual([
      'collateral: b is nonconformant, conformant without the defect',
    ]);
    const hang = scenario('pd/x#b', ['b'], { outcome: 'errored', errored: 'hang', reason: 'no answer' });
    expect(judgeDefect(['a'], clean, shown(failed('a'), hang, passed('seen')))).toEqual([
      'collateral: b is errored (no answer), conformant without the defect',
    ]);
  });

  it('leaves aside what is merely observed', () => {
    expect(judgeDefect(['a'], clean, shown(failed('a'), passed('b'), failed('seen')))).toEqual([]);
  });

  it('reports a clause that does not exist', () => {
    expect(judgeDefect(['c'], clean, clean)).toEqual(['unknown: there is no clause c']);
  });
});

describe('sample', () => {
  it('spreads over all and is the same every time', () => {
    const things = Array.from({ length: 100 }, (_, index) => index);
    expect(sample(things, 4)).toEqual([12, 37, 62, 87]);
    expect(sample([1, 2, 3], 5)).toEqual([1, 2, 3]);
    expect(new Set(sample(things, 99)).size).toBe(99);
  });
});
