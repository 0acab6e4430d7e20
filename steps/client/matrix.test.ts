import { describe, expect, it } from 'vitest';
import { compileSpec } from '../../spec/compile.ts';
import type { Abi } from '../../spec/abi/abi.ts';
import { uapi } from '../../spec/abi/uapi/uapi.ts';
import { uverbs } from '../../spec/abi/uverbs/uverbs.ts';
import type { Spec } from '../../spec/model.ts';
import { movesOf } from './matrix.ts';

const spec = compileSpec(process.cwd()).spec as Spec;

/** Positive, required dropped, foreign bit, illegal pair: counted independently of the tables. */
const EXPECTED: Readonly<Record<string, readonly [number, number, number, number]>> = {
  RC: [56, 14, 392, 27],
  UC: [48, 8, 406, 27],
  UD: [38, 4, 420, 27],
  XRC_INI: [51, 12, 399, 27],
  XRC_TGT: [53, 11, 398, 27],
  RAW_PACKET: [24, 1, 439, 27],
};
const KINDS = ['accepted', 'required', 'foreign', 'illegal'] as const;

function count(abi: Abi, type: string): number[] {
  return KINDS.map((kind) =>
    spec.qp.states.reduce((sum, from) => sum + movesOf(spec, abi, type, from, kind).length, 0),
  );
}

describe('the transition matrix', () => {
  it.each(Object.entries(EXPECTED))('has every modify of %s', (type, expected) => {
    expect(count(uapi(spec), type)).toEqual(expected);
  });

  it('has 2936 modifies of the user types', () => {
    const all = Object.keys(EXPECTED).flatMap((type) => count(uapi(spec), type));
    expect(all.reduce((sum, number) => sum + number, 0)).toBe(2936);
  });

  it('leaves out for uverbs what that ABI changes before the table is asked, and adds nothing', () => {
    for (const type of Object.keys(EXPECTED)) {
      const [own, other] = [count(uapi(spec), type), count(uverbs(spec), type)];
      other.forEach((number, kind) => {
        expect(number).toBeLessThanOrEqual(own[kind] ?? 0);
      });
    }
    // UC in SQD cannot be given a path on Linux: the core adds PORT, which is foreign there.
    const names = (abi: Abi): string[] => movesOf(spec, abi, 'UC', 'SQD', 'accepted').map((move) => move.name);
    expect(names(uapi(spec))).toContain('SQD->SQD with AV');
    expect(names(uverbs(spec))).not.toContain('SQD->SQD with AV');
  });
});
