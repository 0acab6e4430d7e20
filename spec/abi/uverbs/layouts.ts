/** Neutral values into the bytes of a layout and back. */
import type { AttributeType, Spec, StructType } from '../../model.ts';
import type { StructValue, Value } from '../abi.ts';
import { structOf } from '../uapi/values.ts';
import type { Field, Layout } from './tables.ts';
import { fromNative, getNumber, isNumber, putNumber, toNative } from './values.ts';

/** The value of a neutral attribute, or of one of the words `@handle`, `@object_id`, `@variant`, `@mask`. */
export type Source = (name: string) => Value | undefined;
export type CarriedValue = number | bigint | StructValue | readonly number[] | readonly StructValue[];
/** Neutral values by attribute or word. */
export type Carried = ReadonlyMap<string, CarriedValue>;

const GID_BYTES = 16;
const WORD: AttributeType = { kind: 'u32' };

function typeOf(spec: Spec, object: string, name: string): AttributeType {
  if (name.startsWith('@')) return WORD;
  const attribute = spec.objects[object]?.attributes[name];
  if (attribute === undefined) throw new RangeError(`${object} has no attribute ${name}`);
  return attribute.type;
}

function structType(spec: Spec, type: AttributeType): StructType {
  if (type.kind !== 'struct') throw new RangeError(`a ${type.kind} is not a struct`);
  return structOf(spec, type.of);
}

/** A layout's bytes; `source` gives what it carries, constants and zeros fill the rest. Throws RangeError where a value does not fit. */
export function writeLayout(spec: Spec, object: string, layout: Layout, source: Source): Uint8Array {
  const bytes = new Uint8Array(layout.bytes);
  const view = new DataView(bytes.buffer);
  for (const field of layout.fields) {
    if (field.layout !== undefined) writeWhole(spec, object, field.layout, field, view, source);
    else if (isGid(field)) writeGid(field, view, source);
    else if (isNumber(field)) putNumber(view, field.at, field, numberOf(spec, object, field, source));
  }
  return bytes;
}

/** Whether a field holds two neutral attributes, the halves of a GID. */
export function isGid({ bytes, carries }: Field): boolean {
  return bytes === GID_BYTES && carries.length > 0;
}

function writeGid({ at, carries }: Field, view: DataView, source: Source): void {
  for (const [half, name] of carries.entries())
    view.setBigUint64(at + 8 * half, BigInt((source(name) ?? 0) as bigint | number | string), false);
}

function numberOf(spec: Spec, object: string, field: Field, source: Source): number | bigint {
  for (const path of [...field.carries, ...(field.otherwise === undefined ? [] : [field.otherwise])]) {
    const [name = path, part] = path.split('.');
    const value = source(name);
    if (value === undefined) continue;
    if (part === undefined) return toNative(spec, typeOf(spec, object, name), field, value);
    return (value as StructValue)[part] ?? 0;
  }
  return field.value;
}

function writeWhole(spec: Spec, object: string, layout: Layout, field: Field, view: DataView, source: Source): void {
  for (const name of field.carries) {
    const value = source(name);
    if (value === undefined) continue;
    writeStruct(layout, structType(spec, typeOf(spec, object, name)), value as StructValue, view, field.at);
    return;
  }
}

export function writeStruct(layout: Layout, struct: StructType, value: StructValue, view: DataView, at: number): void {
  const known = new Set(struct.fields.map((field) => field.name));
  for (const field of layout.fields) {
    const [name = '', second = ''] = field.carries;
    if (field.bytes === GID_BYTES) {
      view.setBigUint64(at + field.at, BigInt(value[name] ?? 0), false);
      view.setBigUint64(at + field.at + 8, BigInt(value[second] ?? 0), false);
    } else if (name !== '') {
      putNumber(view, at + field.at, field, known.has(name) ? (value[name] ?? 0) : field.absent);
    }
  }
}

