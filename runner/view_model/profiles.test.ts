import { beforeAll, describe, expect, it } from 'vitest';
import { projectSpec } from '../../spec/project_spec.ts';
import { AGAINST, judgeProfile } from '../../spec/verdict/profile.ts';
import { check, header, scenario } from '../fixtures.ts';
import { ROOT } from '../project.ts';
import type { ResultDocument } from '../result/document.ts';
import { fold } from '../result/fold.ts';
import { readFeatures } from '../run/features.ts';
import type { ProfileView } from './model.ts';
import { demandedBy, profileViews } from './profiles.ts';

const SPEC = projectSpec();
const FEATURES = readFeatures(ROOT);
const SCENARIO = 'concurrency/objects#every-use-of-every-object-twice-at-once';

function documentOf(passed: boolean, more: Partial<ResultDocument['subject']> = {}): ResultDocument {
  const its = scenario(SCENARIO, ['concurrent-share'], {
    outcome: passed ? 'passed' : 'failed',
    checks: [check('concurrent-share', passed)],
  });
  const { subject } = header([]);
  const spec = { version: SPEC.version, digest: SPEC.digest };
  const lines = [
    header([{ id: its.id, clauses: its.clauses }], {
      spec,
      features: FEATURES.digest,
      subject: { ...subject, abi: 'uverbs', ...more },
    }),
    { kind: 'finished' as const, scenario: its },
    { kind: 'ended' as const, at: '2030-01-02T03:05:00Z' },
  ];
  return fold(lines, SPEC);
}

const RXE = documentOf(false, { study: false, driver: 'rxe', kernel: '6.12.1' });
const STUDY = documentOf(true);
const PUBLISHED = [
  { id: 'rxe', file: 'rxe/result.json', document: RXE },
  { id: 'study', file: 'study/result.json', document: STUDY },
];

let profiles: ProfileView[];
const profile = (id: string): ProfileView | undefined => profiles.find((one) => one.id === id);

beforeAll(() => {
  profiles = profileViews(SPEC, FEATURES, PUBLISHED);
});

describe('a profile of the view model', () => {
  it('has every demanded clause once, in its chapter', () => {
    for (const { id, demands, chapters } of profiles) {
      const clauses = chapters.flatMap((chapter) => chapter.clauses);
      expect([...clauses].sort(), id).toEqual([...(SPEC.profiles[id]?.clauses ?? [])].sort());
      expect(demands).toBe(clauses.length);
    }
    const chapter = profile('core')?.chapters.find(({ clauses }) => clauses.includes('concurrent-share'));
    expect(chapter?.chapter).toBe('concurrency');
  });

  it('stands behind what it contains, and those that are never certified at the end', () => {
    const ids = profiles.map(({ id }) => id);
    expect([...ids].sort()).toEqual(Object.keys(SPEC.profiles).sort());
    expect(ids[0]).toBe('core');
    expect(profiles.map(({ certified }) => certified)).toEqual(
      [...profiles.map(({ certified }) => certified)].sort((a, b) => Number(b) - Number(a)),
    );
    expect(profile('verbs')?.contains).toEqual(['core']);
    // It demands the clauses of no-qp too, but not that a device has no queue pairs.
    expect(profile('driver-classes')?.contains).toEqual(['core']);
    expect(profile('storage-ulp')?.because).toMatch(/decided by no clause/);
  });

  it('judges every result as certify does', () => {
    for (const { id, judgements } of profiles) {
      const source = SPEC.profiles[id];
      if (source === undefined) throw new Error(id);
      expect(judgements.map(({ subject }) => subject)).toEqual(['rxe', 'study']);
      for (const [index, { document }] of PUBLISHED.entries()) {
        const { outcome, lacks, demands } = judgeProfile(source, SPEC, FEATURES.scenarios, document);
        expect(judgements[index]).toMatchObject({ outcome, lacks, carried: false });
        const against = demands.filter(({ standing }) => AGAINST.includes(standing)).map(({ clause }) => clause);
        expect([...(judgements[index]?.against ?? [])].map(({ clause }) => clause).sort()).toEqual(against.sort());
      }
    }
  });

  it('says of what failed what is known of it, and what is in the way whatever was found', () => {
    const [rxe, study] = profile('core')?.judgements ?? [];
    expect(rxe).toMatchObject({ outcome: 'not met', counts: { failed: 1 } });
    expect(rxe).not.toHaveProperty('obstacle');
    expect(rxe?.against[0]).toMatchObject({ clause: 'concurrent-share', standing: 'failed' });
    expect(rxe?.against[0]?.known[0]).toMatch(/attached to one group after the other/);
    expect(study?.obstacle).toMatch(/part of this project/);
    expect(study?.against.every(({ standing }) => standing !== 'failed')).toBe(true);
  });

  it('parts what a device offers from what the way to it does', () => {
    expect(profile('core')?.requires).toEqual({ device: ['pd'], way: ['complaints'] });
  });

  it('is found by each clause it demands', () => {
    expect(demandedBy(profiles).get('concurrent-share')).toContain('verbs');
    expect(demandedBy(profiles).get('concurrent-share')).not.toContain('experimental');
    expect(demandedBy(profiles).get('discovery-classes')).toContain('experimental');
  });
});
