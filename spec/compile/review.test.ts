import { expect, it } from 'vitest';
import { problemsOf } from './expect_problem.ts';

const FILE = 'spec/objects/context.yaml';
const TABLE = `object: context
title: Context
instances: created
space: context
driver: true
review: { owner: Somebody, text: spec/chapters/calls.md, reviewer: Another }
uapi: 0x8001
attributes: {}
methods:
  create: { meaning: makes one, attributes: {} }
  destroy: { meaning: frees one, attributes: {} }
`;

it('a class of a driver has an owner, a text and a reviewer', () => {
  expect(problemsOf({ [FILE]: TABLE })).toEqual([]);
});

it.each<[string, string, string, string]>([
  ['no review', /review.*\n/.exec(TABLE)?.[0] ?? '', '', '5:1: a class of a driver needs `review`'],
  ['a review of a common class', 'driver: true\n', '', '5:1: `review` is for classes of drivers'],
  ['a reviewer who owns it', 'Another', 'Somebody', 'Somebody owns this class, and another has to review it'],
  ['a text that is not there', 'calls.md', 'other.md', 'there is no file spec/chapters/other.md'],
  ['nobody who owns it', 'owner: Somebody, ', '', '`review` lacks the key `owner`'],
])('is refused with %s', (_what, piece, replacement, problem) => {
  expect(problemsOf({ [FILE]: TABLE.replace(piece, replacement) })).toContainEqual(expect.stringContaining(problem));
});
