/** Which errno wins: the steps of facts B4 and the forms of B5, through the byte interface. */
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../spec/abi/abi.ts';
import type { Draft, DraftAttribute } from '../../../../spec/abi/uverbs/draft.ts';
import { Caller, connected, testSpec, verbs } from './caller.ts';

const spec = testSpec();
const CREATE_CQ: Call = { object: 'cq', method: 'create', attributes: { cqe: 4, comp_vector: 0 } };
const ALLOC_PD: Call = { object: 'pd', method: 'create', attributes: {} };
const open = (): Promise<Caller> => Caller.open(spec, verbs(spec));
const onAttribute =
  (name: string, change: Partial<DraftAttribute>) =>
  (draft: Draft): Draft => ({
    ...draft,
    attributes: draft.attributes.map((item) => (item.name === name ? { ...item, ...change } : item)),
  });
const unknown = (flags: number): DraftAttribute => ({
  name: 'unknown',
  id: 30,
  form: 'in',
  flags,
  reserved: 0,
  payload: new Uint8Array(4),
  handle: 0,
  required: false,
  sized: false,
  target: false,
});

describe('the frame', () => {
  it('is judged before what it frames, in this order', async () => {
    const caller = await open();
    const faults: readonly (readonly [string, (draft: Draft) => Draft])[] = [
      ['ENOTTY', (draft) => ({ ...draft, request: 0xc0181b02 })],
      ['EFAULT', (draft) => ({ ...draft, mapped: 20 })],
      ['EINVAL', (draft) => ({ ...draft, count: 9 })],
      ['EINVAL', (draft) => ({ ...draft, driverId: 5 })],
      ['EPROTONOSUPPORT', (draft) => ({ ...draft, objectId: 0x0ff0 })],
      ['EPROTONOSUPPORT', (draft) => ({ ...draft, attributes: [unknown(1), ...draft.attributes] })],
    ];
    for (let first = 0; first < faults.length; first += 1) {
      const all = faults.slice(first).reduce<Draft>((draft, [, change]) => change(draft), caller.abi.draft(CREATE_CQ));
      expect(await caller.send(caller.abi.encode(all))).toBe(faults[first]?.[0]);
    }
  });

  it('wants its reserved words zero before the driver id right', async () => {
    const caller = await open();
    for (const offset of [8, 15, 20]) {
      const encoded = caller.abi.encode({ ...caller.abi.draft(CREATE_CQ), driverId: 5 });
      encoded.regions[0]?.bytes.set([1], offset);
      expect(await caller.send(encoded)).toBe('EPROTONOSUPPORT');
    }
  });

  it('answers EFAULT where the attributes are not all there', async () => {
    const caller = await open();
    expect(await caller.call(CREATE_CQ, (draft) => ({ ...draft, mapped: 40 }))).toBe('EFAULT');
  });
});

