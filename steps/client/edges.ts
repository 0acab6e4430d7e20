/** Values at the limits of the device and above them: what a limit bounds is told by the tables. */
import type { Session } from '../../backends/session.ts';
import type { StructValue, Value } from '../../spec/abi/abi.ts';
import { appliesTo, attributeOf } from '../../spec/abi/uapi/tables.ts';
import type { Bound, ObjectTable, Spec } from '../../spec/model.ts';
import { transitionOf } from '../../spec/qp_rules.ts';
import { attempt } from './attempt.ts';
import { limitsOf, repeatable } from './capacity.ts';
import type { Context } from './client.ts';
import { offers, typesOffered } from './offered.ts';
import { tableOn } from './queue_pairs.ts';
import type { Result } from './result.ts';
import { creationOf, isOfModify, tableOf } from './things.ts';

/** Above this an attribute of 32 bits has no value to be refused. */
const U32_MAX = 0xffffffffn;

/** One call with a bounded value at its limit, and one with a value above it where there is one. */
export interface Edge {
  readonly name: string;
  readonly bound: Bound;
  readonly at: Result;
  readonly above: Result | undefined;
}

/** Every value that a reported limit bounds, in every class the device offers that takes it. */
export async function edgesOf(context: Context): Promise<Edge[]> {
  const { session } = context.client;
  const limits = await limitsOf(context);
  const edges: Edge[] = [];
  for (const [name, { bounds = [] }] of Object.entries(tableOf(session.spec, 'device').attributes)) {
    const limit = limits.get(name);
    if (limit === undefined) continue;
    for (const bound of bounds) {
      const table = tableOf(session.spec, bound.object);
      if (!offers(session, table)) continue;
      for (const variant of typeof table.classId === 'number' ? [undefined] : typesOffered(session)) {
        const send = sender(context, table, variant, bound);
        if (send === undefined) continue;
        const path = [`${bound.object}${variant === undefined ? '' : `_${variant.toLowerCase()}`}`, bound.attribute];
        if (bound.field !== undefined) path.push(bound.field);
        const above = limit < U32_MAX ? await send(limit + 1n) : undefined;
        edges.push({ name: `${path.join('.')} and ${name}`, bound, at: await send(limit), above });
      }
    }
  }
  return edges;
}

/** Sends a call with the bounded value; undefined where this class has no call that takes it. */
function sender(
  context: Context,
  table: ObjectTable,
  variant: string | undefined,
  bound: Bound,
): ((value: bigint) => Promise<Result>) | undefined {
  const { session } = context.client;
  const { spec } = session;
  const use = creationOf(table).attributes.find((one) => one.name === bound.attribute);
  if (use !== undefined && !isOfModify(table, use)) {
    if (!appliesTo(use, variant)) return undefined;
    return async (value) => {
      const call = await repeatable(context, { object: table.object, variant });
      const plain = call.attributes[bound.attribute];
      return context.call({
        ...call,
        attributes: { ...call.attributes, [bound.attribute]: bounded(spec, table, bound, plain, value) },
      });
    };
  }
  const move =
    variant === undefined ? undefined : moveThatNeeds(session, variant, attributeOf(table, bound.attribute).bit);
  if (variant === undefined || move === undefined) return undefined;
  return async (value) => {
    const altered = { [bound.attribute]: Number(value) };
    return (await attempt(context, variant, move.from, move.to, bound.attribute, altered)).result;
  };
}

/** The value in the shape the attribute has: a number, a field of a struct, the length of a list. */
function bounded(spec: Spec, table: ObjectTable, bound: Bound, plain: Value | undefined, value: bigint): Value {
  const { type } = attributeOf(table, bound.attribute);
  if (type.kind === 'u64') return value;
  if (type.kind === 'list') {
    const [item = 0] = (plain ?? []) as readonly number[];
    return Array.from({ length: Number(value) }, () => item);
  }
  if (type.kind !== 'struct') return Number(value);
  const wide = spec.structs[type.of]?.fields.find((field) => field.name === bound.field)?.width === 8;
  return { ...(plain as StructValue), [bound.field ?? '']: wide ? value : Number(value) };
}

/** The first transition between the states that every queue pair passes for which a type needs the modify bit. */
function moveThatNeeds(
  session: Session,
  type: string,
  bit: string | undefined,
): { from: string; to: string } | undefined {
  if (bit === undefined) return undefined;
  const mask = 1 << (session.spec.qp.bits[bit] ?? 0);
  const table = tableOn(session, type);
  const moves = [
    { from: 'RESET', to: 'INIT' },
    { from: 'INIT', to: 'RTR' },
    { from: 'RTR', to: 'RTS' },
  ];
  return moves.find(({ from, to }) => (transitionOf(table, type, from, to).required & mask) !== 0);
}
