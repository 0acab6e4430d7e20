import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../spec/compile/files.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { growthProblems } from './growth.ts';
import { publishedLines } from './published.ts';

const GOLDEN = join(packageRoot(), 'runner', 'golden', 'published.txt');

it('the tables have grown from what was published by the rules, and what is new is published by `npm run golden`', async () => {
  const now = publishedLines(projectSpec());
  // What breaks a rule is not written either.
  expect(growthProblems(readFileSync(GOLDEN, 'utf8').trimEnd().split('\n'), now)).toEqual([]);
  await expect(`${now.join('\n')}\n`).toMatchFileSnapshot(GOLDEN);
});

const PUBLISHED = [
  'uapi number qp cap 20 struct/cap',
  'uapi use qp.create cap required',
  'uapi use qp.create flags optional',
  'uverbs field cap size 0 4',
  'uverbs field cap reserved 4 4',
  'uverbs struct cap 8 fixed',
  'uverbs field query size 0 4',
  'uverbs field query count 4 4',
  'uverbs struct query 8 open',
];
const edited = (change: Readonly<Record<string, string>>, ...more: readonly string[]): string[] => [
  ...PUBLISHED.map((line) => change[line] ?? line).filter((line) => line !== ''),
  ...more,
];

describe('growth', () => {
  it.each<[string, string[]]>([
    [
      'a field at the end',
      edited({ 'uverbs struct query 8 open': 'uverbs struct query 16 open' }, 'uverbs field query more 8 8'),
    ],
    ['reserved bytes that get a meaning', edited({ 'uverbs field cap reserved 4 4': 'uverbs field cap more 4 4' })],
    ['a new struct', edited({}, 'uverbs struct other 4 open', 'uverbs field other one 0 4')],
    ['an attribute that can be left out', edited({}, 'uapi number qp more 21 u32', 'uapi use qp.create more optional')],
    ['a new method, whatever it requires', edited({}, 'uapi use qp.rename name required')],
    [
      'an attribute that need not be sent any longer',
      edited({ 'uapi use qp.create cap required': 'uapi use qp.create cap optional' }),
    ],
  ])('can be %s', (_what, now) => {
    expect(growthProblems(PUBLISHED, now)).toEqual([]);
  });

  it.each<[string, string[], string]>([
    [
      'a field in the middle',
      edited({ 'uverbs field query count 4 4': 'uverbs field query count 8 4' }, 'uverbs field query more 4 4'),
      'uverbs query: the field count lies elsewhere',
    ],
    [
      'a field where another is',
      edited({}, 'uverbs field query more 4 4'),
      'uverbs query: the field more is new and not at the end',
    ],
    [
      'a wider field',
      edited({ 'uverbs field query count 4 4': 'uverbs field query count 4 8' }),
      'uverbs query: the field count lies elsewhere',
    ],
    ['a field that is gone', edited({ 'uverbs field query count 4 4': '' }), 'uverbs query: the field count is gone'],
    ['a struct that is gone', edited({ 'uverbs struct query 8 open': '' }), 'uverbs query: the struct is gone'],
    [
      'a struct that shrinks',
      edited({ 'uverbs struct query 8 open': 'uverbs struct query 4 open' }),
      'uverbs query: the struct has shrunk',
    ],
    [
      'a struct in another that grows',
      edited({ 'uverbs struct cap 8 fixed': 'uverbs struct cap 12 fixed' }),
      'uverbs cap: the struct has grown, and others lie behind it: add an attribute, or another struct',
    ],
    [
      'a struct that grows as it is put into another',
      edited({ 'uverbs struct query 8 open': 'uverbs struct query 12 fixed' }),
      'uverbs query: the struct has grown, and others lie behind it: add an attribute, or another struct',
    ],
    [
      'two extensions in one place',
      edited(
        { 'uverbs struct query 8 open': 'uverbs struct query 16 open' },
        'uverbs field query one 8 8',
        'uverbs field query two 12 4',
      ),
      'uverbs query: the field two shares its bytes with another: no union holds two extensions',
    ],
    [
      'another number',
      edited({ 'uapi number qp cap 20 struct/cap': 'uapi number qp cap 21 struct/cap' }),
      'uapi qp cap: was 20 struct/cap and is 21 struct/cap',
    ],
    [
      'another type',
      edited({ 'uapi number qp cap 20 struct/cap': 'uapi number qp cap 20 u32' }),
      'uapi qp cap: was 20 struct/cap and is 20 u32',
    ],
    [
      'a number that is gone',
      edited({ 'uapi number qp cap 20 struct/cap': '' }),
      'uapi qp cap: the number 20 struct/cap is gone, and callers still send it',
    ],
    [
      'a new attribute that is required',
      edited({}, 'uapi use qp.create more required'),
      'uapi qp.create more: is required now, and callers of what was published do not send it',
    ],
    [
      'an old attribute that becomes required',
      edited({ 'uapi use qp.create flags optional': 'uapi use qp.create flags required' }),
      'uapi qp.create flags: is required now, and callers of what was published do not send it',
    ],
  ])('cannot be %s', (_what, now, problem) => {
    expect(growthProblems(PUBLISHED, now)).toContain(problem);
  });
});
