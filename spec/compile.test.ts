import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileSpec } from './compile.ts';
import { problemsOf } from './compile/expect_problem.ts';
import { packageRoot } from './compile/files.ts';
import { edited, temporaryProject } from './compile/temporary_project.ts';
import { formatProblem } from './problem.ts';

describe('the specification of this project', () => {
  it('compiles without problems, twice to the same digest', () => {
    const { spec, problems } = compileSpec(packageRoot());
    expect(problems.map(formatProblem)).toEqual([]);
    expect(spec?.digest).toMatch(/^[0-9a-f]{16}$/);
    expect(compileSpec(packageRoot()).spec?.digest).toBe(spec?.digest);
  });
});

describe('a small specification', () => {
  it('compiles to one value with everything in it', () => {
    const { spec, problems } = compileSpec(temporaryProject());
    expect(problems).toEqual([]);
    expect(spec).toMatchObject({
      version: '1.2.3',
      chapters: [{ id: 'calls', title: 'Calls', file: 'spec/chapters/calls.md', order: 1, clauses: ['call-refused'] }],
      sources: { 'a-mail': { key: 'a-mail', kind: 'mail', messageId: '<1@example.org>' } },
      enums: { qp_type: { RC: 2, UD: 4 } },
      flags: { access: { READ: 1, WRITE: 2 } },
      uverbs: { numbers: { pd: 1 } },
    });
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });

  it('changes the digest of a clause with its sentence, not with its place or source', () => {
    const digests = [
      {},
      edited('spec/chapters/calls.md', '# Calls', '# Calls\n\nSome words.'),
      edited('spec/chapters/calls.md', '; a-mail', ''),
      edited('spec/chapters/calls.md', 'refuse a call', 'refuse every call'),
    ].map((files) => compileSpec(temporaryProject(files)).spec?.clauses['call-refused']?.digest);
    expect(digests[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(digests.map((digest) => digest === digests[0])).toEqual([true, true, true, false]);
  });
});

describe('bad input', () => {
  it('is reported file by file where everything is missing', () => {
    const { spec, problems } = compileSpec(join(temporaryProject(), 'nowhere'));
    expect(spec).toBeUndefined();
    expect(problems.map(formatProblem)).toEqual([
      'package.json:1:1: this file is missing',
      'spec/chapters, spec/objects:1:1: there are no chapters',
      'spec/contents.yaml:1:1: this file is missing',
      'spec/known-deviations.yaml:1:1: this file is missing',
      'spec/libibverbs.yaml:1:1: this file is missing',
      'spec/objects/qp_states.yaml:1:1: this file is missing',
      'spec/objects/types.yaml:1:1: this file is missing',
      'spec/provenance.yaml:1:1: this file is missing',
      'spec/sources.yaml:1:1: this file is missing',
    ]);
  });

  it('does not throw for a folder in the place of a file', () => {
    const root = temporaryProject({ 'spec/sources.yaml': undefined });
    mkdirSync(join(root, 'spec/sources.yaml'));
    expect(compileSpec(root).problems.map(formatProblem)).toEqual([
      'spec/sources.yaml:1:1: cannot read this file: EISDIR',
    ]);
  });

  it('is all reported in one run, sorted by place', () => {
    const problems = problemsOf({
      'package.json': '{',
      'spec/sources.yaml': 'a-mail: { kind: letter, title: A mail }\n',
      ...edited('spec/objects/qp.yaml', 'struct cap', 'struct cup'),
      ...edited('spec/chapters/calls.md', 'errno: EINVAL', 'errno: EINVALID'),
      'spec/abi/uverbs/list.yaml': '[1]\n',
    });
    expect(problems.map((problem) => problem.split(': ')[0])).toEqual([
      'package.json:1:1',
      'spec/abi/uverbs/list.yaml:1:1',
      'spec/chapters/calls.md:9:10',
      'spec/objects/qp.yaml:10:24',
      'spec/sources.yaml:1:17',
    ]);
  });

  it.each([
    ['null', 'null\n'],
    ['a list', '[]\n'],
    ['nothing', ''],
    ['a word', 'word\n'],
    ['broken YAML', 'a: [1\nb: {\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['an alias without an anchor', 'a: *nothing\n'],
    ['an alias of itself', 'a: &a { b: *a }\n'],
    ['repeated keys', 'a: 1\na: 2\n'],
    ['binary data', '\u0000\u0001\ufffd: \u0007\n'],
    ['a mapping as key', '? { a: 1 }\n: b\n'],
    ['a key of every object', '__proto__: { constructor: 1 }\n'],
  ])('never throws: %s in any YAML file', (_, text) => {
    for (const file of ['sources', 'objects/types', 'objects/qp_states', 'objects/qp']) {
      const problems = problemsOf({ [`spec/${file}.yaml`]: text });
      // An empty list of sources is possible, but then the clause's source is unknown.
      expect(problems.length, file).toBeGreaterThan(0);
    }
  });
});
