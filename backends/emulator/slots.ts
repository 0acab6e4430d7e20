/** What a dispatch table keeps of one attribute of one method, so that a message is judged by array accesses. */
import { DRIVER_BIT } from '../../spec/abi/uapi/layout.ts';
import { structOf, valueBytes } from '../../spec/abi/uapi/values.ts';
import type { Attribute, ListOf, MethodAttribute, Spec, StructType } from '../../spec/model.ts';
import { ATTRIBUTE_SLOTS, DRIVER_SLOTS } from './core/call.ts';

/** The largest number that engines keep unboxed in an object. */
const LARGEST_SMALL = 0x7fffffff;

/** What the front end must know of one attribute of one method. */
export interface Slot {
  /** Where the attribute stands in a call; its id, or for one of the driver the place of its ordinal. */
  readonly id: number;
  /** The id in messages. */
  readonly wire: number;
  /** The bit of this slot in the presence words of a call, for slots 0 to 31, 32 to 63, and the driver's. */
  readonly low: number;
  readonly high: number;
  readonly driver: number;
  readonly name: string;
  readonly kind: Attribute['type']['kind'];
  /** True for values of 32 bits: u32, enum, flags, handle, fd. */
  readonly scalar: boolean;
  /** True for the usual attribute, an input of 32 bits that is no output. */
  readonly plain: boolean;
  readonly input: boolean;
  readonly output: boolean;
  /** Bytes of the value; of one element for a list. */
  readonly size: number;
  /** Layout of a struct value, or of the records of a list. */
  readonly struct: StructType | undefined;
  /** Largest u32 accepted. */
  readonly max: number;
  /** Accepted enum numbers, or undefined. */
  readonly members: ReadonlySet<number> | undefined;
  /** Defined flag bits, and those that are not: none where the value is not of type flags. */
  readonly bits: number;
  readonly undefinedBits: number;
  /** Every number from 0 up to this one is valid: most values need no closer look. */
  readonly safe: number;
  /** What a list is made of. */
  readonly elements: ListOf | undefined;
  /** Handle space and object a handle, a list of handles or a descriptor names; empty for values. */
  readonly space: number;
  readonly object: string;
  readonly required: boolean;
}

/** The slot of an attribute id; -1 where there is none. */
export function slotNumber(id: number): number {
  if (id < DRIVER_BIT) return id < ATTRIBUTE_SLOTS ? id : -1;
  return id < DRIVER_BIT + DRIVER_SLOTS ? ATTRIBUTE_SLOTS + id - DRIVER_BIT : -1;
}

function structFor(spec: Spec, type: Attribute['type']): StructType | undefined {
  if (type.kind === 'struct') return structOf(spec, type.of);
  return type.kind === 'list' && type.of === 'record' ? structOf(spec, type.name ?? '') : undefined;
}

export function slotOf(
  spec: Spec,
  spaces: readonly string[],
  attribute: Attribute,
  use: MethodAttribute,
  required: boolean,
): Slot {
  const type = attribute.type;
  const id = slotNumber(attribute.id);
  const scalar = type.kind !== 'u64' && type.kind !== 'struct' && type.kind !== 'list';
  const max = type.kind === 'u32' ? (type.max ?? 0xffffffff) : 0xffffffff;
  const members = type.kind === 'enum' ? new Set(Object.values(spec.enums[type.of] ?? {})) : undefined;
  const bits = type.kind === 'flags' ? Object.values(spec.flags[type.of] ?? {}).reduce((sum, bit) => sum | bit, 0) : 0;
  return {
    id,
    wire: attribute.id,
    low: id < 32 ? 1 << id : 0,
    high: id >= 32 && id < ATTRIBUTE_SLOTS ? 1 << (id - 32) : 0,
    driver: id >= ATTRIBUTE_SLOTS ? 1 << (id - ATTRIBUTE_SLOTS) : 0,
    name: attribute.name,
    kind: type.kind,
    scalar,
    plain: scalar && use.direction === 'in' && id < ATTRIBUTE_SLOTS,
    input: use.direction !== 'out',
    output: use.direction !== 'in',
    size: valueBytes(spec, type),
    struct: structFor(spec, type),
    max,
    members,
    bits,
    undefinedBits: type.kind === 'flags' ? ~bits : 0,
    safe: safeUpTo(max, members, bits, type.kind),
    space: spaces.indexOf(spec.objects[referent(type)]?.space ?? ''),
    object: referent(type),
    elements: type.kind === 'list' ? type.of : undefined,
    required,
  };
}

/** The object that values of a type name; empty where they are no names. */
function referent(type: Attribute['type']): string {
  if (type.kind === 'handle' || type.kind === 'fd') return type.object;
  return type.kind === 'list' && type.of === 'handle' ? (type.name ?? '') : '';
}

/** The largest number up to which every one is valid; -1 where 0 is not. */
function safeUpTo(max: number, members: ReadonlySet<number> | undefined, bits: number, kind: Slot['kind']): number {
  if (kind === 'flags') return ((bits + 1) & ~bits) - 1;
  if (members === undefined) return Math.min(max, LARGEST_SMALL);
  let safe = -1;
  while (members.has(safe + 1)) safe += 1;
  return safe;
}
