import { describe, expect, it } from 'vitest';
import type { Clause, Level, Spec } from '../model.ts';
import type { Check, ScenarioResult, Verdict } from './check.ts';
import { rollUp } from './rollup.ts';

function clause(id: string, more: Partial<Clause> = {}): Clause {
  return {
    id,
    chapter: 'pd',
    sentence: 'One.',
    level: 'must',
    subject: 'core',
    abi: ['uapi'],
    basis: 'decided',
    sources: [],
    place: { file: 'a.md', line: 1, column: 1 },
    digest: `digest of ${id}`,
    ...more,
  };
}

function check(id: string, passed: boolean, ground = false): Check {
  return { name: 'check', clause: id, passed, expected: 'a', got: 'b', ...(ground ? { ground } : {}) };
}

function scenario(clauses: readonly string[], more: Partial<ScenarioResult>): ScenarioResult {
  return { id: `pd/x#${clauses.join('-')}`, clauses, outcome: 'passed', checks: [], duration: 1, ...more };
}

function verdictOn(id: string, clauses: readonly Clause[], scenarios: readonly ScenarioResult[]): Verdict {
  const spec = { clauses: Object.fromEntries(clauses.map((one) => [one.id, one])) } as unknown as Spec;
  const found = rollUp(spec, scenarios, { abi: 'uapi' }).find((verdict) => verdict.clause === id);
  if (found === undefined) throw new Error(`no verdict on ${id}`);
  return found;
}

const A = clause('a');

describe('rollUp', () => {
  it('calls a clause conformant when its checks passed and at least one ran', () => {
    const verdict = verdictOn('a', [A], [scenario(['a'], { checks: [check('a', true), check('a', true)] })]);
    expect(verdict).toEqual({
      clause: 'a',
      verdict: 'conformant',
      passed: 2,
      failed: 0,
      scenarios: ['pd/x#a'],
      digest: 'digest of a',
    });
  });

  it.each<[Level, string]>([
    ['must', 'nonconformant'],
    ['must not', 'nonconformant'],
    ['should', 'deviates'],
    ['may', 'observed'],
    ['observed', 'observed'],
  ])('makes of a failed check of a %s: %s', (level, word) => {
    const scenarios = [scenario(['a'], { outcome: 'failed', checks: [check('a', true), check('a', false)] })];
    const verdict = verdictOn('a', [clause('a', { level })], scenarios);
    expect(verdict).toMatchObject({ verdict: word, passed: 1, failed: 1 });
  });

  it('counts a failed ground check against its clause wherever it was made, and blocks the scenario’s own', () => {
    const scenarios = [
      scenario(['a'], { checks: [check('a', true)] }),
      scenario(['b'], {
        outcome: 'blocked',
        blockedBy: ['a'],
        reason: 'blocked by a',
        checks: [check('a', false, true)],
      }),
    ];
    const clauses = [A, clause('b')];
    expect(verdictOn('a', clauses, scenarios).verdict).toBe('nonconformant');
    expect(verdictOn('b', clauses, scenarios)).toMatchObject({
      verdict: 'blocked',
      blockedBy: ['a'],
      reason: 'blocked by a',
    });
  });

  it('does not take a passed ground check for a test of its clause', () => {
    const scenarios = [scenario(['b'], { checks: [check('a', true, true), check('b', true)] })];
    expect(verdictOn('a', [A, clause('b')], scenarios)).toMatchObject({ verdict: 'untested', passed: 0 });
  });

  it('prefers a failed check to a blocked scenario, and a blocked one to one that passed', () => {
    const passed = scenario(['a'], { checks: [check('a', true)] });
    const blocked = scenario(['a'], { outcome: 'blocked', blockedBy: ['b'] });
    const failed = scenario(['a'], { outcome: 'failed', checks: [check('a', false)] });
    expect(verdictOn('a', [A], [passed, blocked]).verdict).toBe('blocked');
    expect(verdictOn('a', [A], [passed, blocked, failed]).verdict).toBe('nonconformant');
  });

  it('says errored where a scenario errored, with its reason', () => {
    const scenarios = [
      scenario(['a'], { checks: [check('a', true)] }),
      scenario(['a'], { outcome: 'errored', errored: 'hang', reason: 'no answer' }),
    ];
    expect(verdictOn('a', [A], scenarios)).toMatchObject({ verdict: 'errored', reason: 'no answer' });
  });

  it('does not call a clause conformant while a scenario of it was not reached', () => {
    const scenarios = [scenario(['a'], { checks: [check('a', true)] }), scenario(['a'], { outcome: 'untested' })];
    expect(verdictOn('a', [A], scenarios).verdict).toBe('untested');
  });

  it('is not applicable where all scenarios are, or where the ABI cannot express the clause', () => {
    const not = scenario(['a'], { outcome: 'not-applicable', reason: 'needs qp-rc' });
    expect(verdictOn('a', [A], [not])).toMatchObject({ verdict: 'not-applicable', reason: 'needs qp-rc' });
    expect(verdictOn('a', [A], [not, scenario(['a'], { checks: [check('a', true)] })]).verdict).toBe('conformant');
    expect(verdictOn('a', [clause('a', { abi: ['uverbs'] })], []).verdict).toBe('not-applicable');
  });

  it('says why nothing was tested', () => {
    expect(verdictOn('a', [A], [])).toMatchObject({ verdict: 'untested', scenarios: [] });
    expect(verdictOn('a', [clause('a', { notTestable: 'no bytes show it' })], []).reason).toBe('no bytes show it');
    expect(verdictOn('a', [A], [scenario(['a'], {})]).reason).toBe('its scenarios ran without a check of it');
  });

  it('leaves withdrawn clauses out', () => {
    const spec = { clauses: { a: clause('a', { withdrawn: 'replaced' }) } } as unknown as Spec;
    expect(rollUp(spec, [], { abi: 'uapi' })).toEqual([]);
  });
});

describe('rollUp of scenarios that patched the driver', () => {
  const driver = clause('d', { subject: 'driver' });
  const patched = (passed: boolean): ScenarioResult =>
    scenario(['a', 'd'], { patched: true, checks: [check('a', passed), check('d', passed)] });

  it('lets them decide clauses of the core', () => {
    expect(verdictOn('a', [A, driver], [patched(false)])).toMatchObject({ verdict: 'nonconformant', failed: 1 });
    expect(verdictOn('a', [A, driver], [patched(true)])).toMatchObject({ verdict: 'conformant', passed: 1 });
  });

  it('lets them decide nothing about the driver, in neither direction', () => {
    for (const passed of [true, false])
      expect(verdictOn('d', [A, driver], [patched(passed)])).toMatchObject({
        verdict: 'untested',
        passed: 0,
        failed: 0,
        reason: expect.stringContaining('patched') as string,
      });
  });

  it('lets other scenarios decide about the driver', () => {
    const own = scenario(['d'], { checks: [check('d', true)] });
    expect(verdictOn('d', [A, driver], [patched(false), own])).toMatchObject({ verdict: 'conformant', failed: 0 });
  });
});
