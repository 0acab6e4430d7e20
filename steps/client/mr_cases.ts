/** Ranges and permissions of memory regions, sound and not. */
import { ARENA_BYTES, arenaOf } from './arena.ts';
import type { Context } from './client.ts';
import type { Case, Cases } from './cases.ts';
import { exactLimitOf } from './limits.ts';
import { make } from './things.ts';

/** The smallest page; where offsets are to be equal, they are so in pages of 65536 bytes. */
const PAGE = 0x1000n;
const LAST_PAGE = 0xfffffffffffff000n;
const U64_END = 1n << 64n;
const DM_BYTES = 0x40n;
/** Between ranges that a region is moved to. */
const STEP = 0x10000n;

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
  const base = await arenaOf(context);
  const maximum = await exactLimitOf(context, 'max_mr_size');
  // What a device registers at most may be more than any process has.
  const most = maximum < ARENA_BYTES ? maximum : ARENA_BYTES;
  const lengths = [1n, 17n, PAGE - 1n, PAGE, 3n * PAGE + 5n, most].filter((length) => length <= most);
  return [
    ...lengths.map((length) => ({ name: `${String(length)} bytes`, attributes: range(base, length) })),
    { name: 'an iova in another page', attributes: range(base + 0x123n, 64n, 0x7f0000000123n) },
    { name: 'an iova of 0', attributes: range(base, 64n, 0n) },
    { name: 'no iova', attributes: { iova: undefined } },
  ];
}

/** None where a device sets no limit: then there is no length to be refused. */
const tooLong: Cases = async (context) => {
  const base = await arenaOf(context);
  const maximum = await exactLimitOf(context, 'max_mr_size');
  return [maximum + 1n, 2n * maximum]
    .filter((length) => length < U64_END - base)
    .map((length) => ({ name: `${String(length)} bytes`, attributes: range(base, length) }));
};

const unequalOffsets: Cases = async (context) => {
  const base = await arenaOf(context);
  return [
    { name: 'one byte on', attributes: range(base, 64n, base + 1n) },
    { name: 'the end of the page', attributes: range(base, 64n, base + PAGE - 1n) },
    { name: 'another page', attributes: range(base + 8n, 64n, 0x7f0000000010n) },
  ];
};

/** Cases somewhere in the arena. */
const within =
  (cases: (base: bigint) => readonly Case[]): Cases =>
  async (context) =>
    cases(await arenaOf(context));

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
  'a range beyond the last address': within((base) => [
    { name: 'start', attributes: range(LAST_PAGE, 2n * PAGE, base) },
    { name: 'iova', attributes: range(base, 2n * PAGE, LAST_PAGE) },
  ]),
  'another offset in the page': unequalOffsets,
  'parts of device memory': (context) =>
    overMemory(context, [part(0n, DM_BYTES), part(0n, 1n), part(8n, 16n), part(DM_BYTES - 1n, 1n)]),
  'device memory that is not zero-based': (context) =>
    overMemory(context, [access('LOCAL_WRITE'), access('LOCAL_WRITE', 'REMOTE_READ')]),
  'device memory at an iova': (context) => overMemory(context, [{ name: 'iova 4096', attributes: { iova: PAGE } }]),
  'more than the device memory': (context) =>
    overMemory(context, [part(0n, DM_BYTES + 1n), part(1n, DM_BYTES), part(DM_BYTES, 1n), part(LAST_PAGE, PAGE)]),
  'lengths no region can have': async (context) => [
    ...(await tooLong(context)),
    { name: 'no bytes', attributes: range(await arenaOf(context), 0n) },
  ],
  'a part of a range': within((base) => [
    { name: 'start', attributes: { start: base + 5n * STEP } },
    { name: 'length', attributes: { length: 5n * PAGE } },
    { name: 'iova', attributes: { iova: 5n * STEP } },
    { name: 'start and iova', attributes: { start: base + 6n * STEP, iova: 6n * STEP } },
  ]),
  'nothing to change': () => [{ name: 'nothing', attributes: {} }],
  // No local writes: a driver that keeps the pages cannot let them be written to that were pinned for reading.
  'other permissions': () => [{ name: 'permissions', attributes: { access: ['REMOTE_READ'] } }],
  'another range': within((base) => [{ name: 'range', attributes: range(base + 2n * STEP, 2n * PAGE, 3n * STEP) }]),
  'another range without an iova': within((base) => [
    { name: 'range', attributes: { start: base + 2n * STEP, length: PAGE } },
  ]),
  'another range and other permissions': within((base) => [
    { name: 'both', attributes: { ...range(base + 4n * STEP, 64n), access: ['LOCAL_WRITE', 'REMOTE_WRITE'] } },
  ]),
};
