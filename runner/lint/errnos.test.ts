import { describe, expect, it } from 'vitest';
import { lintText, ruleWith } from './linted_project.ts';

describe('errno names', () => {
  it.each([
    [
      'in a scenario for every ABI',
      ['Scenario: s', 'Then the errno is EBUSY'],
      /^5:1: EBUSY in a scenario for every ABI/,
    ],
    [
      'that the clause does not say',
      ['@abi:uverbs', 'Scenario: s', 'Then EBUSY'],
      /^6:1: EBUSY here, but the clause refused says EINVAL/,
    ],
    ['in a table', ['Scenario: s', 'Then that', '| EIO |'], /^5:1: EIO in a scenario/],
    ['in text', ['Scenario: s', 'Then that', '"""', 'x EIO', '"""'], /^5:1: EIO in a scenario/],
    ['in examples', ['Scenario: <e>', 'Then <e>', 'Examples:', '|e|', '|EIO|'], /^5:1: EIO in a scenario/],
    ['in a background', ['Background:', 'Given EIO', 'Scenario: s', 'Given a'], /^5:1: EIO in a scenario/],
  ])('are refused %s', (_, body, message) => {
    expect(lintText(ruleWith(body))).toEqual([expect.stringMatching(message)]);
  });

  it('are refused where the clause names none', () => {
    const text = ruleWith(['@abi:uapi', 'Scenario: s', 'Then EBUSY'], '@done');
    expect(lintText(text)).toEqual(['6:1: EBUSY here, but the clause done names no errno for uapi']);
  });

  it('are not states or other words', () => {
    expect(lintText(ruleWith(['Scenario: s', 'Then ERR and EN_SQD_ASYNC_NOTIFY, RC_EIO, Ebusy']))).toEqual([]);
  });
});
