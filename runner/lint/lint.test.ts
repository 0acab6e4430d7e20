import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../spec/problem.ts';
import { lintFeatures } from './lint.ts';
import { lintText, projectWith, ruleWith } from './linted_project.ts';

const SCENARIO = ['Scenario: one', '  Given a thing'];

describe('a good feature', () => {
  it('has no findings', () => {
    const text = `
# a comment
@needs:qp-rc
Feature: Calls
  Words about the feature: they are free.

  Background:
    Given a device

  @refused @hazard:safe
  Rule: It is refused
    Words about the rule.

    Background:
      Given a thing
        | a | b |

    @abi:uapi
    Scenario Outline: <kind> of it
      When <kind> is done with "<other kind>"
        """
        <kind> and a < b and <- and b > a
        """
      Then the errno is EBUSY

      @needs:qp
      Examples: some
        | kind | other kind |
        | one  | x          |
      Examples: more
        | kind | other kind |
        | two  | x          |

    @abi:uverbs
    Scenario: another
      Then the errno is EINVAL
`;
    expect(lintText(text)).toEqual([]);
  });
});

describe('what Gherkin cannot parse', () => {
  it('is reported at its place, every error of every file', () => {
    const { root, spec } = projectWith({
      'a/b.feature':
        'Feature: F\n  @refused\n  Rule: R\n    Scenario: s\n      Given a\n      nonsense\n      | a |\n      more nonsense\n',
      'b.feature': '',
      'c.feature': '# language: nowhere\nFeature: F\n',
    });
    expect(lintFeatures(root, spec).map(formatProblem)).toEqual([
      expect.stringMatching(/^features\/a\/b\.feature:6:7: expected: .*, got 'nonsense'$/),
      expect.stringMatching(/^features\/a\/b\.feature:8:7: expected: .*, got 'more nonsense'$/),
      'features/b.feature:1:1: there is no feature in this file',
      'features/c.feature:1:1: Language not supported: nowhere',
    ]);
  });

  it('is reported as well where there is nothing to parse', () => {
    const nowhere = projectWith({});
    expect(lintFeatures(nowhere.root, nowhere.spec).map(formatProblem)).toEqual([
      'features:1:1: this folder is missing or cannot be read',
    ]);
    const empty = projectWith({ 'notes.txt': '' });
    expect(lintFeatures(empty.root, empty.spec).map(formatProblem)).toEqual([
      'features:1:1: there are no feature files in this folder',
    ]);
  });
});

describe('structure', () => {
  it.each([
    ['a scenario outside a rule', ['Feature: F', ...SCENARIO].join('\n'), /^2:1: a scenario stands inside a Rule/],
    ['a feature without scenarios', 'Feature: F\n', /^1:1: this feature has no scenario/],
    ['a scenario without steps', ruleWith(['Scenario: one']), /^4:1: this scenario has no steps/],
    ['a scenario without a name', ruleWith(['Scenario:', 'Given a']), /^4:1: a scenario needs a name/],
    [
      'a misspelt step',
      ruleWith(['Scenario: one', '  Giben a', '  Given b']),
      /^4:1: free text under Scenario: "Giben a"/,
    ],
    [
      'text in a background',
      ruleWith(['Background:', 'text', 'Given a', ...SCENARIO]),
      /^4:1: free text under Background/,
    ],
    [
      'text in examples',
      ruleWith(['Scenario: <a>', 'Given a', 'Examples:', 'text', '|a|', '|b|']),
      /^6:1: free text under Examples/,
    ],
    ['a bullet', ruleWith(['Scenario: one', '  * a thing']), /^5:3: a step begins with Given, When/],
    ['a bullet in a background', ruleWith(['Background:', '* a', ...SCENARIO]), /^5:1: a step begins with/],
    [
      'a misspelt scenario',
      ruleWith(['  Scenaro: one', '    Given a', ...SCENARIO]),
      /^3:3: .*"Scenaro: one"; a misspelt/,
    ],
    ['a rule without scenarios', ruleWith([]), /^3:3: this rule has no scenario/],
  ])('refuses %s', (_, text, message) => {
    expect(lintText(text)).toContainEqual(expect.stringMatching(message));
  });
});

