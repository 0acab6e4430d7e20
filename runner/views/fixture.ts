/** A small result with every outcome, and text that some format could take for its own, for the unit tests of the views. */
import { join } from 'node:path';
import type { Check, ScenarioResult } from '../../spec/verdict/check.ts';
import { check, clause, header, scenario, specOf } from '../fixtures.ts';
import { ROOT, compiledSpec } from '../project.ts';
import type { ResultDocument } from '../result/document.ts';
import { fold } from '../result/fold.ts';
import { readFeatures } from '../run/features.ts';
import type { HeaderLine, JournalLine } from '../run/journal.ts';
import type { ViewInput } from './formats.ts';
import { sourcesOf } from './sources.ts';

/** What the goldens show is in this folder, the features of the fixture too. */
export const GOLDEN = join(ROOT, 'runner', 'golden', 'views');

const clauses = specOf(
  clause('a', { errno: { uapi: ['EINVAL'] } }),
  clause('b'),
  clause('advice', { level: 'should' }),
  clause('seen', { level: 'observed' }),
).clauses;

/** The tables are those of the project, so that calls are decoded. */
export const spec = { ...compiledSpec(ROOT), clauses };

const features = readFeatures(GOLDEN);

/** Ends a CDATA section, a terminal's patience, a description and a line, and is half a character. */
const HOSTILE = ']]> <&"\u001b[2J # SKIP \ud83d\n    ok 1 all-is-well';
const CALL = { abi: 'uapi', request: 0xc0081b00, sent: '0800040000000000', answer: 'EINVAL' } as const;

const passing: Check = check('a', true, { step: 3 });

export const SCENARIOS: readonly ScenarioResult[] = [
  scenario('pd/create#it-holds', ['a'], { checks: [passing], duration: 1.25 }),
  scenario('pd/create#it-does-not-hold', ['a'], {
    outcome: 'failed',
    checks: [
      check('a', false, { got: HOSTILE, call: CALL, step: 3 }),
      check('a', false, { name: 'and neither does this', step: 3 }),
      check('advice', false, { step: 4 }),
    ],
    duration: 1234.567,
  }),
  scenario('pd/create#preparation-is-refused', ['a'], {
    outcome: 'blocked',
    blockedBy: ['b'],
    reason: 'blocked by b',
    checks: [check('b', false, { ground: true, call: CALL, step: 2 })],
  }),
  scenario('pd/create#it-breaks-by-a-hang', ['a'], {
    outcome: 'errored',
    errored: 'hang',
    reason: 'no answer within 5 ms # SKIP',
    step: 2,
  }),
  scenario('pd/create#it-breaks-by-a-crash', ['a'], {
    outcome: 'errored',
    errored: 'crash',
    reason: 'the run ended inside this scenario',
    duration: 0,
  }),
  scenario('pd/create#it-breaks-by-a-lapse', ['a'], {
    outcome: 'errored',
    errored: 'vacuous',
    reason: '"the call is accepted" made no check',
    step: 3,
  }),
  scenario('pd/create#it-was-not-reached', ['a'], {
    outcome: 'untested',
    reason: 'the run ended before it',
    duration: 0,
  }),
  scenario('pd/create#it-is-not-followed', ['advice'], {
    outcome: 'failed',
    checks: [check('advice', false, { step: 3 })],
  }),
  scenario('pd/create#something-else-is-seen', ['seen'], {
    outcome: 'failed',
    checks: [check('seen', false, { step: 3 })],
  }),
  // A check made by a hook, of a clause that no scenario here is there to decide.
  scenario('pd/create#something-is-left-behind', ['seen'], {
    outcome: 'failed',
    checks: [check('seen', true, { step: 3 }), check('b', false, { name: 'objects left after close' })],
  }),
  scenario('pd/destroy#it-does-not-apply', ['a'], {
    outcome: 'not-applicable',
    reason: 'needs qp-rc, which this device does not offer',
    duration: 0,
  }),
];

export function documentOf(scenarios: readonly ScenarioResult[], more: Partial<HeaderLine> = {}): ResultDocument {
  const planned = scenarios.map(({ id, clauses: its }) => ({ id, clauses: its }));
  const finished = scenarios
    .filter(({ outcome }) => outcome !== 'untested')
    .map((one): JournalLine => ({ kind: 'finished', scenario: one }));
  const begun = header(planned, { features: features.digest, ...more });
  return fold([begun, ...finished, { kind: 'ended', at: '2030-01-02T03:04:07.000Z' }], spec);
}

export function inputOf(document: ResultDocument, strict = false): ViewInput {
  const path = 'results/fixture/verbs/result.json';
  return { document, spec, path, strict, sources: () => sourcesOf(document, path, features, GOLDEN) };
}
