import { expect, it } from 'vitest';
import { formatProblem, sortProblems } from './problem.ts';

it('writes a problem as a link and its message', () => {
  expect(formatProblem({ file: 'spec/a.md', line: 3, column: 7, message: 'wrong' })).toBe('spec/a.md:3:7: wrong');
});

it('sorts by place, numbers as numbers, and keeps a repeated problem once', () => {
  const at = (file: string, line: number, column: number) => ({ file, line, column, message: 'm' });
  expect(sortProblems([at('b', 1, 1), at('a', 10, 1), at('a', 9, 2), at('a', 9, 1), at('a', 10, 1)])).toEqual([
    at('a', 9, 1),
    at('a', 9, 2),
    at('a', 10, 1),
    at('b', 1, 1),
  ]);
});
