import { describe, expect, it } from 'vitest';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import { check, clause, header, scenario, specOf } from '../fixtures.ts';
import { diffResults } from '../result/diff.ts';
import { fold } from '../result/fold.ts';
import type { JournalLine } from '../run/journal.ts';
import { diffText } from './diff.ts';

const IDS = Array.from({ length: 14 }, (_, index) => `clause-${String(index + 1)}`);
const spec = specOf(...IDS.map((id) => clause(id)));

function textOf(before: readonly ScenarioResult[], after: readonly ScenarioResult[], all = false): string {
  const side = (file: string, scenarios: readonly ScenarioResult[]) => {
    const finished = scenarios.map((one): JournalLine => ({ kind: 'finished', scenario: one }));
    const planned = scenarios.map(({ id, clauses }) => ({ id, clauses }));
    return { file, document: fold([header(planned), ...finished], spec) };
  };
  const sides = { before: side('old.json', before), after: side('new.json', after) };
  const diff = diffResults(sides.before.document, sides.after.document, new Map());
  return diffText({ ...sides, diff, spec, all });
}

function of(id: string, passed: boolean, got = passed ? 'EINVAL' : '0'): ScenarioResult {
  const checks = [check(id, passed, { got })];
  return scenario(`pd/x#${id}`, [id], { outcome: passed ? 'passed' : 'failed', checks });
}

const errored = (id: string): ScenarioResult =>
  scenario(`pd/x#${id}`, [id], { outcome: 'errored', errored: 'hang', reason: 'no answer' });

describe('diffText', () => {
  it('begins with what got worse, with all that is needed to look at it', () => {
    const [one, two, three] = ['clause-1', 'clause-2', 'clause-3'] as const;
    const text = textOf(
      [of(one, false), of(two, true), of(three, true)],
      [of(one, true), errored(two), of(three, false)],
    );
    const [, regressed, undecided, scenarios, mended, last] = text.split('\n\n');
    expect(regressed?.split('\n')).toEqual([
      'regressed: clause-3 (conformant, then nonconformant)',
      '  The core must do clause-3.',
      '  scenario pd/x#clause-3',
      '  check    clause-3 holds',
      '  expected EINVAL',
      '  before   passed with EINVAL',
      '  after    failed with 0',
      '  replay   npx rdma-conformance replay new.json pd/x#clause-3',
    ]);
    expect(undecided).toBe('undecided: clause-2 (conformant, then errored: no answer)');
    expect(scenarios).toBe('undecided: scenario pd/x#clause-2 (passed, then errored: no answer)');
    expect(mended).toBe('mended: clause-1 (nonconformant, then conformant)');
    expect(last?.split('\n')).toEqual([
      'regressed 1 clause, 1 check; undecided 1 clause, 1 scenario; mended 1 clause, 1 check',
      '2 clauses with a verdict in both, 2 checks made in both',
    ]);
  });

  it('names a few of many, and all when asked to', () => {
    const [before, after] = [IDS.map((id) => of(id, false)), IDS.map((id) => of(id, true))];
    const short = textOf(before, after);
    expect(short.match(/^mended: /gm)).toHaveLength(10);
    expect(short).toContain('and 4 more: clauses mended; --all names them');
    const long = textOf(before, after, true);
    expect(long.match(/^mended: /gm)).toHaveLength(14);
    expect(long).not.toContain('more');
  });

  it('lets nothing in a result reach the terminal as a command', () => {
    const text = textOf([of('clause-1', true)], [of('clause-1', false, 'red \u001b[31m\u0007')]);
    expect(text).not.toMatch(/[\u001b\u0007]/);
    expect(text).toContain('failed with red \\x1b[31m\\x07');
  });

  it('says so where nothing differs', () => {
    expect(textOf([of('clause-1', true)], [of('clause-1', true)])).toMatch(
      /\n\nno difference\n1 clause with a verdict/,
    );
  });
});
