import { validateStrict } from 'ctrf';
import { describe, expect, it } from 'vitest';
import type { ResultDocument } from '../result/document.ts';
import { render } from './ctrf.ts';
import { documentOf, inputOf, SCENARIOS } from './fixture.ts';

interface Report {
  readonly results: {
    readonly tests: readonly { readonly testId: string; readonly status: string; readonly rawStatus: string }[];
    readonly summary: { readonly start: number; readonly stop: number };
  };
}

const report = (index?: number): Report =>
  JSON.parse(
    render(inputOf(documentOf(index === undefined ? SCENARIOS : SCENARIOS.slice(index, index + 1)))),
  ) as Report;

describe('CTRF', () => {
  it('fits the schema of its reference implementation', () => {
    expect(() => {
      validateStrict(report());
    }).not.toThrow();
    SCENARIOS.forEach((_, index) => {
      validateStrict(report(index));
    });
  });

  it('would not if it were another', () => {
    const { results } = report();
    const tests = results.tests.map((test) => ({ ...test, status: test.rawStatus }));
    expect(() => {
      validateStrict({ ...report(), results: { ...results, tests } });
    }).toThrow();
  });

  it('keeps the outcome beside the status', () => {
    const pairs = report().results.tests.map(({ status, rawStatus }) => `${rawStatus} ${status}`);
    expect(new Set(pairs)).toEqual(
      new Set([
        'passed passed',
        'failed failed',
        'failed other',
        'blocked failed',
        'errored failed',
        'untested failed',
        'not-applicable skipped',
      ]),
    );
  });

  it('lets a run without an end last as long as its scenarios', () => {
    const cutOff = Object.entries(documentOf(SCENARIOS)).filter(([key]) => key !== 'finished');
    const { results } = JSON.parse(render(inputOf(Object.fromEntries(cutOff) as unknown as ResultDocument))) as Report;
    expect(results.summary.stop - results.summary.start).toBe(1242);
  });
});
