import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../spec/verdict/evidence.ts';
import { check } from '../fixtures.ts';
import { judge, type StepRecord } from './outcome.ts';

const SCENARIO = { id: 'pd/x#y', clauses: ['a'] };

function step(more: Partial<StepRecord>): StepRecord {
  return { text: 'a step', outcome: false, status: 'PASSED', message: '', evidence: [], ...more };
}

function then(...evidence: readonly Evidence[]): StepRecord {
  return step({ text: 'it holds', outcome: true, evidence });
}

function outcome(...steps: readonly StepRecord[]) {
  return judge(SCENARIO, steps, (id) => id === 'a' || id === 'b', 2).result;
}

const GROUND: Evidence = { check: check('b', false, { ground: true }) };

describe('judge', () => {
  it('passes a scenario whose checks passed', () => {
    const result = outcome(step({}), then({ check: check('a') }));
    expect(result).toEqual({ ...SCENARIO, outcome: 'passed', checks: [check('a', true, { step: 2 })], duration: 2 });
  });

  it('fails one with a failed check of its own, whatever cucumber thinks of the steps', () => {
    expect(outcome(then({ check: check('a', false) })).outcome).toBe('failed');
  });

  it('blocks one whose preparation was refused', () => {
    const given = step({ status: 'FAILED', message: 'blocked by b', evidence: [GROUND] });
    const result = outcome(given, step({ outcome: true, status: 'SKIPPED' }));
    expect(result).toMatchObject({ outcome: 'blocked', blockedBy: ['b'], reason: 'blocked by b' });
  });

  it('notes what blocked a scenario that had failed before', () => {
    const result = outcome(then({ check: check('a', false) }), step({ status: 'FAILED', evidence: [GROUND] }));
    expect(result).toMatchObject({ outcome: 'failed', blockedBy: ['b'] });
  });

  it('reports what broke rather than what it led to', () => {
    const hang: Evidence = { errored: { kind: 'hang', reason: 'no answer' } };
    const result = outcome(step({ status: 'FAILED', message: 'no answer', evidence: [hang] }));
    expect(result).toMatchObject({ outcome: 'errored', errored: 'hang', reason: 'no answer' });
  });

  it('takes an error thrown without evidence for a broken step', () => {
    const result = outcome(step({ status: 'FAILED', message: 'x is not a function' }));
    expect(result).toMatchObject({ outcome: 'errored', errored: 'step', reason: '"a step" threw x is not a function' });
  });

  it.each(['UNDEFINED', 'AMBIGUOUS', 'PENDING', 'SKIPPED'] as const)(
    'takes a step that is %s for an error',
    (status) => {
      expect(outcome(step({ status }), then({ check: check('a') }))).toMatchObject({
        outcome: 'errored',
        errored: 'step',
      });
    },
  );

  it('refuses a Then without a check, and a scenario without any of its own', () => {
    expect(outcome(then({ check: check('a') }), then())).toMatchObject({
      outcome: 'errored',
      errored: 'vacuous',
      reason: '"it holds" made no check',
    });
    expect(outcome(step({}))).toMatchObject({ outcome: 'errored', errored: 'vacuous' });
    expect(outcome(step({ evidence: [{ check: check('b', true, { ground: true }) }] })).errored).toBe('vacuous');
  });

  it('refuses a check of something that is no clause', () => {
    expect(outcome(then({ check: check('c') }))).toMatchObject({ outcome: 'errored', errored: 'step' });
  });

  it('numbers the steps that made checks, hooks left out', () => {
    const before = step({ text: '' });
    const after = step({ text: '', evidence: [{ check: check('b', false) }] });
    const background = step({ evidence: [{ check: check('b', true, { ground: true }) }] });
    const { checks } = outcome(before, background, then({ check: check('a') }, { check: check('a') }), after);
    expect(checks.map(({ step }) => step)).toEqual([1, 2, 2, undefined]);
  });

  it('says at which step a scenario errored', () => {
    const hang: Evidence = { errored: { kind: 'hang', reason: 'no answer' } };
    const hung = step({ status: 'FAILED', message: 'no answer', evidence: [hang] });
    expect(outcome(step({ text: '' }), step({}), hung).step).toBe(2);
    expect(outcome(step({}), then({ check: check('c') })).step).toBe(2);
    expect(outcome(step({}), then()).step).toBe(2);
    expect(outcome(step({}))).not.toHaveProperty('step');
    expect(outcome(step({ text: '', status: 'FAILED' }))).not.toHaveProperty('step');
  });

  it('hands the trace on', () => {
    const line = { n: 1, pid: 1, call: 'close', fd: 3, answer: '0' } as const;
    expect(judge(SCENARIO, [then({ check: check('a') }, { trace: [line] })], () => true, 0).trace).toEqual([line]);
  });
});
