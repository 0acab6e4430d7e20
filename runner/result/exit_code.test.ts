import { describe, expect, it } from 'vitest';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import { check, clause, header, scenario, specOf } from '../fixtures.ts';
import type { JournalLine } from '../run/journal.ts';
import { exitCodeOf, worst } from './exit_code.ts';
import { fold } from './fold.ts';

const spec = specOf(
  clause('a'),
  clause('b'),
  clause('advice', { level: 'should' }),
  clause('seen', { level: 'observed' }),
);

function codeOf(scenarios: readonly ScenarioResult[], more: { strict?: boolean; planned?: number } = {}): number {
  const planned = [...scenarios.map(({ id, clauses }) => ({ id, clauses }))];
  for (let i = 0; i < (more.planned ?? 0); i += 1) planned.push({ id: `pd/x#more-${String(i)}`, clauses: ['b'] });
  const finished = scenarios.map((one): JournalLine => ({ kind: 'finished', scenario: one }));
  return exitCodeOf(fold([header(planned), ...finished], spec), more.strict);
}

const passed = (id: string) => scenario(`pd/x#${id}`, [id], { checks: [check(id)] });
const failed = (id: string) => scenario(`pd/x#${id}`, [id], { outcome: 'failed', checks: [check(id, false)] });

describe('exitCodeOf', () => {
  it('is 0 where everything that was asked for is conformant', () => {
    expect(codeOf([passed('a'), passed('b')])).toBe(0);
    expect(codeOf([passed('seen')])).toBe(0);
  });

  it('is 1 where a must is not met, whatever else happened', () => {
    expect(codeOf([failed('a')])).toBe(1);
    expect(codeOf([failed('a'), scenario('pd/x#e', ['b'], { outcome: 'errored', errored: 'hang' })])).toBe(1);
    expect(codeOf([failed('a')], { planned: 1 })).toBe(1);
  });

  it('counts shoulds only when asked to, and what is observed never', () => {
    expect(codeOf([passed('a'), failed('advice')])).toBe(0);
    expect(codeOf([passed('a'), failed('advice')], { strict: true })).toBe(1);
    expect(codeOf([failed('seen')], { strict: true })).toBe(0);
  });

  it('is 3 where something errored, was blocked or not reached', () => {
    expect(codeOf([passed('a'), scenario('pd/x#e', ['b'], { outcome: 'errored', errored: 'hang' })])).toBe(3);
    expect(codeOf([passed('a')], { planned: 1 })).toBe(3);
  });

  it('is 3, not 1, where only a clause nobody asked for fails', () => {
    const checks = [check('a', false, { ground: true })];
    expect(codeOf([scenario('pd/x#b', ['b'], { outcome: 'blocked', blockedBy: ['a'], checks })])).toBe(3);
  });

  it('is 3 where nothing was decided', () => {
    expect(codeOf([scenario('pd/x#a', ['a'], { outcome: 'not-applicable', reason: 'needs qp-rc' })])).toBe(3);
  });

  it('takes the worse of two runs', () => {
    expect([worst(0, 3), worst(3, 1), worst(1, 0), worst(0, 0)]).toEqual([3, 1, 1, 0]);
  });
});
