/** Write commands with a mask of their own, with handles and with something behind the request. */
import { describe, expect, it } from 'vitest';
import { CAP, Caller, connected, testSpec, verbs, withRequest } from './caller.ts';

const spec = testSpec();
const WQ = { type: 'RQ', max_wr: 4, max_sge: 1 };

async function workQueue(): Promise<{ caller: Caller; pd: number; wq: number }> {
  const caller = await Caller.open(spec, verbs(spec));
  const pd = await caller.create('pd');
  const cq = await caller.create('cq', { cqe: 4, comp_vector: 0 });
  return { caller, pd, wq: await caller.create('wq', { pd, cq, ...WQ }) };
}

describe('a mask', () => {
  const modify = { object: 'wq', method: 'modify', attributes: { state: 'RDY' } };

  it('says which values count', async () => {
    const { caller, wq } = await workQueue();
    const call = { ...modify, on: wq, attributes: { state: 'ERR', flags: [], flags_mask: [] } };
    expect(await caller.call(call)).toBe('EINVAL');
    const flagsAlone = withRequest((view) => {
      view.setUint32(0, 4, true);
    });
    expect(await caller.call(call, flagsAlone)).toMatchObject({ attributes: {} });
  });

  it.each([0, 8, 9, 0x80000001])('of %i is refused', async (mask) => {
    const { caller, wq } = await workQueue();
    const spoiled = withRequest((view) => {
      view.setUint32(0, mask, true);
    });
    expect(await caller.call({ ...modify, on: wq }, spoiled)).toBe('EINVAL');
  });
});

describe('a list of handles', () => {
  const create = (wqs: number[]) => ({ object: 'rwq_ind_tbl', method: 'create', attributes: { wqs } });

  it('names work queues and nothing else', async () => {
    const { caller, pd, wq } = await workQueue();
    expect(await caller.call(create([wq, pd]))).toBe('EINVAL');
    expect(await caller.call(create([wq, 999]))).toBe('ENOENT');
    expect(await caller.call(create([wq, wq]))).toMatchObject({ handle: 3 });
  });

  it('is as long as its logarithm says, which is bounded', async () => {
    const { caller, wq } = await workQueue();
    const saying = (log: number) =>
      withRequest((view) => {
        view.setUint32(4, log, true);
      });
    expect(await caller.call(create([wq]), saying(2))).toBe('ENOSPC');
    expect(await caller.call(create([wq]), saying(14))).toBe('EINVAL');
    expect(await caller.call(create([wq, wq]), saying(0))).toBe('EOPNOTSUPP');
  });
});

describe('headers behind a flow rule', () => {
  const create = { object: 'flow', method: 'create' };
  const eth = { dst_mac: 1n, dst_mac_mask: 1n };
  const header = { type: 'NORMAL', port: 1, eth };

  it('are read one by one', async () => {
    const { caller, qp } = await datagrams();
    expect(await caller.call({ ...create, attributes: { qp, ...header } })).toMatchObject({ attributes: {} });
  });

  it.each([
    [
      'of an unknown type',
      (view: DataView) => {
        view.setUint32(24, 0x99, true);
      },
      0,
      'EINVAL',
    ],
    [
      'more than there are',
      (view: DataView) => {
        view.setUint8(16, 2);
      },
      0,
      'EINVAL',
    ],
    [
      'followed by something',
      (view: DataView) => {
        view.setUint8(64, 1);
      },
      8,
      'EOPNOTSUPP',
    ],
  ])('%s are refused', async (_words, change, more, errno) => {
    const { caller, qp } = await datagrams();
    const spoiled = withRequest((view) => {
      change(view);
    }, more);
    expect(await caller.call({ ...create, attributes: { qp, ...header } }, spoiled)).toBe(errno);
  });

  it('may name a counter set, which is then read by its room', async () => {
    const { caller, qp } = await datagrams();
    const counters = await caller.create('counters');
    await caller.create('flow', { qp, type: 'NORMAL', port: 1, counters });
    const read = { object: 'counters', method: 'read', on: counters, attributes: {}, room: { values: 24 } };
    expect(await caller.call(read)).toMatchObject({ attributes: { values: [0n, 0n, 0n] } });
  });
});

describe('a shared receive queue', () => {
  const create = { object: 'srq', method: 'create' };
  const basic = { type: 'BASIC', max_wr: 4, max_sge: 1 };

  it('ignores what only other types need', async () => {
    const caller = await Caller.open(spec, verbs(spec));
    const { pd, cq } = await connected(caller);
    const srq = await caller.call({ ...create, attributes: { pd, cq, ...basic } });
    expect(srq).toMatchObject({ handle: 3 });
    const used = await caller.call({ object: 'qp', variant: 'RC', method: 'destroy', on: 2, attributes: {} });
    expect(used).toMatchObject({ attributes: {} });
    expect(await caller.call({ object: 'cq', method: 'destroy', on: cq, attributes: {} })).not.toBe('EBUSY');
  });
});

async function datagrams(): Promise<{ caller: Caller; qp: number }> {
  const caller = await Caller.open(spec, verbs(spec));
  const { pd, cq } = await connected(caller);
  return { caller, qp: await caller.create('qp', { pd, send_cq: cq, recv_cq: cq, cap: CAP }, 'UD') };
}
