/** Amounts of device memory, sound and not. */
import type { Context } from './client.ts';
import type { Case, Cases } from './cases.ts';
import { exactLimitOf } from './limits.ts';

const NO_DEVICE = 1n << 62n;

const bytes = (length: bigint): Case => ({ name: `${String(length)} bytes`, attributes: { length } });
const aligned = (alignment: number): Case => ({ name: `alignment ${String(alignment)}`, attributes: { alignment } });

function most(context: Context): Promise<bigint> {
  return exactLimitOf(context, 'max_dm_size');
}

/** The sizes there are numbers for. */
const inU64 = (length: bigint): boolean => length < 1n << 64n;

export const DM_CASES: Readonly<Record<string, Cases>> = {
  'small amounts': () => [1n, 3n, 64n, 100n, 1024n].map(bytes),
  'small alignments': () => [0, 1, 3, 6, 10].map(aligned),
  'none at all': () => [bytes(0n)],
  'more than the device has': async (context) => {
    const limit = await most(context);
    return [...(limit === 0n ? [] : [limit + 1n, 2n * limit]), NO_DEVICE, (1n << 64n) - 1n].filter(inU64).map(bytes);
  },
  'an alignment beyond its size': async (context) => {
    const limit = await most(context);
    return [limit.toString(2).length, 62, 64, 0xffffffff].map(aligned);
  },
};
