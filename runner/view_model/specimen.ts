/** A sound call of a method made from the tables alone, to show its message: no device is asked. */
import { says } from '../../spec/abi/says.ts';
import type { Abi, Call, Value } from '../../spec/abi/abi.ts';
import { appliesTo, attributeOf, requiredFor } from '../../spec/abi/uapi/tables.ts';
import type { Attribute, Method, MethodAttribute, ObjectTable } from '../../spec/model.ts';

/** What stands where a handle or a descriptor would. */
const SOME_HANDLE = 3;
/** Bytes of room for a list. */
const LIST_ROOM = 64;
/** Outputs asked for where none must be: enough to see how they lie. */
const SOME_OUTPUTS = 2;

/**
 * What the method requires, of a query some outputs, and where nothing would be said the first attribute that the ABI has a
 * place for. Undefined where this ABI has no message for the method.
 */
export function specimenOf(
  abi: Abi,
  table: ObjectTable,
  method: Method,
  variant: string | undefined,
): Call | undefined {
  if (!abi.expresses(table.object, method.name)) return undefined;
  const uses = method.attributes.filter((use) => appliesTo(use, variant));
  const least = uses.filter((use) => requiredFor(use, variant));
  const optional = uses.filter((use) => !least.includes(use));
  const outputs = optional.filter(({ direction }) => direction === 'out').slice(0, SOME_OUTPUTS);
  const base = [...least, ...outputs];
  const calls = [base, ...optional.map((use) => [...base, use])].map((chosen) =>
    callOf(table, method, variant, chosen),
  );
  const bare = calls[0];
  const sayable = calls.filter((call) => says(abi, call));
  const silent =
    bare !== undefined && Object.keys(bare.attributes).length === 0 && Object.keys(bare.room ?? {}).length === 0;
  const wantsMore = silent && method.role !== 'destroy' && method.role !== 'create';
  return (wantsMore ? sayable[1] : undefined) ?? sayable[0];
}

function callOf(
  table: ObjectTable,
  method: Method,
  variant: string | undefined,
  uses: readonly MethodAttribute[],
): Call {
  const attributes: Record<string, Value> = {};
  const room: Record<string, number> = {};
  for (const { name, direction } of uses) {
    const attribute = attributeOf(table, name);
    if (direction === 'out') room[name] = attribute.type.kind === 'list' ? LIST_ROOM : 0;
    else attributes[name] = valueOf(attribute);
  }
  return { object: table.object, variant, method: method.name, on: calledOn(table, method), attributes, room };
}

/** Ports count from 1, other fixed objects have the number 0; methods of fd objects are called on their descriptor. */
function calledOn({ object, instances }: ObjectTable, { role }: Method): number | undefined {
  if (role === 'create' || instances === 'fd') return undefined;
  if (instances === 'created') return SOME_HANDLE;
  return object === 'port' ? 1 : 0;
}

function valueOf({ type, example }: Attribute): Value {
  if (type.kind === 'handle' || type.kind === 'fd') return SOME_HANDLE;
  if (type.kind === 'u64') return BigInt((example ?? '0') as string);
  if (type.kind === 'list') return type.of === 'handle' ? [SOME_HANDLE] : ((example ?? []) as Value);
  return (example ?? 0) as Value;
}
