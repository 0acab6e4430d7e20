import { describe, expect, it } from 'vitest';
import { compileSpec } from '../compile.ts';
import { problemsOf } from './expect_problem.ts';
import { temporaryProject } from './temporary_project.ts';

describe('clauses across chapters', () => {
  const chapter = (...ids: string[]): string =>
    [
      '# T',
      ...ids.map(
        (id) => `### \`${id}\`\n\nIt **may** be.\n\n- subject: core\n- abi: uapi\n- basis: decided\n- source: a-mail\n`,
      ),
    ].join('\n\n');

  it('keep the order of the chapters', () => {
    const { spec } = compileSpec(
      temporaryProject({
        'spec/contents.yaml': '- { part: one, title: T, for: F, pages: [pd, calls] }\n',
        'spec/chapters/calls.md': chapter('call-b', 'call-a'),
        'spec/objects/pd.md': chapter('pd-create'),
      }),
    );
    expect(spec?.chapters.map(({ id }) => id)).toEqual(['pd', 'calls']);
    expect(Object.keys(spec?.clauses ?? {})).toEqual(['pd-create', 'call-b', 'call-a']);
  });

  it('have ids and chapters of their own', () => {
    const problems = problemsOf({
      'spec/objects/calls.md': chapter('same', 'call-refused'),
    });
    expect(problems).toEqual([
      'spec/objects/calls.md:1:1: the chapter id `calls` already belongs to spec/chapters/calls.md',
      'spec/objects/calls.md:13:5: the clause `call-refused` already exists at spec/chapters/calls.md:3',
    ]);
  });
});
