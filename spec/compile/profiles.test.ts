import { describe, expect, it } from 'vitest';
import { compileSpec } from '../compile.ts';
import { problemsOf } from './expect_problem.ts';
import { temporaryProject } from './temporary_project.ts';

const BASE = `profile: base
title: Base
purpose: For all.
certified: true
abi: [uapi]
chapters: [calls]
requires: [pd]
may_lack: [qp-uc, srq]
not_covered: [the rest]
`;
const MORE = `profile: more
title: More
purpose: For some.
certified: false
because: it is a list
abi: [uverbs]
includes: [base]
requires: [srq]
`;
const profiles = (base: string, more = MORE): Record<string, string> => ({
  'spec/profiles/base.yaml': base,
  'spec/profiles/more.yaml': more,
});

describe('profiles', () => {
  it('demand the clauses of their chapters, and all that they include', () => {
    const { spec, problems } = compileSpec(temporaryProject(profiles(BASE)));
    expect(problems).toEqual([]);
    expect(spec?.profiles['base']).toMatchObject({ clauses: ['call-refused'], requires: ['pd'], certified: true });
    expect(spec?.profiles['more']).toMatchObject({
      title: 'More',
      certified: false,
      because: 'it is a list',
      abi: ['uverbs'],
      clauses: ['call-refused'],
      requires: ['srq', 'pd'],
      // What it requires is no longer excused.
      mayLack: ['qp-uc'],
      notCovered: ['the rest'],
    });
  });

  it('have a digest over what they demand, and no part in that of the specification', () => {
    const digests = (base: string): (string | undefined)[] => {
      const { spec } = compileSpec(temporaryProject(profiles(base)));
      return [spec?.digest, spec?.profiles['base']?.digest, spec?.profiles['more']?.digest];
    };
    const [spec, base, more] = digests(BASE);
    const [again, changed, included] = digests(BASE.replace('qp-uc, srq', 'srq'));
    expect(again).toBe(spec);
    expect(changed).not.toBe(base);
    expect(included).not.toBe(more);
  });

  it('may leave out a clause, with the reason', () => {
    const { spec } = compileSpec(temporaryProject(profiles(`${BASE}except: { call-refused: nobody calls }\n`)));
    expect(spec?.profiles['base']).toMatchObject({ clauses: [], except: { 'call-refused': 'nobody calls' } });
  });

  it.each<[string, string, string, string]>([
    ['an unknown chapter', 'chapters: [calls]', 'chapters: [cals]', '6:12: unknown chapter `cals`'],
    ['an unknown capability', 'requires: [pd]', 'requires: [pdd]', '7:12: unknown capability `pdd`'],
    ['one that is required and may lack', 'requires: [pd]', 'requires: [srq]', '8:19: `srq` is required as well'],
    ['an unknown clause', 'chapters: [calls]', 'clauses: [call]', '6:11: there is no clause `call`'],
    [
      'a file of another name',
      'profile: base',
      'profile: bass',
      '1:10: the profile `bass` belongs into spec/profiles/bass.yaml',
    ],
    ['nothing that is demanded', 'chapters: [calls]\n', '', '1:10: this profile demands nothing'],
    ['itself behind another', 'chapters: [calls]', 'includes: [more]', '6:12: `more` includes this profile itself'],
    [
      'an exception to what it does not demand',
      'not_covered',
      'except: { other: so }\nnot_covered',
      'unknown clause of its chapters `other`',
    ],
    ['a reason against it where it is certified', 'abi:', 'because: so\nabi:', '5:10: this is why a profile is never'],
    ['never being certified without a reason', 'certified: true', 'certified: false', '4:12: a profile that is never'],
    ['an unknown key', 'title: Base', 'titel: Base', '2:1: unknown key `titel`'],
  ])('refuses %s', (_what, piece, replacement, problem) => {
    const problems = problemsOf(profiles(BASE.replace(piece, replacement)));
    expect(problems).toContainEqual(expect.stringContaining(problem));
  });
});
