import { describe, expect, it } from 'vitest';
import { compileSpec } from '../compile.ts';
import { formatProblem } from '../problem.ts';
import { temporaryProject } from './temporary_project.ts';

const ENTRY = `- clause: call-refused
  driver: rxe
  kernels: '>=6.1 <6.12'
  what: it is taken
  trace: [open, send a bad call]
  because: the mail says so
  sources: ['drivers/infiniband/sw/rxe/rxe_verbs.c:rxe_create_qp@6.1', a-mail]
  upstream: https://example.org/report
`;

function compiled(text: string) {
  const root = temporaryProject({ 'spec/known-deviations.yaml': text });
  const { spec, problems } = compileSpec(root);
  return { spec, problems: problems.map(formatProblem) };
}

describe('known deviations', () => {
  it('are part of the compiled specification, with sources that are links', () => {
    const { spec, problems } = compiled(ENTRY);
    expect(problems).toEqual([]);
    expect(spec?.deviations).toMatchObject([
      {
        clause: 'call-refused',
        driver: 'rxe',
        sources: [
          {
            title: 'rxe_create_qp in drivers/infiniband/sw/rxe/rxe_verbs.c, Linux 6.1',
            link: 'https://elixir.bootlin.com/linux/v6.1/source/drivers/infiniband/sw/rxe/rxe_verbs.c',
          },
          { key: 'a-mail' },
        ],
        place: { file: 'spec/known-deviations.yaml', line: 1 },
      },
    ]);
  });

  it('do not change the digest of what binds', () => {
    expect(compiled(ENTRY).spec?.digest).toBe(compiled('[]\n').spec?.digest);
  });

  it.each<[string, string, string, string]>([
    ['an unknown clause', 'call-refused', 'call-taken', '1:11: there is no clause `call-taken`'],
    ['a driver that is no name', 'driver: rxe', 'driver: Soft RoCE', '2:11: `driver` must be the name of a driver'],
    ['a range that is none', '>=6.1 <6.12', '6.1 to 6.12', '3:12: `kernels` must be bounds'],
    ['no calls and no scenario', '  trace: [open, send a bad call]\n', '', '1:3: this entry needs `trace`'],
    [
      'a source of another shape',
      ':rxe_create_qp@6.1',
      ' rxe_create_qp',
      '7:13: `drivers/infiniband/sw/rxe/rxe_verbs.c rxe_create_qp` is no FILE:FUNCTION@VERSION',
    ],
    ['an unknown source', 'a-mail]', 'b-mail]', 'is no source of spec/sources.yaml'],
    ['an unknown key', '  what:', '  who: me\n  what:', '4:3: unknown key `who`'],
    ['a link that is none', 'https://example.org/report', 'the list', 'must be a link'],
    ['a check without its scenario', '  because:', '  check: x\n  because:', '6:10: `check` needs the `scenario`'],
  ])('refuse %s at its place', (_, piece, replacement, words) => {
    expect(ENTRY).toContain(piece);
    const { spec, problems } = compiled(ENTRY.replace(piece, replacement));
    expect(spec).toBeUndefined();
    expect(problems.join('\n')).toContain(`spec/known-deviations.yaml:${/^\d/.test(words) ? words : ''}`);
    expect(problems.join('\n')).toContain(words);
  });
});
