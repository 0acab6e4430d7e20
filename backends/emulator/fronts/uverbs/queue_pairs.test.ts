import { describe, expect, it } from 'vitest';
import type { Call, Value } from '../../../../spec/abi/abi.ts';
import { CAP, Caller, connected, testSpec, verbs } from './caller.ts';

const spec = testSpec();
const open = (model?: string): Promise<Caller> => Caller.open(spec, verbs(spec, model));
const destroy = (object: string, on: number): Call => ({
  object,
  variant: object === 'qp' ? 'RC' : undefined,
  method: 'destroy',
  on,
  attributes: {},
});
const modify = (on: number, attributes: Readonly<Record<string, Value>>): Call => ({
  object: 'qp',
  variant: 'RC',
  method: 'modify',
  on,
  attributes,
});
const query = (on: number, ...names: readonly string[]): Call => ({
  object: 'qp',
  variant: 'RC',
  method: 'query',
  on,
  attributes: {},
  room: Object.fromEntries(names.map((name) => [name, 0])),
});
const TO_INIT = { state: 'INIT', pkey_index: 0, port: 1, access_flags: ['REMOTE_WRITE'] };
const TO_RTR = {
  state: 'RTR',
  path_ib: { dlid: 2, port: 1 },
  path_mtu: 'MTU_1024',
  dest_qpn: 17,
  rq_psn: 5,
  max_dest_rd_atomic: 1,
  min_rnr_timer: 12,
};

