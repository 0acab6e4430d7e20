/** Single values between their neutral and their native number, and neutral numbers in words. */
import type { AttributeType, Spec } from '../../model.ts';
import type { Value } from '../abi.ts';
import { scalar } from '../uapi/values.ts';
import type { Field } from './tables.ts';

/** A flag no mask of this ABI defines; stands for every neutral flag without a native one, so that it stays undefined. */
const UNDEFINED_FLAG = 0x80000000;
/** A number no enum defines; stands for every native number without a neutral one. */
const UNDEFINED_MEMBER = 0xffffffff;

/** Bytes of an Ethernet address. */
const MAC_BYTES = 6;

/** Largest number of `bytes` bytes. */
function largest(bytes: number): bigint {
  return (1n << BigInt(8 * bytes)) - 1n;
}

/**
 * The native number of a neutral value. A number outside an enum stays outside it, whatever the width.
 * Throws RangeError on a name the spec does not have.
 */
export function toNative(spec: Spec, type: AttributeType, field: Field, value: Value): number | bigint {
  if (type.kind === 'u64') return BigInt(value as bigint | number | string);
  const number = scalar(spec, type, value);
  if (type.kind === 'flags') return field.map === undefined ? number : mappedFlags(spec, type.of, field.map, number);
  if (type.kind !== 'enum') return number;
  const name = nameOf(spec.enums[type.of] ?? {}, number);
  const native = field.map === undefined ? number : (field.map[name ?? ''] ?? UNDEFINED_MEMBER);
  return BigInt(native) > largest(field.bytes) ? Number(largest(field.bytes)) : native;
}

function mappedFlags(spec: Spec, of: string, map: Readonly<Record<string, number>>, flags: number): number {
  let native = 0;
  let rest = flags;
  for (const [name, bit] of Object.entries(spec.flags[of] ?? {})) {
    if ((flags & bit) === 0) continue;
    native |= map[name] ?? UNDEFINED_FLAG;
    rest &= ~bit;
  }
  return (rest === 0 ? native : native | UNDEFINED_FLAG) >>> 0;
}

/** The neutral number of a native one; undefined bits and members stay undefined ones. */
export function fromNative(spec: Spec, type: AttributeType, field: Field, native: number | bigint): number | bigint {
  if (field.map === undefined) return type.kind === 'u64' ? BigInt(native) : Number(BigInt(native) & 0xffffffffn);
  const number = Number(native);
  if (type.kind === 'enum') return spec.enums[type.of]?.[nameOf(field.map, number) ?? ''] ?? UNDEFINED_MEMBER;
  let neutral = 0;
  let rest = BigInt(native);
  for (const [name, bit] of Object.entries(field.map)) {
    if ((rest & BigInt(bit)) === 0n) continue;
    neutral |= type.kind === 'flags' ? (spec.flags[type.of]?.[name] ?? UNDEFINED_FLAG) : 0;
    rest &= ~BigInt(bit);
  }
  return (rest === 0n ? neutral : neutral | UNDEFINED_FLAG) >>> 0;
}

/** A neutral number as callers see it: enum members and flags by name, where it has names. */
export function inWords(spec: Spec, type: AttributeType, number: number | bigint): Value {
  if (type.kind === 'enum') return nameOf(spec.enums[type.of] ?? {}, Number(number)) ?? number;
  if (type.kind !== 'flags') return number;
  const bits = Object.entries(spec.flags[type.of] ?? {});
  const set = bits.filter(([, bit]) => (Number(number) & bit) !== 0);
  const known = set.reduce((sum, [, bit]) => sum | bit, 0) >>> 0;
  return known === number ? set.map(([name]) => name) : number;
}

function nameOf(names: Readonly<Record<string, number>>, number: number): string | undefined {
  for (const name in names) if (names[name] === number) return name;
  return undefined;
}

/** Stores a number in the bytes of a field. Throws RangeError where it does not fit. */
export function putNumber(view: DataView, at: number, field: Field, value: number | bigint): void {
  const { bytes, big } = field;
  if (BigInt(value) > largest(bytes))
    throw new RangeError(`${String(value)} does not fit in the ${String(bytes)} bytes of ${field.name}`);
  if (bytes === 8) view.setBigUint64(at, BigInt(value), !big);
  else if (bytes === MAC_BYTES) putMac(view, at, BigInt(value));
  else if (bytes === 4) view.setUint32(at, Number(value), !big);
  else if (bytes === 2) view.setUint16(at, Number(value), !big);
  else view.setUint8(at, Number(value));
}

/** Always in network order. */
function putMac(view: DataView, at: number, value: bigint): void {
  view.setUint16(at, Number(value >> 32n), false);
  view.setUint32(at + 2, Number(value & 0xffffffffn), false);
}

export function getNumber(view: DataView, at: number, field: Field): number | bigint {
  const { bytes, big } = field;
  if (bytes === 8) return view.getBigUint64(at, !big);
  if (bytes === MAC_BYTES) return (BigInt(view.getUint16(at, false)) << 32n) | BigInt(view.getUint32(at + 2, false));
  if (bytes === 4) return view.getUint32(at, !big);
  return bytes === 2 ? view.getUint16(at, !big) : view.getUint8(at);
}

/** Whether a field is a number; what is not is left alone. */
export function isNumber(field: Field): boolean {
  return [1, 2, 4, MAC_BYTES, 8].includes(field.bytes);
}
