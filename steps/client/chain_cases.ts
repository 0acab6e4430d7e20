/** Chains that must be refused as a whole, by the words scenarios have for what is wrong with them. */
import type { Encoded } from '../../spec/abi/abi.ts';
import type { Context } from './client.ts';
import { chainsOf } from './command_chains.ts';

/** What is done to a sound chain of `count` elements, at an element that has one behind it. */
export interface ChainCase {
  readonly name: string;
  readonly count?: number;
  readonly lies?: { readonly command?: number; readonly next?: number };
  readonly change?: (encoded: Encoded) => Encoded;
}

/** Bytes of an element with the shortest message. */
const SHORTEST = 16;
const HALF_AN_ELEMENT = 12;
const CHAIN = 128;
const BACKWARD = 2 ** 32;

const CASES: Readonly<Record<string, (context: Context) => readonly ChainCase[]>> = {
  'a header that cannot be read': () => [
    { name: 'the last element ends within its own header', change: cut(HALF_AN_ELEMENT) },
    { name: 'the last element has no message', change: cut(SHORTEST - 8) },
    { name: 'next leads outside', lies: { next: 4096 } },
  ],
  'memory that cannot be written': () => [
    { name: 'read-only', change: (encoded) => ({ ...encoded, regions: encoded.regions.map(readOnly) }) },
  ],
  'a misaligned link': () => [1, 4, SHORTEST + 4, 4100].map(next),
  'a link into the message': () => [8, SHORTEST, SHORTEST + 8].map(next),
  'a link that leads too far': (context) => [
    next(chainsOf(context).farthest + 8),
    next(0x80000000),
    { name: 'to itself from behind', lies: { next: BACKWARD - 8 } },
    { name: 'backward', lies: { next: BACKWARD - SHORTEST } },
  ],
  'too many elements': (context) => {
    const { maximum } = chainsOf(context);
    return [maximum + 1, 2 * maximum].map((count) => ({ name: `${String(count)} elements`, count }));
  },
  'a chain in it': () => [{ name: 'method 128', lies: { command: CHAIN } }],
  'bits beside the method': () =>
    [0x100, 0x200, 0x8000, 0x10000, 0x80000000].map((bits) => ({
      name: `0x${bits.toString(16)}`,
      lies: { command: bits },
    })),
};

export function chainCases(context: Context, words: string): readonly ChainCase[] {
  const cases = CASES[words];
  if (cases === undefined)
    throw new RangeError(`no chains are called ${words}; there are ${Object.keys(CASES).join('; ')}`);
  return cases(context);
}

function next(bytes: number): ChainCase {
  return { name: `next ${String(bytes)}`, lies: { next: bytes } };
}

function readOnly(region: Encoded['regions'][number]): Encoded['regions'][number] {
  return { ...region, readOnly: true };
}

/** The memory ends `bytes` behind the beginning of the last element. */
function cut(bytes: number): (encoded: Encoded) => Encoded {
  return (encoded) => ({
    ...encoded,
    regions: encoded.regions.map((region) => ({
      ...region,
      bytes: region.bytes.subarray(0, region.bytes.length - SHORTEST + bytes),
    })),
  });
}
