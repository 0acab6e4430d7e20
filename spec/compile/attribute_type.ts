/** The type of an attribute, from its string in an object table; and whether an example is a value of that type. */
import type { AttributeType, ListOf } from '../model.ts';
import type { Constants, Types } from './types.ts';

/** `text` has passed the schema, so it is one of the known forms. */
export function parseAttributeType(text: string, max?: number): AttributeType {
  const [kind = '', name = '', record] = text.split(' ');
  switch (kind) {
    case 'u32':
      return max === undefined ? { kind } : { kind, max };
    case 'u64':
      return { kind };
    case 'enum':
    case 'flags':
    case 'struct':
      return { kind, of: name };
    case 'handle':
    case 'fd':
      return { kind, object: name };
    default:
      return record === undefined
        ? { kind: 'list', of: name as ListOf }
        : { kind: 'list', of: name as ListOf, name: record };
  }
}

/** What is wrong with `example` as a value of the type, or undefined. */
export function exampleFault(example: unknown, type: AttributeType, types: Types): string | undefined {
  switch (type.kind) {
    case 'u32':
      return isCount(example, type.max ?? 0xffffffff) ? undefined : `must be 0 to ${String(type.max ?? 0xffffffff)}`;
    case 'u64':
      return isU64(example) ? undefined : "must be '0x…' with at most 16 digits";
    case 'enum':
      return memberFault([example], types.enums.get(type.of));
    case 'flags':
      return Array.isArray(example) ? memberFault(example, types.flags.get(type.of)) : 'must be a list of flag names';
    case 'struct':
      return structFault(example, type.of, types);
    case 'handle':
    case 'fd':
      return `must be absent: a ${type.kind} has no example`;
    case 'list':
      return listFault(example, type, types);
  }
}

function listFault(example: unknown, type: Extract<AttributeType, { kind: 'list' }>, types: Types): string | undefined {
  if (type.of === 'handle') return 'must be absent: a list of handles has no example';
  if (!Array.isArray(example)) return 'must be a list';
  for (const item of example as readonly unknown[]) {
    if (type.of === 'record') {
      const fault = structFault(item, type.name ?? '', types);
      if (fault !== undefined) return fault;
    } else if (type.of === 'u64' ? !isU64(item) : !isCount(item, type.of === 'u16' ? 0xffff : 0xffffffff))
      return `must hold numbers of type ${type.of}`;
  }
  return undefined;
}

function isCount(value: unknown, max: number): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= max;
}

function isU64(value: unknown): boolean {
  return typeof value === 'string' && /^0x[0-9a-f]{1,16}$/i.test(value);
}

function memberFault(items: readonly unknown[], constants: Constants | undefined): string | undefined {
  const known = Object.keys(constants ?? {});
  // An unknown enum or flags name is reported where the type stands.
  if (constants === undefined || items.every((item) => known.includes(String(item)))) return undefined;
  return `must name ${known.join(', ')}`;
}

function structFault(example: unknown, name: string, types: Types): string | undefined {
  if (typeof example !== 'object' || example === null || Array.isArray(example)) return 'must be a mapping of fields';
  const fields = types.structs.get(name)?.fields;
  if (fields === undefined) return undefined;
  for (const [key, value] of Object.entries(example)) {
    const field = fields.find((one) => one.name === key);
    if (field === undefined) return `has no field \`${key}\`; fields: ${fields.map((one) => one.name).join(', ')}`;
    const fits = field.width < 8 ? isCount(value, 2 ** (8 * field.width) - 1) : isU64(value);
    if (!fits) return `has a \`${key}\` that does not fit ${String(field.width)} bytes`;
  }
  return undefined;
}
