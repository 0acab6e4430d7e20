import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../spec/abi/abi.ts';
import type { DamageName } from '../../../../spec/abi/damage_names.ts';
import { uapi } from '../../../../spec/abi/uapi/uapi.ts';
import { ERRNO, errnoName, type ErrnoName } from '../../../../spec/errno.ts';
import { projectSpec } from '../../../../spec/project_spec.ts';
import { BareDevice } from '../../bare_device.ts';
import type { Context } from '../../core/context.ts';

const spec = projectSpec();
const abi = uapi(spec);

/** Whether bytes are as a vector gives them, `??` standing for any byte. */
function matches(bytes: Uint8Array, pattern: string): boolean {
  return [...bytes].every((byte, index) => {
    const wanted = pattern.slice(2 * index, 2 * index + 2);
    return wanted === '??' || wanted === byte.toString(16).padStart(2, '0');
  });
}

describe('the published vectors', () => {
  it.each(spec.vectors)('are answered as they say: $name', (vector) => {
    const bare = new BareDevice();
    const bytes = Uint8Array.from(Buffer.from(vector.sent, 'hex'));
    const errno = bare.send(bare.open(), { request: vector.request, regions: [{ bytes, guard: true }], patches: [] });
    expect(errno === 0 ? '0' : errnoName(errno)).toBe(vector.answer);
    expect(bytes.length).toBe(vector.sent.length / 2);
    expect(matches(bytes, vector.received ?? vector.sent)).toBe(true);
  });
});

const CQ: Call = { object: 'cq', method: 'create', attributes: { cqe: 4, comp_vector: 0, user_handle: 7n } };
const CQ_QUERY: Call = { object: 'cq', method: 'query', on: 1, attributes: {}, room: { cqe: 0, user_handle: 0 } };
const MODIFY: Call = {
  object: 'qp',
  variant: 'RC',
  method: 'modify',
  on: 1,
  attributes: { state: 'INIT', pkey_index: 0, port: 1, access_flags: ['REMOTE_READ'] },
};

/** The errno each damage is answered with; undefined where the message is as good as before. */
const ANSWERS: Readonly<Partial<Record<DamageName, ErrnoName | undefined>>> = {
  'foreign-request': 'ENOTTY',
  'unreadable-header': 'EFAULT',
  'length-below-minimum': 'EINVAL',
  'length-above-maximum': 'EINVAL',
  'length-misaligned': 'EINVAL',
  'unreadable-body': 'EFAULT',
  'read-only-body': 'EFAULT',
  'unknown-class': 'EOPNOTSUPP',
  'unknown-driver-class': 'EOPNOTSUPP',
  'unknown-method': 'EOPNOTSUPP',
  'reserved-method': 'EOPNOTSUPP',
  'attribute-below-minimum': 'EINVAL',
  'attribute-overrun': 'EINVAL',
  'attribute-overlap': 'EOPNOTSUPP',
  'padding-set': 'EINVAL',
  'reserved-set': 'EINVAL',
  'unknown-flag': 'EINVAL',
  'output-flag-set': 'EINVAL',
  'unknown-mandatory': 'EOPNOTSUPP',
  'unknown-optional': undefined,
  'unknown-driver-mandatory': 'EOPNOTSUPP',
  'unknown-driver-optional': undefined,
  duplicate: 'EINVAL',
  drop: 'EINVAL',
  shorten: 'EINVAL',
  'lengthen-zero': undefined,
  'lengthen-nonzero': 'EOPNOTSUPP',
  'short-room': 'EINVAL',
  'long-room': undefined,
  'reverse-order': undefined,
  'object-id-set': 'EINVAL',
  'unknown-object': 'ENOENT',
};

/** A file with a completion queue and an RC queue pair, both of handle 1. */
function prepared(): { bare: BareDevice; context: Context } {
  const bare = new BareDevice();
  const context = bare.open();
  const parts = { pd: 1, send_cq: 1, recv_cq: 1, cap: { max_send_wr: 1 } };
  bare.make(context, { object: 'pd', method: 'create', attributes: {} });
  bare.make(context, CQ);
  bare.make(context, { object: 'qp', variant: 'RC', method: 'create', attributes: parts });
  return { bare, context };
}

describe.each([
  ['cq.create', CQ],
  ['cq.query', CQ_QUERY],
  ['qp.modify', MODIFY],
])('%s', (_name, call) => {
  it.each(Object.values(abi.damage))('with $name is answered as the clauses say', (damage) => {
    for (const target of damage.targets(abi.draft(call))) {
      const { bare, context } = prepared();
      const errno = bare.send(context, abi.encode(damage.apply(bare.draft(call), target)));
      const wanted = ANSWERS[damage.name];
      expect(errno, target).toBe(wanted === undefined ? 0 : ERRNO[wanted]);
    }
  });
});

