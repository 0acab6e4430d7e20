import { describe, expect, it } from 'vitest';
import { projectSpec } from '../../../spec/project_spec.ts';
import { bitOf, isLegal, transitionOf } from '../../../spec/qp_rules.ts';
import { compileMoves } from './qp_transitions.ts';

const spec = projectSpec();
const states = Object.entries(spec.enums['qp_state'] ?? {});
const movesOf = compileMoves(spec);
const rows = Object.entries(spec.qp.tables).flatMap(([name, table]) =>
  Object.keys(table.types).map((type) => ({ name, table, type })),
);

describe('compiled moves', () => {
  it.each(rows)('say what table $name says of $type', ({ name, table, type }) => {
    const moves = movesOf(name, type);
    for (const [from, fromNumber] of states) {
      for (const [to, toNumber] of states) {
        const expected = isLegal(table, from, to) ? transitionOf(table, type, from, to) : undefined;
        expect(moves.from[fromNumber]?.[toNumber]).toEqual(expected);
      }
    }
  });

  it('know no other states, tables or types', () => {
    expect(movesOf('core', 'RC').from[0]?.[99]).toBeUndefined();
    expect(movesOf('core', 'SRD').from[0]?.[1]).toBeUndefined();
    expect(movesOf('lost', 'RC').from[0]?.[1]).toBeUndefined();
  });

  it('say which attributes a type understands, its state always', () => {
    expect(movesOf('core', 'RC').understood).toBe(0xffffffff);
    const srd = movesOf('srd', 'DRIVER').understood;
    expect(srd & bitOf(spec.qp, 'STATE')).not.toBe(0);
    expect(srd & bitOf(spec.qp, 'ALT_PATH')).toBe(0);
  });
});
