import { describe, expect, it } from 'vitest';
import { rollUp } from '../../spec/verdict/rollup.ts';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import { check, clause, header, scenario, specOf } from '../fixtures.ts';
import type { ResultDocument } from '../result/document.ts';
import { fold } from '../result/fold.ts';
import { requireSound } from './soundness.ts';

const SPEC = specOf(clause('pd-create'), clause('pd-destroy'));
const PASSED = scenario('pd/x#one', ['pd-create'], { checks: [check('pd-create')] });
const FAILED = scenario('pd/x#two', ['pd-destroy'], { outcome: 'failed', checks: [check('pd-destroy', false)] });

function documentOf(scenarios: readonly ScenarioResult[]): ResultDocument {
  const planned = scenarios.map(({ id, clauses }) => ({ id, clauses }));
  return fold(
    [
      header(planned),
      ...scenarios.map((one) => ({ kind: 'finished' as const, scenario: one })),
      { kind: 'ended', at: '2030-01-02T03:05:00Z' },
    ],
    SPEC,
  );
}

const SOUND = documentOf([PASSED, FAILED]);
const sound =
  (document: ResultDocument): (() => void) =>
  () => {
    requireSound(document, SPEC, 'some/result.json');
  };

describe('requireSound', () => {
  it('accepts what a run wrote', () => {
    expect(sound(SOUND)).not.toThrow();
  });

  it('refuses a verdict that does not follow from the checks, with its place', () => {
    const verdicts = SOUND.verdicts.map((verdict) => ({ ...verdict, verdict: 'conformant' as const }));
    expect(sound({ ...SOUND, verdicts })).toThrow(
      'some/result.json: /verdicts/1/verdict: pd-destroy is conformant, but its checks make it nonconformant',
    );
  });

  it('refuses a count that is not that of the checks', () => {
    const verdicts = SOUND.verdicts.map((verdict) => ({ ...verdict, passed: 7 }));
    expect(sound({ ...SOUND, verdicts })).toThrow(/\/verdicts\/0: pd-create has 1 passed and 0 failed checks/);
  });

  it('refuses a check that was turned and a scenario that was not', () => {
    const turned = { ...FAILED, checks: [check('pd-destroy')] };
    const scenarios = [PASSED, turned];
    const verdicts = rollUp(SPEC, scenarios, { abi: 'uapi' });
    expect(sound({ ...SOUND, scenarios, verdicts })).toThrow('/scenarios/1/outcome: failed without a failed check');
  });

  it.each<[string, ScenarioResult]>([
    ['passed without a check', scenario('pd/x#three', ['pd-create'])],
    ['passed with a failed check', scenario('pd/x#three', ['pd-create'], { checks: [check('pd-create', false)] })],
    ['not-applicable with checks', { ...PASSED, id: 'pd/x#three', outcome: 'not-applicable' }],
    ['pd/x#one is there twice', PASSED],
  ])('refuses a scenario: %s', (words, added) => {
    const scenarios = [PASSED, added];
    expect(sound({ ...SOUND, scenarios, verdicts: rollUp(SPEC, scenarios, { abi: 'uapi' }) })).toThrow(words);
  });

  it('holds a document of another specification to its counts, and a conformant clause to checks that passed', () => {
    const spec = { version: '0', digest: '00000000' };
    const reworded = SOUND.verdicts.map((one) =>
      one.clause === 'pd-destroy' ? { ...one, verdict: 'observed' as const } : one,
    );
    expect(sound({ ...SOUND, spec, verdicts: reworded })).not.toThrow();
    const claimed = SOUND.verdicts.map((one) => ({ ...one, verdict: 'conformant' as const }));
    expect(sound({ ...SOUND, spec, verdicts: claimed })).toThrow(/pd-destroy is conformant with 0 passed and 1 failed/);
  });
});
