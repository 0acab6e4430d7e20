import { describe, expect, it } from 'vitest';
import { collector, formatProblem, type Problem } from '../problem.ts';
import { parseMarkdown } from './markdown.ts';

function parse(lines: readonly string[]) {
  const problems: Problem[] = [];
  const chapter = parseMarkdown('c.md', lines.join('\n'), collector(problems));
  return { ...chapter, problems: problems.map(formatProblem) };
}

describe('a chapter', () => {
  it('has a title, and clauses at level-3 headings that are one code span', () => {
    const { title, clauses, problems } = parse([
      '# Title #',
      'Words.',
      '## `no-clause`',
      '### `first` and words',
      '### `one`',
      '',
      'A sentence',
      '  over two lines.',
      '- key: value',
      '  continued',
      '',
      '* other: value',
      '',
      'Free text.',
      '- free: list',
      '#### Deeper',
      '### `two`',
    ]);
    expect(problems).toEqual([]);
    expect(title).toEqual({ text: 'Title', place: { file: 'c.md', line: 1, column: 3 } });
    expect(clauses).toEqual([
      {
        id: { text: 'one', place: { file: 'c.md', line: 5, column: 5 } },
        sentence: { text: 'A sentence over two lines.', place: { file: 'c.md', line: 7, column: 1 } },
        items: [
          { text: 'key: value continued', place: { file: 'c.md', line: 9, column: 3 } },
          { text: 'other: value', place: { file: 'c.md', line: 12, column: 3 } },
        ],
      },
      { id: { text: 'two', place: { file: 'c.md', line: 17, column: 5 } }, items: [] },
    ]);
  });

  it.each([['```'], ['~~~'], ['````'], ['  ```']])('sees no clause in code fenced by %s', (fence) => {
    const { clauses, problems } = parse([
      '# T',
      `${fence} yaml`,
      '### `hidden`',
      '# Hidden',
      fence.trim(),
      '### `seen`',
    ]);
    expect(problems).toEqual([]);
    expect(clauses.map(({ id }) => id.text)).toEqual(['seen']);
  });

  it('ends code only at a fence of its own kind and length', () => {
    const { clauses } = parse([
      '# T',
      '````',
      '```',
      '~~~~',
      '### `hidden`',
      '````',
      '### `seen`',
      '``` a`b',
      '### `too`',
    ]);
    expect(clauses.map(({ id }) => id.text)).toEqual(['seen', 'too']);
  });

  it.each(['### `one', '### one', '#### `one`', '## `one`', '### `one` two'])(
    'reports a clause below %s',
    (heading) => {
      const { clauses, problems } = parse(['# T', heading, 'A sentence.', '', '- subject: core', '- basis: decided']);
      expect(clauses).toEqual([]);
      expect(problems).toEqual([expect.stringMatching(/^c\.md:6:1: this list belongs to no clause/)]);
    },
  );

  it('reports code that never ends, a missing title and a second one', () => {
    expect(parse(['### `one`', '```']).problems).toEqual([
      'c.md:2:1: this code block is never closed',
      'c.md:1:1: a chapter needs a title: one level-1 heading',
    ]);
    expect(parse(['# One', '', '# Two']).problems).toEqual([
      'c.md:3:3: a chapter has one level-1 heading; make this one level 2',
    ]);
  });
});

it('a page starts with its title', () => {
  expect(parse(['---', 'sidebar_position: 1', '---', '# T']).problems[0]).toMatch(/^c\.md:1:1: .*spec\/contents\.yaml/);
});