describe('attributes', () => {
  it('lets the first broken one win', async () => {
    const caller = await open();
    const short = (draft: Draft): Draft => onAttribute('cqe', { payload: new Uint8Array(3) })(draft);
    expect(
      await caller.call(CREATE_CQ, (draft) => ({ ...draft, attributes: [unknown(1), ...short(draft).attributes] })),
    ).toBe('EPROTONOSUPPORT');
    expect(
      await caller.call(CREATE_CQ, (draft) => ({ ...draft, attributes: [...short(draft).attributes, unknown(1)] })),
    ).toBe('EINVAL');
    expect(
      await caller.call(CREATE_CQ, (draft) => ({ ...draft, attributes: [unknown(0), ...draft.attributes] })),
    ).toMatchObject({ handle: 0 });
  });

  it('lets a broken one win over a missing one', async () => {
    const caller = await open();
    expect(
      await caller.call(CREATE_CQ, (draft) => ({ ...draft, attributes: [...draft.attributes.slice(1), unknown(1)] })),
    ).toBe('EPROTONOSUPPORT');
  });

  it('judges a struct that may grow by what lies behind the known part', async () => {
    const caller = await open();
    const { pd, cq } = await connected(caller);
    const create: Call = {
      object: 'qp',
      variant: 'RC',
      method: 'create',
      attributes: {
        pd,
        send_cq: cq,
        recv_cq: cq,
        cap: { max_send_wr: 1, max_recv_wr: 1, max_send_sge: 1, max_recv_sge: 1, max_inline_data: 0 },
      },
    };
    const payload =
      caller.abi.draft(create).attributes.find((item) => item.name === 'cap')?.payload ?? new Uint8Array(0);
    const longer = (last: number): Uint8Array => Uint8Array.from([...payload, 0, 0, 0, last]);
    expect(await caller.call(create, onAttribute('cap', { payload: longer(0) }))).toMatchObject({ handle: 3 });
    expect(await caller.call(create, onAttribute('cap', { payload: longer(1) }))).toBe('EOPNOTSUPP');
    expect(await caller.call(create, onAttribute('user_handle', { payload: new Uint8Array(9) }))).toBe('EINVAL');
    expect(
      await caller.call(create, onAttribute('resp_cap', { payload: new Uint8Array(64).fill(0xff) })),
    ).toMatchObject({ handle: 4 });
    expect(await caller.call(create, onAttribute('qpn', { payload: new Uint8Array(8) }))).toBe('EINVAL');
  });

  it('judges a handle by length, sign, existence and type', async () => {
    const caller = await open();
    const { pd, cq } = await connected(caller);
    const create: Call = {
      object: 'qp',
      variant: 'RC',
      method: 'create',
      attributes: { pd, send_cq: cq, recv_cq: cq },
    };
    expect(await caller.call(create, onAttribute('pd', { form: 'in', payload: new Uint8Array(4) }))).toBe('EINVAL');
    expect(await caller.call(create, onAttribute('pd', { handle: -1 }))).toBe('EINVAL');
    expect(await caller.call(create, onAttribute('pd', { handle: 99 }))).toBe('ENOENT');
    expect(await caller.call(create, onAttribute('pd', { handle: cq }))).toBe('EINVAL');
    const stranger = await open();
    expect(await stranger.call({ object: 'pd', method: 'destroy', on: pd, attributes: {} })).toBe('ENOENT');
  });

  it('answers every damage as its clause says', async () => {
    const caller = await open();
    const expected = {
      'foreign-request': 'ENOTTY',
      'unreadable-header': 'EFAULT',
      'length-above-maximum': 'EINVAL',
      'unknown-class': 'EPROTONOSUPPORT',
      'unknown-driver-class': 'EPROTONOSUPPORT',
      'unknown-method': 'EPROTONOSUPPORT',
      'reserved-set': 'EINVAL',
      'unknown-mandatory': 'EPROTONOSUPPORT',
      'unknown-driver-mandatory': 'EPROTONOSUPPORT',
      duplicate: 'EINVAL',
      drop: 'EINVAL',
      shorten: 'EINVAL',
      'short-room': 'EINVAL',
      'unknown-object': 'ENOENT',
      'unknown-optional': 'ok',
      'unknown-driver-optional': 'ok',
      'reverse-order': 'ok',
      'length-count': 'EINVAL',
      'header-reserved-set': 'EPROTONOSUPPORT',
      'foreign-driver': 'EINVAL',
      'object-length': 'EINVAL',
      'class-out-of-range': 'EPROTONOSUPPORT',
      'method-out-of-range': 'EPROTONOSUPPORT',
      'out-of-range-mandatory': 'EPROTONOSUPPORT',
      'out-of-range-optional': 'ok',
      'foreign-driver-data': 'EPROTONOSUPPORT',
      'driver-room': 'ok',
      'extend-zero': 'ok',
      'extend-nonzero': 'EOPNOTSUPP',
      'lengthen-fixed': 'EINVAL',
    } as const;
    expect(Object.keys(expected).sort()).toEqual(Object.keys(caller.abi.damage).sort());
    const { qp } = await connected(caller);
    const calls: readonly Call[] = [
      CREATE_CQ,
      ALLOC_PD,
      { object: 'port', method: 'query', on: 1, attributes: {}, room: { state: 0 } },
      { object: 'qp', variant: 'RC', method: 'query', on: qp, attributes: {}, room: { state: 0 } },
      { object: 'qp', variant: 'RC', method: 'modify', on: qp, attributes: { state: 'RESET' } },
    ];
    for (const call of calls) {
      for (const [name, errno] of Object.entries(expected)) {
        const outcomes = await caller.damaged(call, name as keyof typeof expected);
        for (const [target, outcome] of Object.entries(outcomes))
          expect([call.object, name, target, outcome]).toEqual([call.object, name, target, errno]);
      }
    }
    const destroy: Call = { object: 'qp', variant: 'RC', method: 'destroy', on: qp, attributes: {} };
    for (const name of ['duplicate', 'drop', 'short-room', 'reserved-set', 'unknown-object'] as const) {
      expect(new Set(Object.values(await caller.damaged(destroy, name)))).toEqual(new Set([expected[name]]));
    }
    expect(await caller.call(destroy)).toMatchObject({ handle: qp });
  });
});

describe('the context', () => {
  it('comes first and once', async () => {
    const caller = await Caller.open(spec, verbs(spec), { greet: false });
    const [greeting] = caller.abi.greeting();
    if (greeting === undefined) throw new Error('there is a greeting');
    for (const call of [
      CREATE_CQ,
      ALLOC_PD,
      { object: 'port', method: 'query', on: 1, attributes: {} },
      { object: 'device', method: 'query', attributes: {} },
    ]) {
      expect(await caller.call(call)).toBe('EINVAL');
    }
    expect(await caller.send(greeting)).toBe('ok');
    expect(new DataView(greeting.regions[1]?.bytes.buffer as ArrayBuffer).getUint32(0, true)).toBe(4);
    expect(await caller.send(greeting)).toBe('EINVAL');
    expect(await caller.call(ALLOC_PD)).toMatchObject({ handle: 0 });
  });
});
