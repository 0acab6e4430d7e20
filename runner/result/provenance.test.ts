import { describe, expect, it } from 'vitest';
import type { Statement } from '../../spec/model.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { check, clause, header, scenario, specOf } from '../fixtures.ts';
import { ROOT } from '../project.ts';
import { readFeatures, type Scenario } from '../run/features.ts';
import { provenanceText } from '../views/provenance.ts';
import { fold } from './fold.ts';
import { provenance } from './provenance.ts';

function statement(number: number, more: Partial<Statement>): Statement {
  const place = { file: 'spec/provenance.yaml', line: number, column: 3 };
  return { number, says: `something ${String(number)}`, who: ['Writer'], mails: { 'a-mail': 7 }, place, ...more };
}

const SPEC = {
  ...specOf(clause('a'), clause('b')),
  sources: {
    'a-mail': {
      key: 'a-mail',
      kind: 'mail' as const,
      title: 'A mail',
      file: 'mails',
      line: 5,
      messageId: '1@example.org',
    },
    'decision-0001': { key: 'decision-0001', kind: 'decision' as const, title: 'A note' },
  },
  provenance: [
    statement(1, { clauses: ['a', 'b'], decisions: ['decision-0001'] }),
    statement(2, { rules: ['a.test.ts'], open: 'the rest' }),
    statement(3, { decisions: ['decision-0001'], open: 'all of it\u001b[2J' }),
    statement(4, { because: 'nobody sees it' }),
    statement(5, { benches: ['a.bench.ts'] }),
  ],
};

const SCENARIOS = ['one', 'two'].map((name) => ({ id: `pd/create#${name}`, clauses: ['a'] }) as unknown as Scenario);

function resultOf(passed: boolean, spec = SPEC) {
  const its = scenario('pd/create#one', ['a'], {
    outcome: passed ? 'passed' : 'failed',
    checks: [check('a', passed)],
  });
  const planned = [{ id: its.id, clauses: its.clauses }];
  const lines = [header(planned), { kind: 'finished' as const, scenario: its }];
  return fold([...lines, { kind: 'ended' as const, at: '2030-01-02T03:05:00Z' }], spec);
}

describe('where statements went', () => {
  it('counts each kind of home, and tells what is open from what is so in part', () => {
    const { kinds, standings, statements } = provenance(SPEC, SCENARIOS, []);
    expect(kinds).toEqual({ clauses: 1, rules: 1, benches: 1, decisions: 2, because: 1 });
    expect(statements.map(({ standing }) => standing)).toEqual([
      'settled',
      'open in part',
      'open',
      'settled',
      'settled',
    ]);
    expect(standings).toEqual({ settled: 3, 'open in part': 1, open: 1 });
  });

  it('says of each clause how many scenarios decide it, and what the results say', () => {
    const [first] = provenance(SPEC, SCENARIOS, [resultOf(true), resultOf(false), resultOf(true)]).statements;
    expect(first?.clauses).toEqual([
      { clause: 'a', scenarios: 2, verdicts: { conformant: 2, nonconformant: 1 } },
      { clause: 'b', scenarios: 0, verdicts: { untested: 3 } },
    ]);
  });

  it('names mails and notes in full', () => {
    const [first] = provenance(SPEC, SCENARIOS, []).statements;
    expect(first).toMatchObject({
      mails: [{ key: 'a-mail', file: 'mails', line: 7, messageId: '1@example.org' }],
      decisions: [{ key: 'decision-0001', title: 'A note' }],
    });
  });

  it('takes no verdict on another wording', () => {
    const digest = 'another';
    const reworded = { ...SPEC, clauses: { a: clause('a', { digest }), b: clause('b', { digest }) } };
    const [first] = provenance(reworded, SCENARIOS, [resultOf(true)]).statements;
    expect(first?.clauses.map(({ verdicts }) => verdicts)).toEqual([{ stale: 1 }, { untested: 1 }]);
  });
});

describe('in words', () => {
  const text = provenanceText(provenance(SPEC, SCENARIOS, [resultOf(true)]), ['r/result.json']);

  it('each statement has its homes below it', () => {
    expect(text.split('\n').slice(0, 8)).toEqual([
      'results: r/result.json',
      '',
      '1  Writer     something 1',
      '   mail       a-mail (mails:7)',
      '   clauses    a, b (scenarios decide 1 of 2; conformant 1, untested 1)',
      '   decisions  decision-0001 A note',
      '2  Writer     something 2',
      '   mail       a-mail (mails:7)',
    ]);
  });

  it('the open ones are named at the end, with nothing that a terminal would obey', () => {
    expect(text).toMatch(/\nleft open\n2 {2}open in part {2}the rest\n3 {2}open {10}all of it\\x1b\[2J$/);
  });

  it('the totals say what they count', () => {
    expect(text).toMatch(/\nclauses +1 +clauses that scenarios decide\n/);
    expect(text).toMatch(/\ndecisions +2 +a decision note\n/);
    expect(text).toMatch(/\nopen +1 +nothing tests it yet\nall +5 /);
  });
});

describe('of this project', () => {
  const spec = projectSpec();
  const { scenarios } = readFeatures(ROOT);
  const { statements } = provenance(spec, scenarios, []);

  it('the statements are all there: 140 of the list, and those that were missing in it', () => {
    expect(statements.length).toBeGreaterThanOrEqual(148);
  });

  // m3 only says where another thread is.
  it('every mail but one says something', () => {
    const cited = new Set(statements.flatMap(({ mails }) => mails.map(({ key }) => key)));
    const mails = Object.values(spec.sources).flatMap(({ key, kind }) => (kind === 'mail' ? [key] : []));
    expect(mails.length).toBeGreaterThan(25);
    expect(mails.filter((key) => !cited.has(key))).toEqual(['hefty-2016-04-21-m3']);
  });

  it('every clause that is a home is decided by a scenario', () => {
    const undecided = statements.flatMap(({ number, clauses }) =>
      clauses.flatMap((home) => (home.scenarios === 0 ? [`${String(number)}: ${home.clause}`] : [])),
    );
    expect(undecided).toEqual([]);
  });
});
