import { describe, expect, it } from 'vitest';
import { compileSpec } from '../../compile.ts';
import { packageRoot } from '../../compile/files.ts';
import type { Spec } from '../../model.ts';
import type { Call } from '../abi.ts';
import { REQUEST } from './layout.ts';
import { tablesOf } from './read_tables.ts';
import { uverbs } from './uverbs.ts';

const spec = compileSpec(packageRoot()).spec as Spec;
const abi = uverbs(spec);
const bytesOf = (call: Call): Uint8Array => abi.encode(abi.draft(call)).regions[0]?.bytes ?? new Uint8Array(0);
const CALLS: readonly Call[] = [
  { object: 'device', method: 'query', attributes: {} },
  { object: 'port', method: 'query', on: 1, attributes: {} },
  { object: 'cq', method: 'create', attributes: { cqe: 16, comp_vector: 0 } },
  { object: 'qp', variant: 'RC', method: 'modify', on: 1, attributes: { state: 'INIT' } },
  { object: 'qp', variant: 'RC', method: 'destroy', on: 1, attributes: {} },
];

/** Numbers below 2^32 that repeat with the seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

describe('a sound message', () => {
  it('is named from object to attribute', () => {
    const decoded = abi.decode(REQUEST, bytesOf(CALLS[2] as Call));
    expect(decoded).toMatchObject({ name: 'cq.create', request: 'RDMA_VERBS_IOCTL' });
    expect(decoded.problem).toBeUndefined();
    expect(decoded.attributes.map(({ name, value, offset }) => `${name}=${value}@${String(offset)}`)).toEqual([
      'HANDLE=#0@24',
      'CQE=0x10@40',
      'USER_HANDLE=0x0@56',
      'COMP_VECTOR=0x0@72',
      'RESP_CQE=4 bytes at 0x0@88',
    ]);
  });

  it('names the write command inside', () => {
    expect(CALLS.map((call) => abi.decode(REQUEST, bytesOf(call)).name)).toEqual([
      'device.invoke_write(query_device)',
      'device.query_port',
      'cq.create',
      'device.invoke_write(modify_qp_ex)',
      'qp.destroy',
    ]);
  });

  it('shows flags and reserved fields that stand out', () => {
    const bytes = bytesOf(CALLS[4] as Call);
    bytes.set([0, 0, 7], 28);
    bytes.set([3], 44);
    const notes = abi.decode(REQUEST, bytes).attributes.map((attribute) => attribute.notes);
    expect(notes).toEqual([
      ['optional', 'reserved 0x7'],
      ['output', 'written'],
    ]);
  });
});

describe('what does not fit', () => {
  it('is located', () => {
    const bytes = bytesOf(CALLS[2] as Call);
    expect(abi.decode(0xc0081b01, bytes).problem).toMatchObject({ offset: 0 });
    expect(abi.decode(REQUEST, bytes.subarray(0, 23)).problem).toEqual({
      offset: 23,
      message: 'the header is 24 bytes, here are 23',
    });
    expect(abi.decode(REQUEST, bytes.subarray(0, 50))).toMatchObject({
      name: 'cq.create',
      attributes: [{ name: 'HANDLE' }],
      problem: { offset: 50, message: 'length says 104 bytes, here are 50' },
    });
    bytes.set([4], 6);
    expect(abi.decode(REQUEST, bytes).problem).toEqual({
      offset: 0,
      message: 'length 104 is not the 88 of 4 attributes',
    });
  });

  it('is named by number', () => {
    const bytes = bytesOf(CALLS[2] as Call);
    bytes.set([0xf0, 0x1f, 7], 2);
    bytes.set([0xfe, 0x1f], 24);
    const decoded = abi.decode(REQUEST, bytes);
    expect(decoded.name).toBe('driver object 0x1ff0.method 7');
    expect(decoded.attributes[0]?.name).toBe('driver attribute 0x1ffe');
    const invoke = bytesOf(CALLS[0] as Call);
    invoke.set([0xff, 1], 64);
    expect(abi.decode(REQUEST, invoke).name).toBe('device.invoke_write(command 0x1ff)');
  });

  it('never makes it throw', () => {
    const random = generator(2016);
    for (let trial = 0; trial < 3000; trial += 1) {
      const sound = bytesOf(CALLS[trial % CALLS.length] as Call);
      const bytes = trial % 2 === 0 ? sound : new Uint8Array(random() % 200);
      for (let change = random() % 40; change > 0; change -= 1)
        bytes[random() % Math.max(1, bytes.length)] = random() >>> 24;
      const cut = bytes.subarray(0, random() % 4 === 0 ? random() % (bytes.length + 1) : bytes.length);
      const decoded = abi.decode(random() % 8 === 0 ? random() : REQUEST, cut);
      expect(decoded.name).not.toBe('');
      for (const item of [...decoded.header, ...decoded.attributes])
        expect(item.offset + item.length).toBeLessThanOrEqual(cut.length);
      if (decoded.problem !== undefined) expect(decoded.problem.offset).toBeLessThanOrEqual(cut.length);
    }
  });
});

describe('every message that the tables have', () => {
  const tables = tablesOf(spec);
  /** A message of a method, or with no attributes. */
  function messageOf(objectId: number, methodId: number, attributes: readonly number[]): Uint8Array {
    const bytes = new Uint8Array(24 + 16 * attributes.length);
    const view = new DataView(bytes.buffer);
    [bytes.length, objectId, methodId, attributes.length].forEach((number, index) => {
      view.setUint16(2 * index, number, true);
    });
    attributes.forEach((id, index) => {
      view.setUint16(24 + 16 * index, id, true);
    });
    return bytes;
  }

  it('is named from object to attribute', () => {
    for (const { object, name, objectId, id, attributes } of tables.methods) {
      const decoded = abi.decode(
        REQUEST,
        messageOf(
          objectId,
          id,
          attributes.map((attribute) => attribute.id),
        ),
      );
      expect(decoded.name).toMatch(new RegExp(`^${object}\\.${name}\\b`));
      expect(decoded.attributes.map((attribute) => attribute.name)).toEqual(attributes.map((one) => one.name));
    }
    expect(tables.methods.length).toBeGreaterThan(45);
  });

  it('is named by its command', () => {
    for (const { name, number, extended } of tables.commands) {
      const bytes = messageOf(0, 0, [2]);
      new DataView(bytes.buffer).setBigUint64(32, BigInt(number) + (extended ? 0x80000000n : 0n), true);
      expect(abi.decode(REQUEST, bytes).name).toBe(`device.invoke_write(${name})`);
    }
  });

  it('says which element an attribute of several kinds holds, and whose the message is', () => {
    const bytes = messageOf(17, 0, [2]);
    bytes.set([1], 30);
    bytes.set([9], 16);
    const decoded = abi.decode(REQUEST, bytes);
    expect(decoded.attributes[0]).toMatchObject({ name: 'TPH_MEM_TYPE', notes: ['optional', 'element 1'] });
    expect(decoded.header.find(({ name }) => name === 'driver_id')?.value).toBe('irdma(9)');
    expect(abi.decode(0xc01c1be1, bytes).problem?.message).toMatch(/it is ASSIGN_CTXT of hfi1$/);
  });
});

it('names what is written to the device', () => {
  const bytes = Uint8Array.from([3, 0, 0, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(abi.decode(0, bytes)).toMatchObject({ name: 'write(alloc_pd)', request: 'write', header: [{}, {}, {}] });
  expect(abi.decode(0, bytes.subarray(0, 6)).problem).toMatchObject({ offset: 6 });
  const extended = new Uint8Array(24);
  extended.set([26, 0, 0, 0x80]);
  expect(abi.decode(0, extended).header.map(({ name }) => name)).toContain('provider_out_words');
});
