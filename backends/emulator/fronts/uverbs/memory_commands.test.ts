/** Write commands that carry values and objects: what of the request counts, and where its parts lie. Facts B7, D1. */
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../spec/abi/abi.ts';
import type { Draft } from '../../../../spec/abi/uverbs/draft.ts';
import { Caller, testSpec, verbs } from './caller.ts';

const spec = testSpec();
const open = (): Promise<Caller> => Caller.open(spec, verbs(spec));
const MR: Call = { object: 'mr', method: 'create', attributes: { pd: 0, start: 0x10123n, length: 64n } };

/** The request with bytes replaced from an offset on. */
const patched =
  (at: number, ...bytes: readonly number[]) =>
  (draft: Draft): Draft => ({
    ...draft,
    attributes: draft.attributes.map((item) => {
      if (item.name !== 'core_in') return item;
      const payload = item.payload.slice();
      payload.set(bytes, at);
      return { ...item, payload };
    }),
  });

const request = (caller: Caller, call: Call): Uint8Array =>
  caller.abi.draft(call).attributes[0]?.payload ?? new Uint8Array(0);
const u64 = (bytes: Uint8Array, at: number): bigint =>
  new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(at, true);

describe('REG_MR', () => {
  it('asks for the iova that is given, or for the start', async () => {
    const caller = await open();
    expect(u64(request(caller, MR), 24)).toBe(0x10123n);
    const moved = { ...MR, attributes: { ...MR.attributes, iova: 0x7f0000000123n } };
    expect([u64(request(caller, moved), 8), u64(request(caller, moved), 24)]).toEqual([0x10123n, 0x7f0000000123n]);
  });

  it('wants a protection domain, and leaves nothing where it cannot answer', async () => {
    const caller = await open();
    const cq = await caller.create('cq', { cqe: 1, comp_vector: 0 });
    const pd = await caller.create('pd');
    const sound = { ...MR, attributes: { ...MR.attributes, pd } };
    expect(await caller.call({ ...MR, attributes: { ...MR.attributes, pd: cq } })).toBe('EINVAL');
    expect(await caller.call({ ...MR, attributes: { ...MR.attributes, pd: 77 } })).toBe('ENOENT');
    const encoded = caller.abi.encode(caller.abi.draft(sound));
    expect(await caller.send({ ...encoded, patches: encoded.patches.slice(0, 1) })).toBe('EFAULT');
    expect(await caller.call({ object: 'pd', method: 'destroy', on: pd, attributes: {} })).toMatchObject({
      handle: pd,
    });
  });
});

describe('REREG_MR', () => {
  it('takes what its flags name, and no others', async () => {
    const caller = await open();
    const pd = await caller.create('pd');
    const mr = await caller.create('mr', { ...MR.attributes, pd });
    const call: Call = { object: 'mr', method: 'modify', on: mr, attributes: { access: ['LOCAL_WRITE'] } };
    const flags = (value: number): Promise<unknown> => caller.call(call, patched(12, value));
    expect(request(caller, call)[12]).toBe(4);
    expect(request(caller, { ...call, attributes: { pd, start: 1n, length: 1n } })[12]).toBe(3);
    // The range and the protection domain in the request are zeros: they would be refused if they counted.
    expect(await flags(4)).toMatchObject({ handle: mr });
    expect(await flags(1)).toBe('EINVAL');
    expect(await flags(0)).toBe('EINVAL');
    expect(await flags(8)).toBe('EOPNOTSUPP');
  });
});

describe('CREATE_AH', () => {
  it('reads the path by the transport of its port, and never what is reserved', async () => {
    const caller = await open();
    const pd = await caller.create('pd');
    const path = { path_roce: { port: 2, sgid_index: 1, hop_limit: 64, dgid_high: 0x0102n, dgid_low: 3n } };
    const call: Call = { object: 'ah', method: 'create', attributes: { pd, ...path } };
    const bytes = request(caller, call);
    expect([bytes[30], bytes[31], bytes[39], bytes[44], bytes[53], bytes[54]]).toEqual([1, 2, 3, 1, 1, 2]);
    expect(await caller.call(call, patched(20, 1, 2, 3, 4))).toHaveProperty('handle');
    expect(await caller.call(call, patched(55, 9))).toHaveProperty('handle');
    expect(await caller.call(call, patched(53, 0))).toBe('EINVAL');
    expect(await caller.call(call, patched(44, 16))).toBe('EINVAL');
    expect(await caller.call(call, patched(54, 3))).toBe('EINVAL');
  });
});

describe('ATTACH_MCAST', () => {
  it('carries the GID in network order and has no answer', async () => {
    const caller = await open();
    const attributes = { gid_high: 0xff12401bffff0000n, gid_low: 0x0102n, mlid: 0xc001 };
    const draft = caller.abi.draft({ object: 'qp', variant: 'UD', method: 'attach_mcast', on: 5, attributes });
    expect(draft.attributes.map((item) => item.name)).toEqual(['core_in', 'write_cmd']);
    const bytes = [...(draft.attributes[0]?.payload ?? [])];
    expect(bytes.slice(0, 2)).toEqual([0xff, 0x12]);
    expect(bytes.slice(14, 24)).toEqual([1, 2, 5, 0, 0, 0, 0x01, 0xc0, 0, 0]);
  });
});
