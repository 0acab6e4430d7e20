import { describe, expect, it } from 'vitest';
import { compileSpec } from '../../spec/compile.ts';
import type { Spec } from '../../spec/model.ts';
import { pipelinesOf } from '../emulator/pipelines.ts';
import { DEFECTS, findDefect } from './faulty.ts';

const spec = compileSpec(process.cwd()).spec as Spec;

describe('the documented defects', () => {
  it('have ids of their own', () => {
    const ids = DEFECTS.map((defect) => defect.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(DEFECTS.map((defect) => [defect.id, defect] as const))(
    '%s changes rules and names clauses there are',
    (_id, defect) => {
      const sound = pipelinesOf(spec);
      const altered = defect.alter(sound);
      const changed = Object.keys(sound).filter(
        (name) => sound[name]?.some((rule, at) => altered[name]?.[at] !== rule) === true,
      );
      expect(changed).not.toEqual([]);
      expect(defect.clauses).not.toEqual([]);
      for (const clause of defect.clauses) expect(spec.clauses).toHaveProperty(clause);
    },
  );

  it('come in every kind', () => {
    const kinds = [
      'off',
      'wrong-errno',
      'state-changed',
      'leak',
      'late-event',
      'wrong-order',
      'wrong-value',
      'over-strict',
    ];
    expect([...new Set(DEFECTS.map((defect) => defect.kind))].sort()).toEqual(kinds.sort());
  });

  it('are found by id', () => {
    expect(findDefect('qp-modify-required-off')?.clauses).toEqual(['qp-modify-required', 'kernel-qp-refuse']);
    expect(findDefect('no-such-defect')).toBeUndefined();
  });
});
