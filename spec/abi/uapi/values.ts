/** Payloads of `uapi` attributes: how each type of value lies in memory, and how it reads in words. */
import type { AttributeType, Spec, StructType } from '../../model.ts';
import type { StructValue, Value } from '../abi.ts';

type ListType = Extract<AttributeType, { kind: 'list' }>;

/** Bytes of the numbers that lists hold. */
const WIDTHS = { u16: 2, u32: 4, u64: 8, handle: 4 } as const;

/** Bytes of one element of a list type, or of the whole value for every other type. */
export function valueBytes(spec: Spec, type: AttributeType): number {
  switch (type.kind) {
    case 'u64':
      return 8;
    case 'struct':
      return structOf(spec, type.of).size;
    case 'list':
      return type.of === 'record' ? structOf(spec, type.name ?? '').size : WIDTHS[type.of];
    default:
      return 4;
  }
}

export function structOf(spec: Spec, name: string): StructType {
  const struct = spec.structs[name];
  if (struct === undefined) throw new RangeError(`the spec has no struct ${name}`);
  return struct;
}

/** The payload for a value; lists take as many bytes as they have elements. Throws RangeError on a name the spec does not have. */
export function encodeValue(spec: Spec, type: AttributeType, value: Value): Uint8Array {
  if (type.kind === 'list') {
    const items = value as readonly (number | string | StructValue)[];
    const size = valueBytes(spec, type);
    const bytes = new Uint8Array(items.length * size);
    const view = new DataView(bytes.buffer);
    items.forEach((item, index) => {
      writeItem(spec, type, view, index * size, item);
    });
    return bytes;
  }
  const bytes = new Uint8Array(valueBytes(spec, type));
  if (type.kind !== 'u64' && type.kind !== 'struct') {
    const number = scalar(spec, type, value);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = (number >>> (8 * i)) & 0xff;
    return bytes;
  }
  const view = new DataView(bytes.buffer);
  if (type.kind === 'u64') view.setBigUint64(0, BigInt(value as bigint | number | string), true);
  else writeStruct(knownFields(structOf(spec, type.of), value as StructValue), view, 0, value as StructValue);
  return bytes;
}

function writeItem(spec: Spec, type: ListType, view: DataView, at: number, item: number | string | StructValue): void {
  if (typeof item === 'object') writeStruct(knownFields(structOf(spec, type.name ?? ''), item), view, at, item);
  else if (type.of === 'u64') view.setBigUint64(at, BigInt(item), true);
  else if (type.of === 'u16') view.setUint16(at, Number(item), true);
  else view.setUint32(at, Number(item), true);
}

/** The struct itself, once it is known that the value has no field beside its own. */
function knownFields(struct: StructType, value: StructValue): StructType {
  for (const name in value) {
    if (struct.fields.some((field) => field.name === name)) continue;
    const fields = struct.fields.map((field) => field.name).join(', ');
    throw new RangeError(`${struct.name} has no ${name}; it has ${fields}`);
  }
  return struct;
}

/** The 32-bit number a neutral value stands for: itself, the number of an enum name, the sum of flag names. */
export function scalar(spec: Spec, type: AttributeType, value: Value): number {
  if (typeof value === 'number') return value >>> 0;
  if (type.kind === 'enum' && typeof value === 'string') return known(spec.enums[type.of], value, type.of);
  if (type.kind === 'flags' && Array.isArray(value)) {
    let sum = 0;
    for (const name of value as readonly string[]) sum |= known(spec.flags[type.of], name, type.of);
    return sum >>> 0;
  }
  throw new RangeError(`a value of type ${type.kind} cannot be a ${typeof value}`);
}

function known(names: Readonly<Record<string, number>> | undefined, name: string, of: string): number {
  const number = names?.[name];
  if (number === undefined) throw new RangeError(`${of} has no ${name}; it has ${Object.keys(names ?? {}).join(', ')}`);
  return number;
}

