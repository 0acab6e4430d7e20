import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../spec/problem.ts';
import { lintFeatures } from './lint.ts';
import { lintText, projectWith, ruleWith } from './linted_project.ts';

describe('scenario ids', () => {
  it('are refused a second time, after outlines are filled in', () => {
    const outline = [
      'Scenario: one <n>',
      'Given <n>',
      'Examples:',
      '|n|',
      '|1|',
      '|(1)|',
      'Scenario: One: 1',
      'Given a',
    ];
    expect(lintText(ruleWith(outline))).toEqual([
      '9:1: the scenario id a#one-1 belongs to line 8 of features/a.feature; change the name',
      '10:1: the scenario id a#one-1 belongs to line 8 of features/a.feature; change the name',
    ]);
  });

  function renamed(text: string): string[] {
    const { root, spec } = projectWith({ 'a.feature': ruleWith(['Scenario: one', 'Given a']), 'renamed.yaml': text });
    return lintFeatures(root, spec).map(formatProblem);
  }

  it('may have been renamed to ones that exist', () => {
    expect(renamed('a#old: a#one\nqp/gone#two: a#one\n')).toEqual([]);
    expect(renamed('# nothing yet\n')).toEqual([]);
  });

  it.each([
    ['to one that does not exist', 'a#old: a#on\n', '1:8: there is no scenario a#on; did you mean a#one?'],
    [
      'while the old one exists',
      'x: a#one\na#one: a#one\n',
      '2:1: the scenario a#one still exists; only ids that are gone stand here',
    ],
    ['to nothing', 'a#old:\n', '1:7: the new scenario id is missing'],
    ['as a list', '- a\n', '1:1: this file maps old scenario ids to new ones: `old/file#name: new/file#name`'],
    ['twice', 'a#old: a#one\na#old: a#one\n', '2:1: YAML: Map keys must be unique'],
  ])('are refused as renamed %s', (_, text, message) => {
    expect(renamed(text)).toEqual([`features/renamed.yaml:${message}`]);
  });
});
