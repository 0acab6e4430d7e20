/** Test support: a value that is valid for a type, and the calls that can be made of it. */
import type { AttributeType, Spec } from '../../model.ts';
import { anyWord, pick, type Random } from '../../seeded.ts';
import type { Call, StructValue, Value } from '../abi.ts';
import type { ClassInfo, MethodInfo } from './tables.ts';
import { structOf } from './values.ts';

export function anyValue(spec: Spec, type: AttributeType, random: Random): Value {
  switch (type.kind) {
    case 'u32':
      return type.max === undefined ? anyWord(random) : random(type.max + 1);
    case 'handle':
    case 'fd':
      return anyWord(random);
    case 'u64':
      return (BigInt(anyWord(random)) << 32n) | BigInt(anyWord(random));
    case 'enum':
      return pick(random, Object.keys(spec.enums[type.of] ?? {}));
    case 'flags':
      return Object.keys(spec.flags[type.of] ?? {}).filter(() => random(2) === 0);
    case 'struct':
      return anyStruct(spec, type.of, random);
    case 'list':
      return anyList(spec, type, random);
  }
}

function anyList(spec: Spec, type: Extract<AttributeType, { kind: 'list' }>, random: Random): Value {
  const items = Array.from({ length: random(9) }, () => anyWord(random));
  if (type.of === 'record') return items.map(() => anyStruct(spec, type.name ?? '', random));
  return type.of === 'u64' ? items.map(BigInt) : items.map((item) => (type.of === 'u16' ? item % 0x10000 : item));
}

function anyStruct(spec: Spec, name: string, random: Random): StructValue {
  return Object.fromEntries(
    structOf(spec, name).fields.map((field): [string, number | bigint] => {
      if (field.name === 'reserved') return [field.name, 0];
      if (field.width === 8) return [field.name, (BigInt(anyWord(random)) << 32n) | BigInt(anyWord(random))];
      return [field.name, anyWord(random) % 2 ** (8 * field.width)];
    }),
  );
}

/** A sound call of a method: everything it requires, some of the rest, and room for some of its outputs. */
export function anyCall(spec: Spec, info: ClassInfo, found: MethodInfo, random: Random): Call {
  const attributes: Record<string, Value> = {};
  const room: Record<string, number> = {};
  for (const { attribute, use } of found.attributes) {
    if (!use.required && random(2) === 0) continue;
    if (use.direction !== 'out') attributes[attribute.name] = anyValue(spec, attribute.type, random);
    else room[attribute.name] = attribute.type.kind === 'list' ? 8 * random(8) : 0;
  }
  const on = found.method.role === 'create' ? undefined : anyWord(random);
  return { object: info.table.object, variant: info.variant, method: found.method.name, on, attributes, room };
}
