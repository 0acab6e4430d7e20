import { describe, expect, it } from 'vitest';
import { Caller, testSpec, verbs } from './caller.ts';

const spec = testSpec();
const open = (options?: Parameters<typeof Caller.open>[2]): Promise<Caller> => Caller.open(spec, verbs(spec), options);

type Given = Readonly<Record<string, number | bigint | Uint8Array>>;

/** Outputs of a method of DEVICE, or the name of its errno. */
async function ask(
  caller: Caller,
  method: string,
  given: Given,
): Promise<Readonly<Record<string, Uint8Array>> | string> {
  const { native } = caller.abi;
  if (native === undefined) throw new Error('uverbs has methods of its own');
  const encoded = caller.abi.encode(native.message('device', method, given));
  const outcome = await caller.send(encoded);
  return outcome === 'ok' ? native.outputs('device', method, encoded) : outcome;
}

const numbers = (bytes: Uint8Array | undefined): number[] => [
  ...new Uint32Array((bytes ?? new Uint8Array(0)).slice().buffer),
];

describe('INFO_HANDLES', () => {
  const list = (caller: Caller, id: number | bigint, bytes = 16) =>
    ask(caller, 'info_handles', {
      OBJECT_ID: id,
      TOTAL_HANDLES: new Uint8Array(4),
      HANDLES_LIST: new Uint8Array(bytes),
    });

  it('lists the handles of one type, the newest first, as far as there is room', async () => {
    const caller = await open();
    const pds = [await caller.create('pd'), await caller.create('pd')];
    await caller.create('cq', { cqe: 4, comp_vector: 0 });
    const found = await list(caller, 1);
    if (typeof found === 'string') throw new Error(found);
    expect(numbers(found['TOTAL_HANDLES'])).toEqual([2]);
    expect(numbers(found['HANDLES_LIST']).slice(0, 2)).toEqual(pds.toReversed());
    const one = await list(caller, 1, 4);
    expect(typeof one === 'string' ? one : numbers(one['TOTAL_HANDLES'])).toEqual([1]);
  });

  it('lists nothing before there is a context, and refuses what is no type and no list', async () => {
    const caller = await open({ greet: false });
    const none = await list(caller, 1);
    expect(typeof none === 'string' ? none : numbers(none['TOTAL_HANDLES'])).toEqual([0]);
    expect(await list(caller, 0x0ff0)).toBe('ENOENT');
    expect(await list(caller, 0x10001n)).toBe('EINVAL');
    expect(await list(caller, 1, 6)).toBe('EINVAL');
    expect(await ask(caller, 'info_handles', { OBJECT_ID: 1, TOTAL_HANDLES: new Uint8Array(4) })).toBe('EINVAL');
    expect(await ask(caller, 'info_handles', { OBJECT_ID: 1, HANDLES_LIST: new Uint8Array(4) })).toBe('ENOENT');
  });
});

describe('the queries for GIDs', () => {
  const table = (caller: Caller, size: number, bytes: number, more: Given = {}) =>
    ask(caller, 'query_gid_table', {
      ENTRY_SIZE: size,
      ...more,
      RESP_ENTRIES: new Uint8Array(bytes),
      RESP_NUM_ENTRIES: new Uint8Array(8),
    });
  const entry = (caller: Caller, PORT: number, GID_INDEX: number, FLAGS = 0) =>
    ask(caller, 'query_gid_entry', { PORT, GID_INDEX, FLAGS, RESP_ENTRY: new Uint8Array(32) });

  it('tell the same', async () => {
    const caller = await open();
    const all = await table(caller, 32, 320);
    if (typeof all === 'string') throw new Error(all);
    // One on the InfiniBand port, two addresses in both versions on the RoCE port.
    expect(numbers(all['RESP_NUM_ENTRIES'])).toEqual([5, 0]);
    const second = await entry(caller, 2, 0);
    expect(typeof second === 'string' ? second : second['RESP_ENTRY']).toEqual(all['RESP_ENTRIES']?.slice(32, 64));
    const cut = await table(caller, 16, 80);
    expect(typeof cut === 'string' ? cut : cut['RESP_ENTRIES']?.slice(0, 16)).toEqual(
      all['RESP_ENTRIES']?.slice(0, 16),
    );
  });

  it.each<[string, (caller: Caller) => Promise<unknown>, string]>([
    ['entries of no bytes', (caller) => table(caller, 0, 320), 'EINVAL'],
    ['room that is no multiple', (caller) => table(caller, 32, 321), 'EINVAL'],
    ['too little room', (caller) => table(caller, 32, 64), 'EINVAL'],
    ['a flag', (caller) => table(caller, 32, 320, { FLAGS: 1 }), 'EINVAL'],
    ['a port that is none', (caller) => entry(caller, 3, 0), 'EINVAL'],
    ['an index beyond the table', (caller) => entry(caller, 1, 8), 'EINVAL'],
    ['an empty entry', (caller) => entry(caller, 1, 1), 'ENODATA'],
    ['a flag for one', (caller) => entry(caller, 1, 0, 4), 'EINVAL'],
  ])('refuse %s', async (_what, call, errno) => {
    expect(await call(await open())).toBe(errno);
  });

  it('want a context', async () => {
    expect(await table(await open({ greet: false }), 32, 320)).toBe('EINVAL');
  });
});
