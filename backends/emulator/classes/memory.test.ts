/** What a device keeps of regions, windows, device memory and groups, and that nothing of it outlives them. */
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../spec/abi/abi.ts';
import { BareDevice } from '../bare_device.ts';
import type { Context } from '../core/context.ts';
import type { Instance } from '../core/instance.ts';
import { pipelineOf } from '../rules.ts';
import type { AhState } from './ah.ts';

const bare = new BareDevice();
const { device } = bare;
const CAP = { max_send_wr: 4, max_recv_wr: 4, max_send_sge: 1, max_recv_sge: 1, max_inline_data: 0, reserved: 0 };
const GROUP = { gid_high: 0xff12401bffff0000n, gid_low: 1n, mlid: 0xc001 };

type Attributes = Readonly<Record<string, Value>>;

const create = (file: Context, object: string, attributes: Attributes, variant?: string): number =>
  bare.make(file, { object, variant, method: 'create', attributes });
const region = (file: Context, pd: number, more: Attributes = {}): number =>
  create(file, 'mr', { pd, start: 0x10000n, length: 64n, ...more });
const close = (file: Context): number => pipelineOf<Context>(bare.pipelines, 'context.close')(file);

function datagrams(file: Context, pd: number): number {
  const cq = create(file, 'cq', { cqe: 1, comp_vector: 0 });
  return create(file, 'qp', { pd, send_cq: cq, recv_cq: cq, cap: CAP }, 'UD');
}

function change(file: Context, qp: number, method: string, group: Attributes = GROUP): number {
  return bare.errno(file, { object: 'qp', variant: 'UD', method, on: qp, attributes: group });
}

describe('memory on a device', () => {
  it('is found by its keys as long as it lives', () => {
    const file = bare.open();
    const pd = create(file, 'pd', {});
    const mr = region(file, pd, { iova: 0x7f0000000000n, access: ['LOCAL_WRITE'] });
    create(file, 'mw', { pd, type: 2 });
    const [found] = [...device.lkeys.values()];
    expect(found?.state).toMatchObject({ start: 0x10000n, length: 64n, iova: 0x7f0000000000n, access: 1 });
    expect(found?.state.pd.object).toBe('pd');
    expect(device.rkeys.get(found?.state.rkey ?? 0)).toBe(found);
    expect([device.lkeys.size, device.rkeys.size]).toEqual([1, 2]);
    expect(bare.errno(file, { object: 'mr', method: 'destroy', on: mr, attributes: {} })).toBe(0);
    expect([device.lkeys.size, device.rkeys.size]).toEqual([0, 1]);
    close(file);
    expect(device.rkeys.size).toBe(0);
  });

  it('keeps its protection domain and its device memory, and the new ones after a change', () => {
    const file = bare.open();
    const [pd, next] = [create(file, 'pd', {}), create(file, 'pd', {})];
    const dm = create(file, 'dm', { length: 64n, alignment: 0 });
    const mr = region(file, pd);
    region(file, pd, { dm, start: 0n, access: ['ZERO_BASED'] });
    const users = (): number[] => [...file.instances].map((instance) => instance.users);
    expect(users()).toEqual([2, 0, 1, 0, 0]);
    expect(bare.errno(file, { object: 'mr', method: 'modify', on: mr, attributes: { pd: next } })).toBe(0);
    expect(users()).toEqual([1, 1, 1, 0, 0]);
    expect(bare.errno(file, { object: 'mr', method: 'destroy', on: mr, attributes: {} })).toBe(0);
    expect(users()).toEqual([1, 0, 1, 0]);
    expect(device.memoryTaken).toBe(64n);
    close(file);
    expect([device.memoryTaken, device.lkeys.size, device.rkeys.size]).toEqual([0n, 0, 0]);
  });

  it('has the path of an address handle with the port it leaves by', () => {
    const file = bare.open();
    const pd = create(file, 'pd', {});
    create(file, 'ah', { pd, path_roce: { port: 2, sgid_index: 3, hop_limit: 64 }, user_handle: 5n });
    const { state } = [...file.instances].at(-1) as Instance<AhState>;
    expect(state).toMatchObject({ port: 2, path: { sgid_index: 3, hop_limit: 64 }, userHandle: 5n });
    expect(state.pd.users).toBe(1);
    close(file);
  });
});

describe('multicast groups of a device', () => {
  it('have the queue pairs that are attached, once each, and end with the last', () => {
    const file = bare.open();
    const pd = create(file, 'pd', {});
    const [one, other] = [datagrams(file, pd), datagrams(file, pd)];
    for (const qp of [one, one, other]) expect(change(file, qp, 'attach_mcast')).toBe(0);
    const members = [...device.groups.values()];
    expect(members.map((group) => group.size)).toEqual([2]);
    expect(change(file, one, 'detach_mcast')).toBe(0);
    expect(members[0]?.size).toBe(1);
    close(file);
    expect(device.groups.size).toBe(0);
  });

  it('keep a member that is attached under two LIDs until both are gone', () => {
    const file = bare.open();
    const qp = datagrams(file, create(file, 'pd', {}));
    const twin = { ...GROUP, mlid: 0xc002 };
    for (const group of [GROUP, twin]) expect(change(file, qp, 'attach_mcast', group)).toBe(0);
    expect(change(file, qp, 'detach_mcast', twin)).toBe(0);
    expect(device.groups.size).toBe(1);
    expect(change(file, qp, 'detach_mcast')).toBe(0);
    expect(device.groups.size).toBe(0);
    close(file);
  });
});
