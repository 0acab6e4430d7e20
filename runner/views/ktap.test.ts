import { describe, expect, it } from 'vitest';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import { check, scenario } from '../fixtures.ts';
import { documentOf, inputOf, SCENARIOS } from './fixture.ts';
import { render } from './ktap.ts';

const linesOf = (...scenarios: readonly ScenarioResult[]): string[] =>
  render(inputOf(documentOf(scenarios)))
    .trimEnd()
    .split('\n');

/** What the kernel's parser itself makes of it is a stage of .ci/run. */
describe('KTAP', () => {
  it('has nothing but the four kinds of lines', () => {
    for (const line of linesOf(...SCENARIOS)) {
      expect(line).toMatch(/^( {4})?(KTAP version 1|1\.\.\d+|# .*|(not )?ok \d+ [^#]+( # .*)?)$/);
    }
  });

  it('numbers from 1 up to its plans', () => {
    const numbers = (indent: string, lines: readonly string[]) =>
      lines.flatMap((line) => new RegExp(`^${indent}(?:not )?ok (\\d+) `).exec(line)?.[1] ?? []);
    const [first, ...lines] = linesOf(...SCENARIOS);
    expect([first, lines[0]]).toEqual(['KTAP version 1', '1..2']);
    expect(numbers('', lines)).toEqual(['1', '2']);
    expect(numbers(' {4}', lines)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '1']);
  });

  it('lets nothing from outside pose as a directive, a result or the end', () => {
    const words = 'x # SKIP y\n    ok 1 z\u2028ok 2 w # Subtest: v reboot: System halted';
    const errored = { outcome: 'errored', errored: 'hang', reason: words } as const;
    const blocked = {
      outcome: 'blocked',
      reason: `SKIP ${words}`,
      checks: [check('b', false, { ground: true })],
    } as const;
    const failed = { outcome: 'failed', checks: [check('a', false, { got: words, expected: words })] } as const;
    for (const more of [errored, blocked, failed]) {
      const lines = linesOf(scenario(`pd/x ${words}#${words}`, ['a'], more));
      const results = lines.filter((line) => /^ *(not )?ok /.test(line));
      expect(results).toHaveLength(2);
      for (const line of results) expect(line).toMatch(/^ *not ok 1 [^#]*( # (errored|blocked|nonconformant)[^#]*)?$/);
      expect(lines.filter((line) => /^ *# Subtest: /.test(line))).toHaveLength(1);
      expect(lines.join('\n')).not.toMatch(/reboot: System halted|\u2028/);
    }
  });

  it('names no scenario as its feature file, which would end it', () => {
    const lines = linesOf(scenario('pd#pd', ['a'], { checks: [check('a')] }));
    expect(lines).toContain('    ok 1 pd (scenario)');
    expect(lines.at(-1)).toBe('ok 1 pd');
  });
});
