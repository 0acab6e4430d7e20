import { describe, expect, it } from 'vitest';
import { compileSpec } from '../../compile.ts';
import { packageRoot } from '../../compile/files.ts';
import type { Spec } from '../../model.ts';
import type { Call, Encoded } from '../abi.ts';
import { bitOf } from '../../qp_rules.ts';
import { uverbs } from './uverbs.ts';

const spec = compileSpec(packageRoot()).spec as Spec;
const abi = uverbs(spec);
const encoded = (call: Call): Encoded => abi.encode(abi.draft(call));
const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
const bit = (...names: readonly string[]): number => names.reduce((sum, name) => sum | bitOf(spec.qp, name), 0);

/** The region the attribute at `index` points to. */
function pointed(message: Encoded, index: number): Uint8Array {
  const patch = message.patches.find((candidate) => candidate.offset === 24 + 16 * index + 8);
  return message.regions[patch?.region ?? -1]?.bytes ?? new Uint8Array(0);
}

describe('encoding', () => {
  it('puts a method of its own into attributes', () => {
    const message = encoded({
      object: 'cq',
      method: 'create',
      attributes: { cqe: 16, comp_vector: 1, user_handle: 0x1122334455667788n },
    });
    expect(message.request).toBe(0xc0181b01);
    expect(hex(message.regions[0]?.bytes)).toBe(
      '680003000000050000000000000000000000000000000000' +
        '00000000010000000000000000000000' +
        '01000400010000001000000000000000' +
        '02000800010000008877665544332211' +
        '04000400010000000100000000000000' +
        '06000400010000000000000000000000',
    );
    expect(message.patches).toEqual([{ into: 0, offset: 96, region: 1, target: 0 }]);
    expect(message.regions[1]).toMatchObject({ bytes: new Uint8Array(4), guard: true });
  });

  it('puts a command without a method into INVOKE_WRITE', () => {
    const message = encoded({ object: 'xrcd', method: 'create', attributes: {} });
    expect(hex(message.regions[0]?.bytes)).toBe(
      '480000000000030000000000000000000000000000000000' +
        '00001000010000000000000000000000' +
        '01000400010000000000000000000000' +
        '02000800010000002500000000000000',
    );
    expect(hex(pointed(message, 0))).toBe('0000000000000000ffffffff40000000');
  });

  it('sets one mask bit per attribute of a modify and bit 31 in its command', () => {
    const message = encoded({
      object: 'qp',
      variant: 'RC',
      method: 'modify',
      on: 7,
      attributes: {
        state: 'RTR',
        path_roce: { port: 2, dgid_high: 0xfe80000000000000n, dgid_low: 1n },
        rq_psn: 0x123456,
        cap: {},
        rate_limit: 9,
      },
    });
    const core = pointed(message, 0);
    const view = new DataView(core.buffer, core.byteOffset);
    expect(core.length).toBe(120);
    expect(hex(core.subarray(0, 32))).toBe('fe800000000000000000000000000001' + '00000000000000000000000000000102');
    expect(view.getUint32(64, true)).toBe(7);
    expect(view.getUint32(68, true)).toBe(bit('STATE', 'AV', 'RQ_PSN', 'CAP', 'RATE_LIMIT'));
    expect([view.getUint32(76, true), view.getUint8(96), view.getUint32(112, true)]).toEqual([0x123456, 2, 9]);
    expect(hex(message.regions[0]?.bytes.subarray(-8))).toBe('1a00008000000000');
  });

  it('leaves out what the caller left out, and sends what the kernel wants in any case', () => {
    const names = (call: Call): readonly string[] => abi.draft(call).attributes.map((attribute) => attribute.name);
    expect(names({ object: 'cq', method: 'create', attributes: { comp_vector: 0 } })).toEqual([
      'handle',
      'user_handle',
      'comp_vector',
      'cqe',
    ]);
    expect(names({ object: 'qp', variant: 'XRC_TGT', method: 'create', attributes: { xrcd: 1 } })).toEqual([
      'handle',
      'xrcd',
      'user_handle',
      'cap',
      'type',
      'resp_cap',
      'qpn',
    ]);
    expect(names({ object: 'qp', variant: 'RC', method: 'create', attributes: { pd: 0, cap: {} } })).toContain(
      'resp_cap',
    );
  });

  it('clears the mandatory flag of attributes sent as optional', () => {
    const draft = abi.draft({
      object: 'cq',
      method: 'create',
      attributes: { cqe: 1, comp_vector: 0 },
      optional: ['comp_vector'],
    });
    expect(draft.attributes.map(({ name, flags }) => [name, flags])).toContainEqual(['comp_vector', 0]);
    expect(draft.attributes.filter(({ flags }) => flags === 0)).toHaveLength(1);
  });

  it('keeps what is undefined undefined', () => {
    const create: Call = { object: 'qp', variant: 'RC', method: 'create', attributes: { create_flags: 4 } };
    expect(hex(abi.draft(create).attributes.find(({ name }) => name === 'create_flags')?.payload)).toBe(
      '0000008000000000',
    );
    const core = pointed(
      encoded({ object: 'qp', variant: 'RC', method: 'modify', on: 0, attributes: { state: 0xffffffff } }),
      0,
    );
    expect(core[96]).toBe(255);
  });

  it('says what has no place', () => {
    const modify = (attributes: Call['attributes']) => () =>
      encoded({ object: 'qp', variant: 'RC', method: 'modify', on: 0, attributes });
    expect(modify({ path_ib: { dlid: 1, port: 1 }, path_roce: { port: 1 } })).toThrow(
      'one place for path_ib and path_roce',
    );
    expect(modify({ path_ib: { dlid: 70000, port: 1 } })).toThrow('70000 does not fit in the 2 bytes of dlid');
    expect(modify({ user_handle: 1n })).toThrow('no place for user_handle in qp.modify');
    expect(() => encoded({ object: 'cq', method: 'query', on: 0, attributes: {} })).toThrow('no message for cq.query');
    expect(() => encoded({ object: 'device', method: 'query', on: 7, attributes: {} })).toThrow(
      'no place for an object id in device.query',
    );
    expect(() =>
      encoded({ object: 'qp', variant: 'RC', method: 'create', attributes: { create_flags: ['NO'] } }),
    ).toThrow('qp_create has no NO');
  });
});

