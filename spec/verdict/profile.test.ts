import { describe, expect, it } from 'vitest';
import { clause as clauseOf } from '../../runner/fixtures.ts';
import type { Clause, Profile, Spec } from '../model.ts';
import type { Verdict, VerdictWord } from './check.ts';
import { judgeProfile, type Deciding, type Judgement, type RunRecord } from './profile.ts';

const CLAUSE = clauseOf('one', { digest: 'd1' });
const PROFILE: Profile = {
  id: 'p',
  title: 'P',
  purpose: 'For tests.',
  certified: true,
  abi: ['uverbs'],
  clauses: ['one'],
  except: {},
  requires: ['pd'],
  mayLack: ['qp-uc', 'control-remove'],
  notCovered: [],
  digest: 'x',
};
const verdict = (word: VerdictWord, reason?: string): Verdict => ({
  clause: 'one',
  verdict: word,
  passed: 1,
  failed: 0,
  scenarios: [],
  digest: 'd1',
  ...(reason === undefined ? {} : { reason }),
});

interface Given {
  readonly clause?: Partial<Clause>;
  readonly profile?: Partial<Profile>;
  readonly verdicts?: readonly Verdict[];
  readonly scenarios?: readonly Deciding[];
  readonly record?: Partial<RunRecord>;
}

function judged({ clause, profile, verdicts, scenarios = [], record }: Given): Judgement {
  const spec = { clauses: { one: { ...CLAUSE, ...clause } } } as unknown as Spec;
  const shown: RunRecord = {
    subject: { abi: 'uverbs', kernel: '6.1.0' },
    capabilities: ['pd'],
    complete: true,
    verdicts: verdicts ?? [verdict('conformant')],
    ...record,
  };
  return judgeProfile({ ...PROFILE, ...profile }, spec, scenarios, shown);
}

const needing = (...tags: string[]): Deciding => ({ clauses: ['one'], tags });
const absent = verdict('not-applicable', 'needs something');

describe('judgeProfile', () => {
  it('is met where every clause is conformant', () => {
    expect(judged({})).toEqual({ outcome: 'met', lacks: [], demands: [{ clause: 'one', standing: 'met' }] });
  });

  it('is not met where one is not, and undecided where one was not decided', () => {
    expect(judged({ verdicts: [verdict('nonconformant')] }).outcome).toBe('not met');
    for (const word of ['untested', 'blocked', 'errored'] as const)
      expect(judged({ verdicts: [verdict(word, 'why')] })).toMatchObject({
        outcome: 'undecided',
        demands: [{ standing: 'undecided', reason: 'why' }],
      });
    expect(judged({ verdicts: [] }).outcome).toBe('undecided');
  });

  it('takes a result of another sentence, or one that was cut off, for none', () => {
    expect(judged({ clause: { digest: 'd2' } }).demands[0]?.reason).toMatch(/older sentence/);
    expect(judged({ record: { complete: false } })).toMatchObject({
      outcome: 'undecided',
      reason: 'the run was cut off',
    });
  });

  it('is for certain ABIs', () => {
    expect(judged({ record: { subject: { abi: 'uapi' } } })).toMatchObject({ outcome: 'not applicable', demands: [] });
  });

  it('excuses what does not bind this kernel, and is not met by excuses alone', () => {
    expect(judged({ clause: { since: '6.12' }, verdicts: [absent] })).toMatchObject({
      outcome: 'undecided',
      reason: 'nothing it demands was decided',
      demands: [{ standing: 'excused' }],
    });
  });

  it('excuses what rests on a capability that may be lacking, and nothing else', () => {
    const standing = (...scenarios: Deciding[]): unknown =>
      judged({ verdicts: [absent], scenarios }).demands.map((demand) => demand.standing);
    expect(standing(needing('@needs:qp-uc'))).toEqual(['excused']);
    expect(standing(needing('@needs:qp-uc', '@needs:srq'))).toEqual(['excused']);
    expect(standing(needing('@needs:qp-uc'), needing('@needs:srq'))).toEqual(['lacking']);
    expect(standing(needing('@needs:control-remove'))).toEqual(['excused']);
    // The way to the device lacks it: that decides nothing, and is not held against the device.
    expect(standing(needing('@needs:control-stall'))).toEqual(['undecided']);
    // A scenario that is held back by something else, such as its hazard.
    expect(standing(needing('@needs:pd'))).toEqual(['undecided']);
    // Scenarios of another ABI need nothing here.
    expect(standing(needing('@abi:uapi', '@needs:srq'), needing('@needs:qp-uc'))).toEqual(['excused']);
  });

  it('wants what it requires', () => {
    expect(judged({ record: { capabilities: [] } })).toMatchObject({ outcome: 'not met', lacks: ['pd'] });
    const way = judged({ profile: { requires: ['control-stall'] } });
    expect(way).toMatchObject({ outcome: 'undecided', lacks: ['control-stall'] });
  });

  it('rests no claim on what one author proposed', () => {
    const proposed = { clause: { basis: 'proposed' }, verdicts: [verdict('nonconformant')] } as const;
    expect(judged(proposed).demands).toMatchObject([
      { standing: 'told', reason: 'one author proposed it, and no claim rests on that' },
    ]);
    expect(judged({ ...proposed, profile: { certified: false } }).outcome).toBe('not met');
  });

  it('tells of shoulds and of what is not testable, without an outcome', () => {
    const standing = (given: Given): unknown => judged(given).demands[0];
    expect(standing({ clause: { level: 'should' }, verdicts: [verdict('deviates')] })).toMatchObject({
      standing: 'told',
    });
    expect(standing({ clause: { level: 'should' }, verdicts: [verdict('untested', 'no')] })).toMatchObject({
      standing: 'told',
    });
    expect(standing({ clause: { notTestable: 'because' }, verdicts: [verdict('untested')] })).toMatchObject({
      standing: 'not testable',
      reason: 'because',
    });
  });
});
