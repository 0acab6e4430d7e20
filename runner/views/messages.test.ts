import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Query } from '@cucumber/query';
import type { Envelope } from '@cucumber/messages';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import { check, scenario } from '../fixtures.ts';
import { documentOf, inputOf, SCENARIOS } from './fixture.ts';
import { render } from './messages.ts';

const SCHEMA = createRequire(import.meta.url).resolve('@cucumber/messages/schema');
// The schema keeps words of older drafts beside those of its own.
const fits = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);

const linesOf = (...scenarios: readonly ScenarioResult[]): string[] =>
  render(inputOf(documentOf(scenarios)))
    .trimEnd()
    .split('\n');

/** What a reader finds of each scenario, by the last word of its name. */
function query(...scenarios: readonly ScenarioResult[]): Query {
  const found = new Query();
  for (const line of linesOf(...scenarios)) found.update(JSON.parse(line) as Parameters<Query['update']>[0]);
  return found;
}

/** The status of each step, in order, the hook last. */
function statuses(one: ScenarioResult): string[] {
  return query(one)
    .findAllTestStepFinished()
    .map(({ testStepResult }) => testStepResult.status);
}

function named(end: string): ScenarioResult {
  const found = SCENARIOS.find(({ id }) => id.endsWith(end));
  if (found === undefined) throw new Error(`the fixture has no scenario ${end}`);
  return found;
}

describe('Cucumber Messages', () => {
  it('fit the schema, every envelope', () => {
    for (const line of linesOf(...SCENARIOS)) {
      expect({ line, fits: fits(JSON.parse(line)), errors: fits.errors }).toEqual({ line, fits: true, errors: null });
    }
    expect(fits({ meta: {} })).toBe(false);
  });

  it('show a reader each scenario with the worst of its steps', () => {
    const { PASSED, FAILED, SKIPPED, PENDING, UNKNOWN } = query(...SCENARIOS).countMostSevereTestStepResultStatus();
    expect({ PASSED, FAILED, SKIPPED, PENDING, UNKNOWN }).toEqual({
      PASSED: 1,
      // One that failed, one that was blocked, three that errored.
      FAILED: 5,
      // Three that failed and do not count, one that does not apply.
      SKIPPED: 4,
      PENDING: 1,
      UNKNOWN: 0,
    });
  });

  it('name no scenario that was not selected, and every one that was', () => {
    const found = query(named('it-holds'), named('it-does-not-apply'));
    expect(found.findAllPickles().map(({ name }) => name)).toEqual(['It holds', 'It does not apply']);
    expect(found.countTestCasesStarted()).toBe(2);
  });

  it.each([
    ['it-holds', ['PASSED', 'PASSED', 'PASSED', 'PASSED']],
    ['it-does-not-hold', ['PASSED', 'PASSED', 'FAILED', 'SKIPPED', 'PASSED']],
    ['preparation-is-refused', ['PASSED', 'FAILED', 'SKIPPED', 'SKIPPED', 'PASSED']],
    ['by-a-hang', ['PASSED', 'FAILED', 'UNKNOWN', 'PASSED']],
    ['by-a-crash', ['UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'FAILED']],
    ['by-a-lapse', ['PASSED', 'PASSED', 'FAILED', 'PASSED']],
    ['not-reached', ['PENDING', 'PENDING', 'PENDING', 'PENDING']],
    ['not-followed', ['PASSED', 'PASSED', 'SKIPPED', 'PASSED']],
    ['left-behind', ['PASSED', 'PASSED', 'PASSED', 'SKIPPED']],
    ['not-apply', ['SKIPPED', 'SKIPPED', 'SKIPPED']],
  ])('place what happened at its step: %s', (end, expected) => {
    expect(statuses(named(end))).toEqual(expected);
  });

  it('blame the hook where a result does not know the step, or there is none such', () => {
    for (const step of [{}, { step: 9 }]) {
      const checks = [check('a', false, step)];
      expect(statuses({ ...named('it-holds'), outcome: 'failed', checks })).toEqual([
        'PASSED',
        'PASSED',
        'PASSED',
        'FAILED',
      ]);
    }
    expect(statuses(scenario('pd/create#it-holds', ['a'], { outcome: 'blocked' })).at(-1)).toBe('FAILED');
  });

  it('keep the time of the run and of each scenario', () => {
    const found = query(...SCENARIOS);
    expect(found.findTestRunDuration()).toEqual({ seconds: 1, nanos: 322_000_000 });
    const [, second] = found.findAllTestCaseStarted();
    const { seconds, nanos = 0 } = (second && found.findTestCaseDurationBy(second)) ?? {};
    // The reader calculates in floating point.
    expect({ seconds, micros: Math.round(nanos / 1000) }).toEqual({ seconds: 1, micros: 234_567 });
  });

  it('are refused for a result of other features', () => {
    const document = documentOf(SCENARIOS, { features: '0123456789abcdef' });
    expect(() => render(inputOf(document))).toThrow(
      /^results\/fixture\/verbs\/result\.json: the features have changed since that result \(0123456789abcdef then, /,
    );
    const foreign = documentOf([scenario('pd/create#of-another', ['a'])]);
    expect(() => render(inputOf(foreign))).toThrow('pd/create#of-another is in no feature');
  });

  it('give every message an id of its own', () => {
    const envelopes = linesOf(...SCENARIOS).map((line) => JSON.parse(line) as Envelope);
    const ids = envelopes.flatMap(({ pickle, testCase, testCaseStarted }) => [
      ...(pickle === undefined ? [] : [pickle.id, ...pickle.steps.map(({ id }) => id)]),
      ...(testCase === undefined ? [] : [testCase.id, ...testCase.testSteps.map(({ id }) => id)]),
      ...(testCaseStarted === undefined ? [] : [testCaseStarted.id]),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
