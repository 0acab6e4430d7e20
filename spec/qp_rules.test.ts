import { describe, expect, it } from 'vitest';
import type { QpTable } from './model.ts';
import { projectSpec } from './project_spec.ts';
import { bitNames, bitOf, isLegal, isRefused, judge, transitionOf, wayTo } from './qp_rules.ts';

const TABLE: QpTable = {
  id: 'toy',
  transports: ['IB'],
  legal: { OFF: ['ON'], ON: ['ON', 'OFF'] },
  types: { A: { 'OFF->ON': { required: 0b0110, optional: 0b1000 } } },
};

describe('judging a transition', () => {
  it.each([
    ['OFF', 'ON', 0b0110, 'accepted'],
    ['OFF', 'ON', 0b1110, 'accepted'],
    ['OFF', 'ON', 0b0010, 'required'],
    ['OFF', 'ON', 0b10110, 'foreign'],
    ['ON', 'OFF', 0, 'accepted'],
    ['ON', 'OFF', 0b0010, 'foreign'],
    ['OFF', 'OFF', 0b0110, 'illegal'],
    ['LOST', 'ON', 0, 'illegal'],
  ])('%s to %s with mask %i is %s', (from, to, mask, expected) => {
    expect(judge(TABLE, 'A', from, to, mask)).toBe(expected);
  });

  it('tells illegal before missing, and missing before foreign', () => {
    expect(judge(TABLE, 'A', 'OFF', 'OFF', 0b10000)).toBe('illegal');
    expect(judge(TABLE, 'A', 'OFF', 'ON', 0b10010)).toBe('required');
  });

  it('takes and needs nothing where a legal pair has no entry', () => {
    expect(isLegal(TABLE, 'ON', 'OFF')).toBe(true);
    expect(transitionOf(TABLE, 'A', 'ON', 'OFF')).toEqual({ required: 0, optional: 0 });
    expect(transitionOf(TABLE, 'B', 'OFF', 'ON')).toEqual({ required: 0, optional: 0 });
  });
});

describe('what is refused', () => {
  const pairs = ['OFF->OFF', 'OFF->ON', 'ON->ON', 'ON->OFF'];
  const refusedBy = (table: QpTable): string[] =>
    pairs.filter((pair) => isRefused(table, ...(pair.split('->') as [string, string])));

  it('is everything that is not legal, or what the table says where it says it', () => {
    expect(refusedBy(TABLE)).toEqual(['OFF->OFF']);
    expect(refusedBy({ ...TABLE, legal: { OFF: ['ON'], ON: [] }, refused: { ON: ['OFF'] } })).toEqual(['ON->OFF']);
  });
});

describe('the way to a state', () => {
  it('leads through those before it, and is one step where none lead there', () => {
    expect(wayTo('RTS')).toEqual(['INIT', 'RTR', 'RTS']);
    expect(wayTo('INIT')).toEqual(['INIT']);
    expect(wayTo('ERR')).toEqual(['ERR']);
  });
});

describe('modify bits', () => {
  const { qp } = projectSpec();

  it('have masks and names that belong together', () => {
    for (const name of Object.keys(qp.bits)) expect(bitNames(qp, bitOf(qp, name))).toEqual([name]);
    const all = Object.keys(qp.bits).reduce((mask, name) => mask | bitOf(qp, name), 0);
    expect(bitNames(qp, all).sort()).toEqual(Object.keys(qp.bits).sort());
    expect(() => bitOf(qp, 'LOST')).toThrow(/no bit LOST/);
  });
});
