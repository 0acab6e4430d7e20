import { describe, expect, it } from 'vitest';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import { check, scenario } from '../fixtures.ts';
import type { ResultDocument } from '../result/document.ts';
import { EXIT, exitCodeOf } from '../result/exit_code.ts';
import { render as ctrf } from './ctrf.ts';
import { documentOf, inputOf, SCENARIOS } from './fixture.ts';
import { render as junit } from './junit.ts';
import { render as ktap } from './ktap.ts';
import { render as messages } from './messages.ts';
import { standingOf } from './standing.ts';

const [passed, failed, ...others] = SCENARIOS as [ScenarioResult, ScenarioResult, ...ScenarioResult[]];

/** How many scenarios, or runs, a reader of each view takes for broken, passed and neither. */
interface Reading {
  readonly broken: number;
  readonly passed: number;
  readonly apart: number;
}

const READERS: Readonly<Record<string, (document: ResultDocument, strict: boolean) => Reading>> = {
  junit: (document, strict) => {
    const text = junit(inputOf(document, strict));
    const of = (name: string): number => Number(new RegExp(`<testsuites[^>]* ${name}="(\\d+)"`).exec(text)?.[1]);
    const skipped = text.match(/<skipped>/g)?.length ?? 0;
    const broken = of('failures') + of('errors');
    expect(text.match(/<(failure|error) /g)?.length ?? 0).toBe(broken);
    return { broken, passed: of('tests') - broken - skipped, apart: skipped };
  },
  ctrf: (document, strict) => {
    const { results } = JSON.parse(ctrf(inputOf(document, strict))) as {
      results: { summary: Record<string, number>; environment: { healthy: boolean } };
    };
    const { failed = 0, passed = 0, skipped = 0, other = 0 } = results.summary;
    expect(results.environment.healthy).toBe(failed === 0);
    return { broken: failed, passed, apart: skipped + other };
  },
  ktap: (document, strict) => {
    const lines = ktap(inputOf(document, strict)).split('\n');
    const count = (form: RegExp): number => lines.filter((line) => form.test(line)).length;
    const apart = count(/^ {4}(not )?ok \d+ .* # SKIP/);
    // What has no subtests stands at the margin: a misgiving about the run.
    const broken = count(/^ {4}not ok (?!.* # SKIP)/) + count(/^not ok \d+ the run$/);
    return { broken, passed: count(/^ {4}ok \d+ [^#]*$/), apart };
  },
  messages: (document, strict) => {
    const statuses = messages(inputOf(document, strict))
      .split('\n')
      .flatMap((line) => /"testRunFinished":\{"success":(true|false)/.exec(line)?.[1] ?? []);
    return { broken: statuses[0] === 'true' ? 0 : 1, passed: 0, apart: 0 };
  },
};

const PAIRS = SCENARIOS.flatMap((one, index) => SCENARIOS.slice(index).map((other) => [...new Set([one, other])]));

describe.each(Object.entries(READERS))('a reader of %s', (_view, read) => {
  it.each([false, true])('sees something broken exactly where the exit code is not 0 (strict: %s)', (strict) => {
    for (const scenarios of [SCENARIOS, ...PAIRS]) {
      const document = documentOf(scenarios);
      const green = read(document, strict).broken === 0;
      expect({ ids: scenarios.map(({ id }) => id), green }).toEqual({
        ids: scenarios.map(({ id }) => id),
        green: exitCodeOf(document, strict) === EXIT.conformant,
      });
    }
  });

  it('never takes for passed what is not', () => {
    for (const scenarios of [SCENARIOS, ...PAIRS]) {
      const most = scenarios.filter(({ outcome }) => outcome === 'passed').length;
      expect(read(documentOf(scenarios), false).passed).toBeLessThanOrEqual(most);
    }
  });
});

describe('standingOf', () => {
  const of = (one: ScenarioResult, strict = false) => standingOf(documentOf([one]), strict)(one);

  it('leaves apart what passed, what failed and what does not apply', () => {
    const inapplicable = others.find(({ outcome }) => outcome === 'not-applicable') ?? passed;
    expect([passed, failed, inapplicable].map((one) => of(one))).toEqual(['passed', 'failed', 'not-applicable']);
  });

  it.each(['blocked', 'errored', 'untested'] as const)('calls %s undecided', (outcome) => {
    const its = others.filter((one) => one.outcome === outcome);
    expect(its.length).toBeGreaterThan(0);
    expect(its.map((one) => of(one))).toEqual(its.map(() => 'undecided'));
  });

  it('tolerates a should that is not met until shoulds count, and what is observed always', () => {
    const advice = scenario('pd/x#y', ['advice'], { outcome: 'failed', checks: [check('advice', false)] });
    const seen = scenario('pd/x#z', ['seen'], { outcome: 'failed', checks: [check('seen', false)] });
    expect([of(advice), of(advice, true)]).toEqual(['tolerated', 'failed']);
    expect([of(seen), of(seen, true)]).toEqual(['tolerated', 'tolerated']);
  });
});
