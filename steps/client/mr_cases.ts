/** Ranges and permissions of memory regions, sound and not. */
import type { Context } from './client.ts';
import type { Case, Cases } from './cases.ts';
import { limitOf } from './limits.ts';
import { make } from './things.ts';

const BASE = 0x10000n;
/** The smallest page; where offsets are to be equal, they are so in pages of 65536 bytes. */
const PAGE = 0x1000n;
const LAST_PAGE = 0xfffffffffffff000n;
const DM_BYTES = 0x40n;

const range = (start: bigint, length: bigint, iova = start): Case['attributes'] => ({ start, length, iova });
const access = (...names: string[]): Case => ({
  name: names.join(' and ') || 'no permission',
  attributes: { access: names },
});

/** Every set of the permissions of which none needs another. */
function soundSets(): Case[] {
  const remote = ['REMOTE_WRITE', 'REMOTE_READ', 'REMOTE_ATOMIC', 'MW_BIND'];
  const sets = Array.from({ length: 2 ** remote.length }, (_, bits) =>
    remote.filter((_name, bit) => (bits & (1 << bit)) !== 0),
  );
  return [access(), access('REMOTE_READ'), ...sets.map((names) => access('LOCAL_WRITE', ...names))];
}

async function soundRanges(context: Context): Promise<Case[]> {
  const maximum = BigInt(await limitOf(context, 'max_mr_size'));
  const lengths = [1n, 17n, PAGE - 1n, PAGE, 3n * PAGE + 5n, maximum].filter((length) => length <= maximum);
  return [
    ...lengths.map((length) => ({ name: `${String(length)} bytes`, attributes: range(BASE, length) })),
    { name: 'an iova in another page', attributes: range(BASE + 0x123n, 64n, 0x7f0000000123n) },
    { name: 'the first page', attributes: range(0n, 64n) },
    { name: 'no iova', attributes: { iova: undefined } },
  ];
}

const tooLong: Cases = async (context) => {
  const maximum = BigInt(await limitOf(context, 'max_mr_size'));
  return [maximum + 1n, 2n * maximum].map((length) => ({
    name: `${String(length)} bytes`,
    attributes: range(BASE, length),
  }));
};

/** Unequal in pages of 4096 bytes and in pages of 65536. */
const unequalOffsets: readonly Case[] = [
  { name: 'one byte on', attributes: range(BASE, 64n, BASE + 1n) },
  { name: 'the end of the page', attributes: range(BASE, 64n, BASE + PAGE - 1n) },
  { name: 'another page', attributes: range(BASE + 8n, 64n, 0x7f0000000010n) },
];

const remoteOnly: readonly Case[] = [
  access('REMOTE_WRITE'),
  access('REMOTE_ATOMIC'),
  access('REMOTE_WRITE', 'REMOTE_READ'),
  access('REMOTE_ATOMIC', 'MW_BIND'),
];

/** Regions over new device memory of DM_BYTES bytes. */
async function overMemory(context: Context, cases: readonly Case[]): Promise<Case[]> {
  const dm = await make(context, 'dm', undefined, { length: DM_BYTES });
  return cases.map((one) => ({
    name: one.name,
    parts: { dm },
    attributes: {
      iova: undefined,
      access: ['ZERO_BASED', 'LOCAL_WRITE'],
      start: 0n,
      length: DM_BYTES,
      ...one.attributes,
    },
  }));
}

const part = (start: bigint, length: bigint): Case => ({
  name: `${String(length)} bytes from ${String(start)}`,
  attributes: { start, length },
});

export const MR_CASES: Readonly<Record<string, Cases>> = {
  'every kind of range': soundRanges,
  'every set of permissions': soundSets,
  'remote writes or atomics without local writes': () => remoteOnly,
  'permissions not every device is capable of': () =>
    ['ON_DEMAND', 'FLUSH_GLOBAL', 'FLUSH_PERSISTENT'].map((name) => access('LOCAL_WRITE', name)),
  'no bytes': () => [{ name: 'no bytes', attributes: { length: 0n } }],
  'more bytes than the device registers': tooLong,
  'a range beyond the last address': () => [
    { name: 'start', attributes: range(LAST_PAGE, 2n * PAGE, BASE) },
    { name: 'iova', attributes: range(BASE, 2n * PAGE, LAST_PAGE) },
  ],
  'another offset in the page': () => unequalOffsets,
  'parts of device memory': (context) =>
    overMemory(context, [part(0n, DM_BYTES), part(0n, 1n), part(8n, 16n), part(DM_BYTES - 1n, 1n)]),
  'device memory that is not zero-based': (context) =>
    overMemory(context, [access('LOCAL_WRITE'), access('LOCAL_WRITE', 'REMOTE_READ')]),
  'device memory at an iova': (context) => overMemory(context, [{ name: 'iova 4096', attributes: { iova: PAGE } }]),
  'more than the device memory': (context) =>
    overMemory(context, [part(0n, DM_BYTES + 1n), part(1n, DM_BYTES), part(DM_BYTES, 1n), part(LAST_PAGE, PAGE)]),
  'values no region can have': () => [...remoteOnly, ...unequalOffsets],
  'lengths no region can have': async (context) => [
    ...(await tooLong(context)),
    { name: 'no bytes', attributes: range(BASE, 0n) },
  ],
  'a part of a range': () => [
    { name: 'start', attributes: { start: 5n * BASE } },
    { name: 'length', attributes: { length: 5n * PAGE } },
    { name: 'iova', attributes: { iova: 5n * BASE } },
    { name: 'start and iova', attributes: { start: 6n * BASE, iova: 6n * BASE } },
  ],
  'nothing to change': () => [{ name: 'nothing', attributes: {} }],
  'other permissions': () => [{ name: 'permissions', attributes: { access: ['LOCAL_WRITE', 'REMOTE_READ'] } }],
  'another range': () => [{ name: 'range', attributes: range(2n * BASE, 2n * PAGE, 3n * BASE) }],
  'another range without an iova': () => [{ name: 'range', attributes: { start: 2n * BASE, length: PAGE } }],
  'another range and other permissions': () => [
    { name: 'both', attributes: { ...range(4n * BASE, 64n), access: ['LOCAL_WRITE', 'REMOTE_WRITE'] } },
  ],
};
