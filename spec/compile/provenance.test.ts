import { describe, expect, it } from 'vitest';
import { compileSpec } from '../compile.ts';
import { formatProblem } from '../problem.ts';
import { edited, temporaryProject } from './temporary_project.ts';

const ENTRIES = `- number: 1
  says: a bad call is refused
  who: [Writer]
  mails: { a-mail: 7 }
  clauses: [call-refused]
  rules: [package.json]
  benches: [spec/sources.yaml]
  decisions: [a-decision]
- number: 2
  says: a good call is fast
  who: [Writer, Reader]
  mails: { b-mail: 20 }
  because: speed is nobody's business
- number: 3
  says: there are two calls in one
  who: [Reader]
  mails: { a-mail: 9, c-mail: 1 }
  open: the second call
`;

const SOURCES = `a-mail: { kind: mail, title: A mail, file: mails, line: 5 }
b-mail: { kind: mail, title: The next, file: mails, line: 10 }
c-mail: { kind: mail, title: Another, file: other mails }
a-decision: { kind: decision, title: A decision }
`;

function compiled(text: string, more: Readonly<Record<string, string>> = {}) {
  const root = temporaryProject({ 'spec/sources.yaml': SOURCES, 'spec/provenance.yaml': text, ...more });
  const { spec, problems } = compileSpec(root);
  return { spec, problems: problems.map(formatProblem) };
}

describe('the provenance', () => {
  it('is part of the compiled specification', () => {
    const { spec, problems } = compiled(ENTRIES);
    expect(problems).toEqual([]);
    expect(spec?.provenance).toMatchObject([
      { number: 1, mails: { 'a-mail': 7 }, place: { file: 'spec/provenance.yaml', line: 1 } },
      { number: 2, who: ['Writer', 'Reader'], because: "speed is nobody's business" },
      { number: 3, open: 'the second call', place: { line: 14 } },
    ]);
  });

  it('does not change the digest of what binds', () => {
    expect(compiled(ENTRIES).spec?.digest).toBe(compiled('[]\n').spec?.digest);
  });

  it('may say what is missing beside what is there', () => {
    expect(compiled(ENTRIES.replace('clauses:', 'open: the rest\n  clauses:')).problems).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['a gap in the numbers', 'number: 2', 'number: 4', '9:11: statement 4 stands where 2 belongs'],
    ['a number given twice', 'number: 3', 'number: 2', '14:11: statement 2 stands where 3 belongs'],
    ['no statement', '  says: a bad call is refused\n', '', '1:3: `0` lacks the key `says`'],
    ['no mail', '{ a-mail: 7 }', '{}', '4:10: '],
    ['a name that is none', '[Writer]', '[somebody]', '3:9: `0` must be a surname'],
    ['an unknown mail', '{ b-mail: 20 }', '{ d-mail: 20 }', '12:12: `d-mail` is no mail of spec/sources.yaml'],
    ['a source that is no mail', '{ b-mail: 20 }', '{ a-decision: 1 }', '12:12: `a-decision` is no mail'],
    ['a line before the mail', 'a-mail: 7', 'a-mail: 4', '4:20: line 4 of mails is not in `a-mail`'],
    ['a line of the next mail', 'a-mail: 9', 'a-mail: 10', '17:20: line 10 of mails is not in `a-mail`'],
    ['a statement without a home', '  open: the second call\n', '', '14:3: this statement went nowhere'],
    ['an unknown clause', '[call-refused]', '[call-taken]', '5:13: there is no clause `call-taken`'],
    ['what every object has as a clause', '[call-refused]', '[constructor]', '5:13: there is no clause `constructor`'],
    ['a file that is not there', '[package.json]', '[spec/none.test.ts]', '6:11: there is no file spec/none.test.ts'],
    ['a folder', '[spec/sources.yaml]', '[spec.d]', '7:13: there is no file spec.d'],
    ['a path out of the project', '[package.json]', '[../package.json]', '6:11: `0` must be a file of this project'],
    ['an absolute path', '[package.json]', '[/etc/passwd.txt]', '6:11: `0` must be a file of this project'],
    ['an unknown decision', '[a-decision]', '[b-decision]', '8:15: `b-decision` is no decision'],
    ['a decision that is a mail', '[a-decision]', '[a-mail]', '8:15: `a-mail` is no decision'],
    [
      'a reason beside a test',
      'because:',
      'rules: [package.json]\n  because:',
      '14:3: `because` says why nothing tests it',
    ],
    [
      'a reason beside what is missing',
      'because:',
      'open: speed\n  because:',
      '14:3: `because` says that nothing is missing',
    ],
    ['an unknown key', '  open:', '  home: none\n  open:', '18:3: unknown key `home`'],
  ])('refuses %s at its place', (_, piece, replacement, words) => {
    expect(ENTRIES).toContain(piece);
    const { spec, problems } = compiled(ENTRIES.replace(piece, replacement), { 'spec.d/file': '' });
    expect(spec).toBeUndefined();
    expect(problems.join('\n')).toContain(`spec/provenance.yaml:${words}`);
  });

  it.each([
    ['withdrawn', '- withdrawn: it was wrong', '`call-refused` is withdrawn'],
    ['not testable', '- not testable: because nobody sees it', '`call-refused` is not testable'],
  ])('refuses a clause that is %s', (_, line, words) => {
    const { problems } = compiled(ENTRIES, edited('spec/chapters/calls.md', '- basis:', `${line}\n- basis:`));
    expect(problems.join('\n')).toContain(`spec/provenance.yaml:5:13: ${words}`);
  });
});