type Values = Readonly<Record<string, Value>>;
const without = (values: Values, ...names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

describe('queue pairs', () => {
  it('answers what was granted', async () => {
    const caller = await open();
    const pd = await caller.create('pd');
    const cq = await caller.create('cq', { cqe: 10, comp_vector: 0 });
    const create: Call = {
      object: 'qp',
      variant: 'UD',
      method: 'create',
      room: { qpn: 0 },
      attributes: { pd, send_cq: cq, recv_cq: cq, cap: { ...CAP, max_send_wr: 5 }, create_flags: ['SQ_SIG_ALL'] },
    };
    expect(await caller.call(create)).toMatchObject({
      attributes: { cap: { max_send_wr: 8, max_recv_wr: 4 }, qpn: expect.any(Number) as number },
    });
    expect(await caller.call({ ...create, attributes: { ...create.attributes, create_flags: 4 } })).toBe('EINVAL');
  });

  it('refuses RESET to INIT with one attribute missing and changes nothing', async () => {
    const caller = await open();
    const { qp } = await connected(caller);
    for (const left of ['pkey_index', 'port', 'access_flags']) {
      const attributes = without(TO_INIT, left);
      expect([left, await caller.call(modify(qp, attributes))]).toEqual([left, 'EINVAL']);
      expect(await caller.call(query(qp, 'state', 'port'))).toEqual({
        handle: qp,
        attributes: { state: 'RESET', port: 0 },
      });
    }
    expect(await caller.call(modify(qp, TO_INIT))).toMatchObject({ handle: qp });
    expect(await caller.call(query(qp, 'state', 'access_flags'))).toMatchObject({
      attributes: { state: 'INIT', access_flags: ['REMOTE_WRITE'] },
    });
  });

  it('keeps a path under the name of the transport of its port', async () => {
    const caller = await open();
    const ib = (await connected(caller)).qp;
    await caller.call(modify(ib, TO_INIT));
    const alternate = { dlid: 9, port: 1 };
    expect(await caller.call(modify(ib, { ...TO_RTR, alt_path_ib: alternate }))).toMatchObject({ handle: ib });
    expect(await caller.call(query(ib, 'path_ib', 'alt_path_ib', 'dest_qpn'))).toMatchObject({
      attributes: { path_ib: { dlid: 2, port: 1, is_global: 0 }, alt_path_ib: alternate, dest_qpn: 17 },
    });
    const roce = (await connected(caller)).qp;
    await caller.call(modify(roce, { ...TO_INIT, port: 2 }));
    const path = { port: 2, sgid_index: 3, hop_limit: 64, dgid_high: 0xfe80000000000000n, dgid_low: 7n };
    const rest = without(TO_RTR, 'path_ib');
    expect(await caller.call(modify(roce, { ...rest, path_roce: path }))).toMatchObject({ handle: roce });
    expect(await caller.call(query(roce, 'path_roce', 'state'))).toMatchObject({
      attributes: { path_roce: path, state: 'RTR' },
    });
  });

  it('judges every pair and attribute as the tables say, after dropping and adding bits', async () => {
    const caller = await open();
    const { pd, cq } = await connected(caller);
    const qp = await caller.create('qp', { pd, send_cq: cq, recv_cq: cq, cap: CAP }, 'UC');
    const uc = (attributes: Readonly<Record<string, Value>>): Call => ({ ...modify(qp, attributes), variant: 'UC' });
    const toRtr = without(TO_RTR, 'max_dest_rd_atomic', 'min_rnr_timer');
    for (const step of [TO_INIT, toRtr, { state: 'RTS', sq_psn: 1 }, { state: 'SQD' }])
      expect(await caller.call(uc(step))).toMatchObject({ handle: qp });
    expect(await caller.call(uc({ state: 'SQD', access_flags: [] }))).toMatchObject({ handle: qp });
    expect(await caller.call(uc({ state: 'SQD', path_ib: { dlid: 2, port: 1 } }))).toBe('EINVAL');
    expect(await caller.call(uc({ state: 'RTS', cap: CAP }))).toBe('EINVAL');
  });

  it('refuses types the device lacks, attributes of other types and missing objects', async () => {
    const caller = await open('ud-srd');
    const pd = await caller.create('pd');
    const cq = await caller.create('cq', { cqe: 10, comp_vector: 0 });
    const queues = { pd, send_cq: cq, recv_cq: cq, cap: { ...CAP, max_inline_data: 0 } };
    const create = (variant: string, attributes: Call['attributes']): Promise<unknown> =>
      caller.call({ object: 'qp', variant, method: 'create', attributes });
    expect(await create('RC', queues)).toBe('EOPNOTSUPP');
    expect(await create('DRIVER', queues)).toBe('EINVAL');
    expect(await create('DRIVER', { ...queues, driver_type: 5 })).toBe('EOPNOTSUPP');
    expect(await create('DRIVER', { ...queues, driver_type: 0 })).toMatchObject({ handle: 2 });
    expect(await create('UD', { send_cq: cq, recv_cq: cq, cap: CAP })).toBe('ENOENT');
    expect(await caller.call({ object: 'xrcd', method: 'create', attributes: {} })).toBe('EOPNOTSUPP');
    expect(await caller.call(destroy('xrcd', pd))).toBe('EPROTONOSUPPORT');
  });

  it('takes an XRC target with its domain alone', async () => {
    const caller = await open();
    const xrcd = await caller.create('xrcd');
    const pd = await caller.create('pd');
    expect(await caller.create('qp', { xrcd }, 'XRC_TGT')).toBe(2);
    expect(await caller.call(destroy('xrcd', xrcd))).toBe('EBUSY');
    expect(await caller.call({ object: 'qp', variant: 'XRC_TGT', method: 'create', attributes: { xrcd, pd } })).toBe(
      'EINVAL',
    );
  });

  it('asks for a privilege where Linux does', async () => {
    const backend = verbs(spec);
    const plain = await Caller.open(spec, backend, { privileged: false });
    const pd = await plain.create('pd');
    const cq = await plain.create('cq', { cqe: 10, comp_vector: 0 });
    const raw: Call = {
      object: 'qp',
      variant: 'RAW_PACKET',
      method: 'create',
      attributes: { pd, send_cq: cq, recv_cq: cq, cap: CAP },
    };
    expect(await plain.call(raw)).toBe('EPERM');
    const ud = await plain.create('qp', { pd, send_cq: cq, recv_cq: cq, cap: CAP }, 'UD');
    const init: Call = {
      object: 'qp',
      variant: 'UD',
      method: 'modify',
      on: ud,
      attributes: { state: 'INIT', pkey_index: 0, port: 1, qkey: 0x80000001 },
    };
    expect(await plain.call(init)).toBe('EPERM');
  });
});
