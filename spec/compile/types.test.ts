import { describe, it } from 'vitest';
import { expectProblem } from './expect_problem.ts';

const TYPES = 'spec/objects/types.yaml';

describe('types', () => {
  it.each([
    ['number twice', 'INIT: 1', 'INIT: ¦0', /`INIT` has the number 0 of `RESET`/],
    ['flag without a bit', 'READ: 1', 'READ: 0', /`READ` has no bit/],
    ['shared bit', 'WRITE: 2', 'WRITE: 3', /`WRITE` shares a bit/],
    [
      'misaligned field',
      'reserved: { width: 4, meaning: zero }\n    add',
      'reserved: { width: 2, meaning: zero }\n    ¦add',
      /`address` would start at byte 6/,
    ],
    ['ragged end', 'address: { width: 8', 'address: { width: 2', /the struct `cap` has 10 bytes/],
    ['odd width', 'width: 8', 'width: 3', /`width` must be one of 1, 2, 4, 8, 16/],
    ['negative number', 'INIT: 1', 'INIT: -1', /`INIT` must be >= 0/],
  ])('are refused for a %s', (_, piece, replacement, message) => {
    expectProblem(TYPES, piece, replacement, message);
  });
});
