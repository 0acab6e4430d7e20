import { describe, expect, it } from 'vitest';
import { check, clause, header, scenario, specOf } from '../fixtures.ts';
import { ROOT } from '../project.ts';
import type { JournalLine } from '../run/journal.ts';
import { fold, progressOf } from './fold.ts';
import { validatorOf } from './schemas.ts';

const spec = specOf(clause('a'), clause('b', { chapter: 'message', subject: 'driver' }));
const planned = ['a', 'b'].map((id) => ({ id: `pd/x#${id}`, clauses: [id] }));
const trace = [{ n: 1, pid: 1, call: 'close', fd: 3, answer: '0' }] as const;

const [HEAD, START_A, END_A, START_B, END_B, ENDED]: readonly JournalLine[] = [
  header(planned),
  { kind: 'started', id: 'pd/x#a' },
  { kind: 'finished', scenario: scenario('pd/x#a', ['a'], { checks: [check('a')] }) },
  { kind: 'started', id: 'pd/x#b' },
  { kind: 'finished', scenario: scenario('pd/x#b', ['b'], { outcome: 'failed', checks: [check('b', false)] }), trace },
  { kind: 'ended', at: '2030-01-02T03:05:00Z' },
];

function folded(...lines: readonly (JournalLine | undefined)[]) {
  return fold(
    lines.filter((line) => line !== undefined),
    spec,
  );
}

describe('fold', () => {
  it('makes a complete document of a run that ended', async () => {
    const document = folded(HEAD, START_A, END_A, START_B, END_B, ENDED);
    expect(document).toMatchObject({ complete: true, finished: '2030-01-02T03:05:00Z', seed: 1 });
    expect(document.scenarios.map(({ outcome }) => outcome)).toEqual(['passed', 'failed']);
    expect(document.verdicts.map(({ verdict }) => verdict)).toEqual(['conformant', 'nonconformant']);
    expect(document.counts).toEqual([
      { chapter: 'message', subject: 'driver', verdicts: { nonconformant: 1 } },
      { chapter: 'pd', subject: 'core', verdicts: { conformant: 1 } },
    ]);
    expect(document.traces).toEqual({ 'pd/x#b': trace });
    expect((await validatorOf(ROOT, 'result'))(JSON.parse(JSON.stringify(document)))).toBeUndefined();
  });

  it('takes a scenario that began and never ended for a crash, and the rest for untested', async () => {
    const document = folded(HEAD, START_A);
    expect(document.complete).toBe(false);
    expect(document.finished).toBeUndefined();
    expect(document.scenarios).toMatchObject([
      { id: 'pd/x#a', outcome: 'errored', errored: 'crash', checks: [] },
      { id: 'pd/x#b', outcome: 'untested' },
    ]);
    expect(document.verdicts.map(({ verdict }) => verdict)).toEqual(['errored', 'untested']);
    expect((await validatorOf(ROOT, 'result'))(JSON.parse(JSON.stringify(document)))).toBeUndefined();
  });

  it('makes the same of a run in two parts as of one in one', () => {
    const whole = folded(HEAD, START_A, END_A, START_B, END_B, ENDED);
    const cutInside = folded(HEAD, START_A, END_A, START_B, START_B, END_B, ENDED);
    const stopped = folded(HEAD, START_A, END_A, ENDED, START_B, END_B, ENDED);
    expect(cutInside).toEqual(whole);
    expect(stopped).toEqual(whole);
  });

  it('does not take a run for ended that was taken up again and cut off', () => {
    expect(folded(HEAD, START_A, END_A, ENDED, START_B).finished).toBeUndefined();
  });

  it('counts how often a scenario was cut off', () => {
    const lines = [HEAD, START_A, START_A].filter((line) => line !== undefined);
    expect(progressOf(lines).cutOff).toEqual(new Map([['pd/x#a', 2]]));
    expect(fold(lines, spec).scenarios[0]?.reason).toBe('the run ended inside this scenario 2 times');
  });
});