describe('values', () => {
  const state = (more: Call['attributes']): Call => ({ ...MODIFY, attributes: { ...MODIFY.attributes, ...more } });

  it.each<[string, Call, ErrnoName]>([
    ['an unknown state', state({ state: 7 }), 'EINVAL'],
    ['a path MTU of 0, below the first', state({ path_mtu: 0 }), 'EINVAL'],
    ['a flag without a name', state({ access_flags: 0x10 }), 'EINVAL'],
    ['the highest flag there can be', state({ access_flags: 0x80000000 }), 'EINVAL'],
    ['a retry count above 7', state({ retry_cnt: 8 }), 'EINVAL'],
    ['a queue-pair number beyond 24 bits', state({ dest_qpn: 0x1000000 }), 'EINVAL'],
    ['a reserved field that is set', state({ path_roce: { port: 1, reserved: 1 } }), 'EINVAL'],
    ['a queue pair of another type', { ...MODIFY, variant: 'UD' }, 'EINVAL'],
    ['a port that is not there', { object: 'port', method: 'query', on: 3, attributes: {} }, 'ENOENT'],
    ['port 0', { object: 'port', method: 'query', on: 0, attributes: {} }, 'ENOENT'],
    ['a second device', { object: 'device', method: 'query', on: 1, attributes: {} }, 'ENOENT'],
  ])('refuses %s', (_what, call, errno) => {
    const { bare, context } = prepared();
    expect(bare.errno(context, call)).toBe(ERRNO[errno]);
    expect(bare.errno(context, MODIFY)).toBe(0);
  });
});

describe('the front end', () => {
  const bare = new BareDevice();
  const query: Call = { object: 'port', method: 'query', on: 1, attributes: {}, room: { lid: 0, state: 12 } };

  it('judges a message wherever it lies in memory, and nothing around it', () => {
    const sound = bare.encode(query).regions[0]?.bytes ?? new Uint8Array();
    for (let shift = 0; shift < 8; shift += 1) {
      const memory = new Uint8Array(shift + sound.length + 16).fill(0xff);
      const bytes = memory.subarray(shift, shift + sound.length);
      bytes.set(sound);
      expect(bare.send(bare.open(), { request: 0xc0081b01, regions: [{ bytes }], patches: [] })).toBe(0);
      expect([...memory.subarray(0, shift), ...memory.subarray(shift + sound.length)].every((b) => b === 0xff)).toBe(
        true,
      );
    }
  });

  it('does not remember the message before', () => {
    const context = bare.open();
    const long = { object: 'cq', method: 'create', attributes: { cqe: 4, comp_vector: 1, user_handle: 9n } };
    expect(bare.errno(context, long)).toBe(0);
    expect(bare.errno(context, { ...long, attributes: { cqe: 4 } })).toBe(ERRNO.EINVAL);
    expect(bare.errno(context, { object: 'pd', method: 'create', attributes: {} })).toBe(0);
  });

  it('reads a short payload as if zeros followed, where a defect lets it through', () => {
    const lenient = bare.pipelines['uapi/attributes']?.filter((rule) => rule.clause !== 'attribute-short') ?? [];
    const careless = new BareDevice({ pipelines: { ...bare.pipelines, 'uapi/attributes': lenient } });
    const context = careless.open();
    const attributes = { user_handle: 0xffff_ffff_ffff_ffffn, cqe: 0x0101, comp_vector: 0 };
    const draft = careless.draft({ ...CQ, attributes });
    const kept: Readonly<Record<string, number>> = { user_handle: 0, cqe: 1, comp_vector: 4 };
    const short = draft.attributes.map((a) => ({ ...a, payload: a.payload.subarray(0, kept[a.name]) }));
    expect(careless.send(context, abi.encode({ ...draft, attributes: short }))).toBe(0);
    const query = careless.encode(CQ_QUERY);
    expect(careless.send(context, query)).toBe(0);
    expect(abi.reply(CQ_QUERY, query).attributes).toEqual({ cqe: 1, user_handle: 0n });
  });

  it('leaves nothing of what was in the room of a list behind its entries', () => {
    const call: Call = { object: 'interface', method: 'query_class', attributes: { class: 2 }, room: { methods: 12 } };
    const encoded = bare.encode(call);
    const bytes = encoded.regions[0]?.bytes ?? new Uint8Array();
    bytes.fill(0xee, 32, 44);
    expect(bare.send(bare.open(), encoded)).toBe(0);
    expect([...bytes.subarray(32)]).toEqual([1, ...new Array<number>(15).fill(0)]);
  });

  it('fills room beyond a value with zeros', () => {
    const encoded = bare.encode(query);
    const bytes = encoded.regions[0]?.bytes ?? new Uint8Array();
    bytes.fill(0xee, 36, 44);
    expect(bare.send(bare.open(), encoded)).toBe(0);
    expect([...bytes.subarray(32, 44)]).toEqual([4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
