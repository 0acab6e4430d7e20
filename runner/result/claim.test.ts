import { describe, expect, it } from 'vitest';
import type { Profile } from '../../spec/model.ts';
import { check, clause, header, scenario, specOf } from '../fixtures.ts';
import { fold } from './fold.ts';
import { claimOf, obstacleTo } from './claim.ts';
import type { ResultDocument } from './document.ts';

const spec = specOf(clause('pd-create'), clause('pd-limit'));
const profile: Profile = {
  id: 'core',
  title: 'Core',
  purpose: 'For tests.',
  certified: true,
  abi: ['uapi'],
  clauses: ['pd-create'],
  except: {},
  requires: [],
  mayLack: [],
  notCovered: [],
  digest: 'x',
};
const { spec: of, features: digest, selection, subject } = header([]);
const features = (...tags: string[]) => ({
  digest,
  scenarios: [
    { id: 'pd/create#one', uri: 'features/pd/create.feature', line: 1, name: 'one', tags, clauses: ['pd-create'] },
  ],
});
const run = {
  spec: of,
  features: digest,
  subject: { ...subject, study: false },
  selection,
  capabilities: ['control-stall'],
  scenarios: [scenario('pd/create#one', ['pd-create'])],
};
const notApplicable = { ...run, scenarios: [scenario('pd/create#one', ['pd-create'], { outcome: 'not-applicable' })] };

describe('what stands in the way of a claim', () => {
  it('is nothing where the run was whole', () => {
    expect(obstacleTo(profile, run, spec, features())).toBeUndefined();
  });

  it('is the profile, or whose implementation it is', () => {
    const list = { ...profile, certified: false, because: 'it is a list' };
    expect(obstacleTo(list, run, spec, features())).toBe(
      'nothing in this profile is ever certified, because it is a list',
    );
    expect(obstacleTo(profile, { ...run, subject }, spec, features())).toMatch(/part of this project/);
  });

  it.each([{ tags: '@needs:pd' }, { name: 'pd/' }, { objects: ['pd'] }])('is a run of a part: %j', (part) => {
    expect(obstacleTo(profile, { ...run, selection: { ...selection, ...part } }, spec, features())).toMatch(
      /left scenarios out by/,
    );
  });

  it('is a run of something else', () => {
    expect(obstacleTo(profile, { ...run, features: 'other' }, spec, features())).toMatch(/of other scenarios/);
    expect(obstacleTo(profile, { ...run, spec: { ...of, digest: 'other' } }, spec, features())).toMatch(
      /another specification/,
    );
  });

  it('is a scenario that only its hazard kept from running, where what it decides is demanded', () => {
    const disruptive = features('@needs:control-stall');
    expect(obstacleTo(profile, notApplicable, spec, disruptive)).toMatch(/may disturb others/);
    // It ran, since the device is nobody's.
    expect(obstacleTo(profile, run, spec, disruptive)).toBeUndefined();
    // It could not have run at all.
    expect(obstacleTo(profile, { ...notApplicable, capabilities: [] }, spec, disruptive)).toBeUndefined();
    expect(obstacleTo({ ...profile, clauses: ['pd-limit'] }, notApplicable, spec, disruptive)).toBeUndefined();
  });
});

describe('a claim', () => {
  function resultOf(passed: boolean, study = false): ResultDocument {
    const its = scenario('pd/create#one', ['pd-create'], {
      outcome: passed ? 'passed' : 'failed',
      checks: [check('pd-create', passed)],
    });
    const lines = [
      header([{ id: its.id, clauses: its.clauses }], { subject: { ...subject, study } }),
      { kind: 'finished' as const, scenario: its },
      { kind: 'ended' as const, at: '2030-01-02T03:05:00Z' },
    ];
    return fold(lines, spec);
  }

  it('is carried where the profile is met and nothing is in the way', () => {
    expect(claimOf(profile, resultOf(true), spec, features())).toMatchObject({
      judgement: { outcome: 'met' },
      obstacle: undefined,
      carried: true,
    });
  });

  it('is not carried by what is not met, nor by what is met in vain', () => {
    expect(claimOf(profile, resultOf(false), spec, features())).toMatchObject({
      judgement: { outcome: 'not met' },
      carried: false,
    });
    expect(claimOf(profile, resultOf(true, true), spec, features())).toMatchObject({
      judgement: { outcome: 'met' },
      carried: false,
    });
  });
});
