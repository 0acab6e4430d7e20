import { describe, expect, it } from 'vitest';
import type { Attribute, AttributeType } from '../../model.ts';
import { projectSpec } from '../../project_spec.ts';
import { anyBytes, seeded } from '../../seeded.ts';
import type { Value } from '../abi.ts';
import { anyValue } from './any_value.ts';
import { decodeValue, encodeValue, formatValue, valueBytes } from './values.ts';

const spec = projectSpec();
const attributes = Object.values(spec.objects).flatMap((table) =>
  Object.values(table.attributes).map((attribute): [string, Attribute] => [
    `${table.object}.${attribute.name}`,
    attribute,
  ]),
);

function decoded(type: AttributeType, bytes: Uint8Array): Value | undefined {
  return decodeValue(spec, type, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length);
}

const type = (kind: AttributeType['kind'], of: string): AttributeType => ({ kind, of }) as AttributeType;

describe('values', () => {
  it('exist for every kind of type', () => {
    const kinds = new Set(attributes.map(([, attribute]) => attribute.type.kind));
    expect([...kinds].sort()).toEqual(['enum', 'fd', 'flags', 'handle', 'list', 'struct', 'u32', 'u64']);
  });

  it.each(attributes)('of %s come back as they were', (_name, { type: of }) => {
    const random = seeded(1);
    for (let round = 0; round < 50; round += 1) {
      const value = anyValue(spec, of, random);
      const bytes = encodeValue(spec, of, value);
      if (of.kind !== 'list') expect(bytes.length).toBe(valueBytes(spec, of));
      expect(decoded(of, bytes)).toEqual(value);
    }
  });

  it.each(attributes)('of %s can be read from any bytes, and put into words', (_name, { type: of }) => {
    const random = seeded(2);
    for (let length = 0; length < 80; length += 1) {
      const value = decoded(of, anyBytes(random, length));
      if (of.kind !== 'list') expect(value === undefined).toBe(length < valueBytes(spec, of));
      if (value !== undefined) expect(formatValue(of, value)).not.toBe('');
    }
  });

  it('lie in memory with the least significant byte first', () => {
    expect([...encodeValue(spec, { kind: 'u32' }, 0x01020304)]).toEqual([4, 3, 2, 1]);
    expect([...encodeValue(spec, { kind: 'u64' }, 0x0102030405060708n)]).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    expect([...encodeValue(spec, { kind: 'list', of: 'u16' }, [1, 0x203])]).toEqual([1, 0, 3, 2]);
    const path = encodeValue(spec, type('struct', 'path_roce'), { port: 2, dgid_low: 0xabn });
    expect([path[0], path[40], path.length]).toEqual([2, 0xab, 48]);
  });

  it('keep numbers that have no name', () => {
    expect(decoded(type('enum', 'qp_state'), encodeValue(spec, { kind: 'u32' }, 99))).toBe(99);
    expect(decoded(type('flags', 'access'), encodeValue(spec, { kind: 'u32' }, 0x12))).toBe(0x12);
    expect(decoded(type('flags', 'access'), encodeValue(spec, { kind: 'u32' }, 0))).toEqual([]);
  });

  it('with names that the specification does not have are refused with those it has', () => {
    expect(() => encodeValue(spec, type('enum', 'qp_state'), 'LOST')).toThrow(/qp_state has no LOST; it has RESET, /);
    expect(() => encodeValue(spec, type('flags', 'access'), ['LOST'])).toThrow(/access has no LOST; it has /);
    expect(() => encodeValue(spec, type('struct', 'lost'), {})).toThrow(/no struct lost/);
    expect(() => encodeValue(spec, type('struct', 'cap'), { max_send_wrr: 1 })).toThrow(
      /cap has no max_send_wrr; it has max_send_wr, /,
    );
    expect(() => encodeValue(spec, { kind: 'u32' }, 'three')).toThrow(/u32 cannot be a string/);
  });

  it('read as words', () => {
    expect(formatValue({ kind: 'handle', object: 'pd' }, 3)).toBe('#3');
    expect(formatValue({ kind: 'u64' }, 255n)).toBe('0xff');
    expect(formatValue(type('flags', 'access'), ['REMOTE_WRITE', 'REMOTE_READ'])).toBe('REMOTE_WRITE|REMOTE_READ');
    expect(formatValue(type('flags', 'access'), [])).toBe('0');
    expect(formatValue(type('struct', 'path_ib'), { dlid: 2, port: 1, sl: 0 })).toBe('{dlid=2, port=1}');
    expect(formatValue({ kind: 'list', of: 'u16' }, [1, 2])).toBe('[1, 2]');
  });
});