describe('what can be said', () => {
  it('is known in advance', () => {
    const said = [
      'device.query',
      'port.query',
      'pd.create',
      'pd.destroy',
      'xrcd.create',
      'xrcd.destroy',
      'cq.create',
      'cq.destroy',
      'cq.modify',
      'cq.req_notify',
      'comp_channel.create_fd',
      'async_event.create_fd',
    ];
    const more = ['create', 'query', 'modify', 'destroy', 'attach_mcast', 'detach_mcast'].map((name) => `qp.${name}`);
    const memory = ['mr.create', 'mr.query', 'mr.modify', 'mr.destroy', 'mw.create', 'mw.destroy'];
    const others = ['dm.create', 'dm.destroy', 'ah.create', 'ah.destroy'];
    const receiving = ['srq.create', 'srq.query', 'srq.modify', 'srq.destroy', 'wq.create', 'wq.modify', 'wq.destroy'];
    const tables = ['rwq_ind_tbl.create', 'rwq_ind_tbl.destroy'];
    const steering = ['flow.create', 'flow.destroy', 'counters.create', 'counters.destroy', 'counters.read'];
    const posting = ['qp.post_send', 'qp.post_recv', 'srq.post_recv', 'cq.poll'];
    const all = Object.values(spec.objects).flatMap((table) =>
      Object.keys(table.methods).map((method) => `${table.object}.${method}`),
    );
    const [object, method] = [(name: string) => name.split('.')[0] ?? '', (name: string) => name.split('.')[1] ?? ''];
    expect(all.filter((name) => abi.expresses(object(name), method(name))).sort()).toEqual(
      [...said, ...more, ...memory, ...others, ...receiving, ...tables, ...steering, ...posting].sort(),
    );
  });
});

describe('the modify mask', () => {
  it('loses the bits an XRC type does not have', () => {
    expect(abi.modifyBits('XRC_INI', 'RTR', bit('MIN_RNR_TIMER', 'MAX_DEST_RD_ATOMIC', 'RQ_PSN'))).toBe(bit('RQ_PSN'));
    expect(abi.modifyBits('XRC_TGT', 'RTS', bit('RETRY_CNT', 'RNR_RETRY', 'MAX_QP_RD_ATOMIC', 'TIMEOUT'))).toBe(
      bit('TIMEOUT'),
    );
    expect(abi.modifyBits('RC', 'RTS', bit('RETRY_CNT'))).toBe(bit('RETRY_CNT'));
  });

  it('gains the port with an address vector, but not on the way to RTR', () => {
    expect(abi.modifyBits('UC', 'SQD', bit('AV'))).toBe(bit('AV', 'PORT'));
    expect(abi.modifyBits('UC', 'RTR', bit('AV'))).toBe(bit('AV'));
    expect(abi.modifyBits('UC', 'SQD', bit('ACCESS_FLAGS'))).toBe(bit('ACCESS_FLAGS'));
  });
});

it('greets with GET_CONTEXT, in fresh memory each time', () => {
  const [first, second] = [abi.greeting(), abi.greeting()];
  expect(abi.decode(first[0]?.request ?? 0, first[0]?.regions[0]?.bytes ?? new Uint8Array(0)).name).toBe(
    'device.get_context',
  );
  expect(first[0]?.regions[0]?.bytes).not.toBe(second[0]?.regions[0]?.bytes);
});

it('damages a draft without touching it', () => {
  const call: Call = { object: 'qp', variant: 'RC', method: 'destroy', on: 1, attributes: {} };
  const draft = abi.draft(call);
  const sound = JSON.stringify(abi.encode(draft));
  for (const damage of Object.values(abi.damage)) {
    for (const target of damage.targets(draft))
      expect([damage.name, JSON.stringify(abi.encode(damage.apply(draft, target))) === sound]).toEqual([
        damage.name,
        false,
      ]);
  }
  expect(JSON.stringify(abi.encode(draft))).toBe(sound);
  expect(abi.damage['unknown-object']?.targets(abi.draft({ ...call, method: 'query' }))).toEqual([]);
  expect(abi.damage['shorten']?.targets(abi.draft({ ...call, method: 'query' }))).toEqual(['write_cmd']);
});