describe('tags', () => {
  it.each([
    ['no clause', ruleWith(SCENARIO, '@needs:qp'), /^3:3: a rule is tagged with the id of its clause/],
    ['two clauses', ruleWith(SCENARIO, '@refused @done'), /^2:12: a rule has one clause/],
    ['an unknown clause', ruleWith(SCENARIO, '@refuse'), /^2:3: unknown clause refuse; did you mean refused/],
    ['a name of every object', ruleWith(SCENARIO, '@constructor'), /^2:3: unknown clause constructor/],
    ['a withdrawn clause', ruleWith(SCENARIO, '@gone'), /^3:3: the clause gone is withdrawn: it was wrong/],
    ['a clause that is not testable', ruleWith(SCENARIO, '@hidden'), /^3:3: .*marked as not testable because it hides/],
    [
      'a clause on a scenario',
      ruleWith(['@done', ...SCENARIO]),
      /^4:1: @done is a clause; clause tags stand on the Rule/,
    ],
    ['a clause on a feature', `@done\n${ruleWith(SCENARIO)}`, /^1:1: @done is a clause/],
    ['an unknown bare tag', ruleWith(['@slow', ...SCENARIO]), /^4:1: unknown tag @slow; tags here are @needs:…/],
    ['an unknown need', ruleWith(['@needs:qp-rd', ...SCENARIO]), /^4:1: unknown tag @needs:qp-rd; did you mean/],
    ['an unknown ABI', ruleWith(SCENARIO, '@refused @abi:verbs'), /^2:12: unknown tag @abi:verbs/],
    ['an unknown hazard', `@hazard:none\n${ruleWith(SCENARIO)}`, /^1:1: unknown tag @hazard:none/],
    ['an unknown kind', ruleWith(['@need:qp', ...SCENARIO]), /^4:1: unknown tag @need:qp; tags are/],
    [
      'two ABIs',
      ruleWith(['@abi:uapi', ...SCENARIO], '@refused @abi:uverbs'),
      /^5:1: @abi:uverbs and @abi:uapi exclude/,
    ],
    ['two hazards', ruleWith(['@hazard:safe @hazard:disruptive', ...SCENARIO]), /exclude each other/],
    [
      'an ABI the clause does not bind',
      ruleWith(['@abi:uverbs', ...SCENARIO], '@done'),
      /^5:1: limited to uverbs .* done does not bind/,
    ],
  ])('refuse %s', (_, text, message) => {
    expect(lintText(text)).toContainEqual(expect.stringMatching(message));
  });
});

describe('outlines', () => {
  const outline = (...lines: readonly string[]): string =>
    ruleWith(['Scenario Outline: <a>', 'Given <a> and <b>', ...lines]);

  it.each([
    ['no Examples', ruleWith(['Scenario Outline: o', 'Given a']), /^4:1: this outline has no Examples/],
    ['no rows', outline('Examples:', '| a | b |'), /^6:1: this Examples table has no rows/],
    ['no table', outline('Examples:'), /^6:1: this Examples table has no rows/],
    ['no column', outline('Examples:', '| a |', '| 1 |'), /^5:1: <b> has no column in the table/],
    [
      'no column in one',
      outline('Examples:', '|a|b|', '|1|2|', 'Examples:', '|a|', '|2|'),
      /^5:1: <b> has no column in one/,
    ],
    ['a placeholder in a plain scenario', ruleWith(['Scenario: s', 'Given <a b>']), /^5:1: <a b> stands for a column/],
    [
      'a placeholder in the name',
      ruleWith(['Scenario: <c>', 'Given a', 'Examples:', '|a|', '|1|']),
      /^4:1: <c> has no column/,
    ],
    [
      'a placeholder in a table',
      ruleWith(['Scenario: s', 'Given a', '| <c> |', 'Examples:', '|a|', '|1|']),
      /^6:3: <c> has no/,
    ],
  ])('are refused with %s', (_, text, message) => {
    expect(lintText(text)).toContainEqual(expect.stringMatching(message));
  });
});
