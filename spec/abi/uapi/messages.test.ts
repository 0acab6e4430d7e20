import { describe, expect, it } from 'vitest';
import type { Direction } from '../../model.ts';
import { projectSpec } from '../../project_spec.ts';
import { anyBytes, anyWord, pick, seeded } from '../../seeded.ts';
import type { Call } from '../abi.ts';
import { anyCall } from './any_value.ts';
import { requestOf } from './layout.ts';
import { tablesOf, type MethodInfo } from './tables.ts';
import { uapi } from './uapi.ts';
import { formatValue } from './values.ts';

const spec = projectSpec();
const abi = uapi(spec);
const tables = tablesOf(spec);
const methods = [...tables.classes.values()].flatMap((info) =>
  [...tables.methodsOf(info).values()].map((found) => ({ name: `${info.name}.${found.method.name}`, info, found })),
);

function bytesOf(call: Call): { request: number; bytes: Uint8Array } {
  const { request, regions } = abi.encode(abi.draft(call));
  return { request, bytes: regions[0]?.bytes ?? new Uint8Array() };
}

const NOTES = { in: [], out: ['output'], inout: ['input', 'output'] } as const;

function directionOf({ attributes }: MethodInfo, name: string): Direction {
  return attributes.find(({ attribute }) => attribute.name === name)?.use.direction ?? 'in';
}

/** Attributes of a call in words, in the order they are sent. */
function wordsOf(call: Call, info: (typeof methods)[number]['info']): [string, string][] {
  return Object.entries(call.attributes).map(([name, value]) => [
    name,
    formatValue(info.table.attributes[name]?.type, value),
  ]);
}

describe('messages', () => {
  it('exist for every class and method', () => {
    expect(methods.length).toBeGreaterThan(40);
  });

  it.each(methods)('of $name are decoded to the call they were made of', ({ name, info, found }) => {
    const random = seeded(3);
    for (let round = 0; round < 20; round += 1) {
      const call = anyCall(spec, info, found, random);
      const { request, bytes } = bytesOf(call);
      expect(request).toBe(requestOf(found.method.number));
      const decoded = abi.decode(request, bytes);
      expect(decoded.name).toBe(name);
      expect(decoded.problem).toBeUndefined();
      expect(decoded.header.map((item) => item.value)).toEqual([
        String(bytes.length),
        `${info.name}(${String(info.id)})`,
        String(call.on ?? 0),
      ]);
      const inputs = Object.keys(call.attributes).length;
      expect(decoded.attributes.slice(0, inputs).map((item) => [item.name, item.value])).toEqual(wordsOf(call, info));
      expect(decoded.attributes.slice(inputs).map((item) => item.name)).toEqual(Object.keys(call.room ?? {}));
      expect(decoded.attributes.map((item) => item.notes)).toEqual(
        decoded.attributes.map((item) => NOTES[directionOf(found, item.name)]),
      );
    }
  });

  it.each(methods)('of $name cut short are located, wherever the cut is', ({ info, found }) => {
    const { request, bytes } = bytesOf(anyCall(spec, info, found, seeded(4)));
    for (let length = 0; length < bytes.length; length += 1) {
      expect(abi.decode(request, bytes.subarray(0, length)).problem?.offset).toBe(length);
    }
  });

  it.each(methods)('of $name with any bytes changed are decoded to something', ({ info, found }) => {
    const random = seeded(5);
    const { request, bytes } = bytesOf(anyCall(spec, info, found, random));
    for (let round = 0; round < 100; round += 1) {
      const changed = bytes.slice();
      for (let flips = 1 + random(4); flips > 0; flips -= 1) changed[random(changed.length)] = random(256);
      const { problem, attributes } = abi.decode(request, changed);
      expect(problem?.offset ?? 0).toBeLessThanOrEqual(changed.length);
      for (const { offset, length } of attributes) expect(offset + length).toBeLessThanOrEqual(changed.length);
    }
  });

  it('of any bytes and any request number are decoded to something', () => {
    const random = seeded(6);
    for (let round = 0; round < 5000; round += 1) {
      const request = pick(random, [requestOf(random(256)), anyWord(random)]);
      const bytes = anyBytes(random, random(100));
      if (bytes.length > 1 && random(2) === 0) bytes.set([bytes.length, 0, 1 + random(26), 0].slice(0, bytes.length));
      expect(() => abi.decode(request, bytes)).not.toThrow();
    }
  });

  it('leave the mandatory flag off where the call says so', () => {
    const call = { object: 'cq', method: 'create', attributes: { cqe: 4, comp_vector: 0 }, optional: ['cqe'] };
    const { request, bytes } = bytesOf(call);
    expect(abi.decode(request, bytes).attributes.map((item) => item.notes)).toEqual([
      ['input', 'output', 'optional'],
      [],
    ]);
  });

  it('are refused in words where the tables have no such thing', () => {
    const call = { object: 'pd', method: 'create', attributes: {} };
    expect(() => abi.draft({ ...call, object: 'teapot' })).toThrow(/no class for teapot/);
    expect(() => abi.draft({ ...call, method: 'pour' })).toThrow(/pd has no method pour; it has create, destroy/);
    expect(() => abi.draft({ ...call, attributes: { colour: 1 } })).toThrow(/pd has no attribute colour/);
    expect(() => abi.draft({ ...call, object: 'qp', variant: 'SMI' })).toThrow(/no class for qp SMI/);
  });

  it('give back the outputs that were written, and no others', () => {
    const call = { object: 'cq', method: 'query', on: 1, attributes: {}, room: { cqe: 0, comp_vector: 0 } };
    const encoded = abi.encode(abi.draft(call));
    const bytes = encoded.regions[0]?.bytes ?? new Uint8Array();
    expect(abi.reply(call, encoded)).toEqual({ handle: 1, attributes: {} });
    bytes.set([3, 0, 0, 0, 64], 12);
    expect(abi.reply(call, encoded)).toEqual({ handle: 1, attributes: { cqe: 64 } });
  });
});