/** What a layout's bytes carry. Bytes missing at the end read as zeros. What a struct holds as a whole, its parts elsewhere do not change. */
export function readLayout(spec: Spec, object: string, layout: Layout, given: Uint8Array): Carried {
  const bytes = new Uint8Array(layout.bytes);
  bytes.set(given.subarray(0, layout.bytes));
  const view = new DataView(bytes.buffer);
  const carried = new Map<string, number | bigint | StructValue>();
  const parts = new Map<string, Record<string, number | bigint>>();
  for (const field of layout.fields) {
    if (isGid(field)) {
      for (const [half, name] of field.carries.entries())
        carried.set(name, view.getBigUint64(field.at + 8 * half, false));
      continue;
    }
    for (const path of field.carries) {
      const [name = path, part] = path.split('.');
      const type = typeOf(spec, object, name);
      if (field.layout !== undefined)
        carried.set(name, readStruct(field.layout, structType(spec, type), view, field.at));
      else if (part === undefined) carried.set(name, fromNative(spec, type, field, getNumber(view, field.at, field)));
      else if (!holds(layout, name, part))
        parts.set(name, { ...parts.get(name), [part]: getNumber(view, field.at, field) });
    }
  }
  for (const [name, value] of parts) {
    const empty = emptyOf(structType(spec, typeOf(spec, object, name)));
    carried.set(name, { ...empty, ...(carried.get(name) as StructValue | undefined), ...value });
  }
  return carried;
}

/** Whether a place of the layout holds the neutral struct `name`, its field `part` included. */
function holds(layout: Layout, name: string, part: string): boolean {
  const whole = layout.fields.find((field) => field.layout !== undefined && field.carries.includes(name))?.layout;
  return whole?.fields.some((field) => field.carries.includes(part)) === true;
}

/**
 * Of several neutral structs that share one place, those the bytes are not meant as. A struct fits where every native field it has
 * no counterpart for holds what is written in that case; of those that fit, the one with the fewest fields says it best.
 */
export function unmeant(spec: Spec, object: string, layout: Layout, bytes: Uint8Array): ReadonlySet<string> {
  const others = new Set<string>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { carries, layout: whole, at } of layout.fields) {
    if (whole === undefined || carries.length < 2) continue;
    const structs = carries.map((name) => ({ name, struct: structType(spec, typeOf(spec, object, name)) }));
    const fitting = structs.filter(({ struct }) => fits(whole, struct, view, at));
    const meant = fitting.reduce<(typeof fitting)[0] | undefined>(
      (best, one) => (best === undefined || one.struct.fields.length < best.struct.fields.length ? one : best),
      undefined,
    );
    for (const { name } of structs) if (name !== (meant?.name ?? carries[0])) others.add(name);
  }
  return others;
}

function fits(layout: Layout, struct: StructType, view: DataView, at: number): boolean {
  const known = new Set(struct.fields.map((field) => field.name));
  return layout.fields.every((field) => {
    const [name] = field.carries;
    if (name === undefined || known.has(name) || !isNumber(field) || at + field.at + field.bytes > view.byteLength)
      return true;
    return Number(getNumber(view, at + field.at, field)) === field.absent;
  });
}

function emptyOf(struct: StructType): StructValue {
  return Object.fromEntries(struct.fields.map((field) => [field.name, field.width === 8 ? 0n : 0]));
}

export function readStruct(layout: Layout, struct: StructType, view: DataView, at: number): StructValue {
  const value: Record<string, number | bigint> = { ...emptyOf(struct) };
  for (const field of layout.fields) {
    const [name = '', second = ''] = field.carries;
    if (field.bytes === GID_BYTES) {
      value[name] = view.getBigUint64(at + field.at, false);
      value[second] = view.getBigUint64(at + field.at + 8, false);
    } else if (value[name] !== undefined) {
      value[name] = getNumber(view, at + field.at, field);
    }
  }
  return value;
}