/** Writes a struct at `at`; fields that are not given are zero. */
export function writeStruct(struct: StructType, view: DataView, at: number, value: StructValue): void {
  for (const field of struct.fields) {
    const given = value[field.name] ?? 0;
    if (field.width === 8) view.setBigUint64(at + field.offset, BigInt(given), true);
    else if (field.width === 4) view.setUint32(at + field.offset, Number(given), true);
    else if (field.width === 2) view.setUint16(at + field.offset, Number(given), true);
    else view.setUint8(at + field.offset, Number(given));
  }
}

/** Reads a struct at `at`; 8-byte fields come as bigint. */
export function readStruct(struct: StructType, view: DataView, at: number): StructValue {
  const value: Record<string, number | bigint> = {};
  for (const field of struct.fields) {
    const offset = at + field.offset;
    if (field.width === 8) value[field.name] = view.getBigUint64(offset, true);
    else if (field.width === 4) value[field.name] = view.getUint32(offset, true);
    else if (field.width === 2) value[field.name] = view.getUint16(offset, true);
    else value[field.name] = view.getUint8(offset);
  }
  return value;
}

/**
 * The value in `length` payload bytes at `at`, enums and flags by name where the number has one.
 * Undefined where the payload is too short for the type.
 */
export function decodeValue(
  spec: Spec,
  type: AttributeType,
  view: DataView,
  at: number,
  length: number,
): Value | undefined {
  const size = valueBytes(spec, type);
  if (type.kind === 'list') return readList(spec, type, view, at, Math.floor(length / size), size);
  if (length < size) return undefined;
  if (type.kind === 'u64') return view.getBigUint64(at, true);
  if (type.kind === 'struct') return readStruct(structOf(spec, type.of), view, at);
  const number = view.getUint32(at, true);
  if (type.kind === 'enum') return nameOf(spec.enums[type.of], number) ?? number;
  if (type.kind === 'flags') return flagNames(spec.flags[type.of] ?? {}, number) ?? number;
  return number;
}

function readList(spec: Spec, type: ListType, view: DataView, at: number, count: number, size: number): Value {
  const places = Array.from({ length: count }, (_, index) => at + index * size);
  switch (type.of) {
    case 'u16':
      return places.map((place) => view.getUint16(place, true));
    case 'u64':
      return places.map((place) => view.getBigUint64(place, true));
    case 'record': {
      const struct = structOf(spec, type.name ?? '');
      return places.map((place) => readStruct(struct, view, place));
    }
    default:
      return places.map((place) => view.getUint32(place, true));
  }
}

function nameOf(names: Readonly<Record<string, number>> | undefined, number: number): string | undefined {
  for (const name in names) if (names[name] === number) return name;
  return undefined;
}

function flagNames(names: Readonly<Record<string, number>>, number: number): string[] | undefined {
  const set: string[] = [];
  let rest = number;
  for (const [name, bit] of Object.entries(names)) {
    if ((number & bit) === 0) continue;
    set.push(name);
    rest &= ~bit;
  }
  return rest === 0 ? set : undefined;
}

/** A value in words, for traces and reports: `RTS`, `REMOTE_WRITE|REMOTE_READ`, `{dlid=2, port=1}`, `0x…` for 64-bit. */
export function formatValue(type: AttributeType | undefined, value: Value): string {
  if (typeof value === 'bigint') return `0x${value.toString(16)}`;
  if (typeof value === 'number') return type?.kind === 'handle' ? `#${String(value)}` : String(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    if (type?.kind === 'flags') return value.length === 0 ? '0' : (value as string[]).join('|');
    return `[${(value as (number | StructValue)[]).map((item) => formatValue(undefined, item)).join(', ')}]`;
  }
  const fields = Object.entries(value as StructValue).filter(([, field]) => BigInt(field) !== 0n);
  return `{${fields.map(([name, field]) => `${name}=${formatValue(undefined, field)}`).join(', ')}}`;
}
