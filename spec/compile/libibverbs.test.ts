import { describe, expect, it } from 'vitest';
import { compileSpec } from '../compile.ts';
import { problemsOf } from './expect_problem.ts';
import { temporaryProject } from './temporary_project.ts';

const FILE = 'spec/libibverbs.yaml';
const TABLES = {
  'spec/abi/uverbs/objects.yaml': 'pd: { methods: { destroy: {} } }\n',
  'spec/abi/uverbs/commands.yaml': 'alloc_pd: { number: 3 }\n',
};
const VALID = `- function: ibv_alloc_pd
  group: pd
  uapi: [pd.create]
  uverbs: [alloc_pd]
  arguments: none
  returns: [handle]
  clauses: [call-refused]
- function: ibv_rate_to_mult
  group: helper
  inline: true
  library: Computes.
`;

describe('functions of libibverbs', () => {
  it('have calls in each ABI, or say why there are none', () => {
    const { spec, problems } = compileSpec(temporaryProject({ ...TABLES, [FILE]: VALID }));
    expect(problems).toEqual([]);
    expect(spec?.library).toEqual([
      {
        function: 'ibv_alloc_pd',
        group: 'pd',
        inline: false,
        calls: { uapi: ['pd.create'], uverbs: ['alloc_pd'] },
        arguments: 'none',
        returns: ['handle'],
        clauses: ['call-refused'],
      },
      {
        function: 'ibv_rate_to_mult',
        group: 'helper',
        inline: true,
        calls: { uapi: [], uverbs: [] },
        library: 'Computes.',
        returns: [],
        clauses: [],
      },
    ]);
  });

  it.each<[string, string, string, string]>([
    ['a method that is not there', '[pd.create]', '[pd.make]', '3:10: unknown call of `uapi` `pd.make`'],
    ['a command that is not there', '[alloc_pd]', '[make_pd]', '4:12: unknown call of `uverbs` `make_pd`'],
    ['a descriptor of nothing', '[pd.create]', '[open device]', '3:10: unknown object `device`'],
    ['a clause that is not there', '[call-refused]', '[call]', '7:13: there is no clause `call`'],
    ['silence without a reason', '  library: Computes.\n', '', '8:3: this function makes no call'],
    [
      'a reason where there are calls',
      '  arguments: none',
      '  library: so\n  arguments: none',
      '5:3: `library` says why',
    ],
    ['calls without arguments', '  arguments: none\n', '', '1:3: this function makes calls'],
    ['a function twice', 'ibv_rate_to_mult', 'ibv_alloc_pd', '8:13: `ibv_alloc_pd` stands here twice'],
    ['an unknown key', 'group: pd', 'groups: pd', '2:3: unknown key `groups`'],
  ])('do not have %s', (_what, piece, replacement, problem) => {
    const problems = problemsOf({ ...TABLES, [FILE]: VALID.replace(piece, replacement) });
    expect(problems).toContainEqual(expect.stringContaining(problem));
  });
});
