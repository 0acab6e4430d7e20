/** Objects made from the tables: every attribute a create requires gets its example, every object it needs is made first. */
import type { Call, Reply, StructValue, Value } from '../../spec/abi/abi.ts';
import { appliesTo, attributeOf, requiredFor } from '../../spec/abi/uapi/tables.ts';
import type { Attribute, Method, MethodAttribute, ObjectTable, Spec } from '../../spec/model.ts';
import { capabilityOfType } from '../../spec/capabilities.ts';
import { arenaOf } from './arena.ts';
import { Context } from './client.ts';
import type { Result } from './result.ts';
import { words } from './words.ts';

const FIRST_PORT = 1;

/** A live object as scenarios hold it. */
export interface Thing {
  readonly object: string;
  readonly variant: string | undefined;
  readonly context: Context;
  readonly handle: number;
  /** Queue pair number, where it is a queue pair. */
  readonly qpn: number;
  /** The objects made for it, by attribute of create. */
  readonly parts: Readonly<Record<string, Thing>>;
  readonly created: Result;
  /** The descriptor of an fd object; undefined for objects with a handle. */
  readonly file?: Context;
  /** Attributes its create was given beside the least it needs. */
  readonly extra?: Readonly<Record<string, Value>>;
}

/** Thrown when a call that was only a means is not answered as its clause says; `expected` in words. */
export class Refused extends Error {
  readonly clause: string;
  readonly result: Pick<Result, 'answer'>;
  readonly expected: string;
  readonly got: string;
  constructor(clause: string, result: Pick<Result, 'answer'>, expected = 'success', got = result.answer) {
    super(`${clause}: expected ${expected}, got ${got}`);
    this.name = 'Refused';
    this.clause = clause;
    this.result = result;
    this.expected = expected;
    this.got = got;
  }
}

/** The method that makes objects of a table: create, or create_fd. */
export function creationOf(table: ObjectTable): Method {
  const method = Object.values(table.methods).find((candidate) => candidate.role === 'create');
  if (method === undefined) throw new RangeError(`${table.object} is not made by any call`);
  return method;
}

/** The object that values of an attribute name; undefined where they name none. */
export function referentOf({ type }: Attribute): string | undefined {
  if (type.kind === 'handle' || type.kind === 'fd') return type.object;
  return type.kind === 'list' && type.of === 'handle' ? type.name : undefined;
}

/** The value that names the object of a handle in an attribute of create. */
export function naming(attribute: Attribute, handle: number): Value {
  return attribute.type.kind === 'list' ? [handle] : handle;
}

export function tableOf(spec: Spec, object: string): ObjectTable {
  const table = spec.objects[object];
  if (table === undefined)
    throw new RangeError(`the spec has no object ${object}; it has ${Object.keys(spec.objects).join(', ')}`);
  return table;
}

/** The example of an attribute as a neutral value. */
export function exampleOf(attribute: Attribute): Value {
  if (attribute.type.kind === 'u64') return BigInt((attribute.example ?? '0') as string);
  if (attribute.type.kind === 'list') return (attribute.example ?? []) as Value;
  return (attribute.example ?? 0) as Value;
}

/** The clause of a method by the rule that names most of them: `rwq_ind_tbl` and `create` give `rwq-ind-tbl-create`. */
export function clauseOf(table: ObjectTable, method: string): string {
  return table.driver === true ? 'driver-class' : `${table.object.replaceAll('_', '-')}-${method}`;
}

/** The clause that a successful create of this object rests on. */
export function createClause(table: ObjectTable): string {
  return table.instances === 'fd' ? 'fd-create' : clauseOf(table, 'create');
}

/** Makes an object with the least its create needs plus `extra`; `parts` are used instead of fresh ones. */
export async function make(
  context: Context,
  object: string,
  variant?: string,
  extra: Readonly<Record<string, Value>> = {},
  parts: Readonly<Record<string, Thing>> = {},
): Promise<Thing> {
  const { spec } = context.client.session;
  const prepared = await createCall(context, object, variant, extra, parts);
  const result = await context.call(prepared.call);
  if (result.reply === undefined) throw new Refused(createClause(tableOf(spec, object)), result);
  const thing = { ...thingOf(context, prepared.call, prepared.parts, result, result.reply), extra };
  if (thing.file === undefined) await answersAtFirst(thing);
  return thing;
}

/** What a successful create made. */
export function thingOf(
  context: Context,
  { object, variant }: Call,
  parts: Thing['parts'],
  created: Result,
  { handle, attributes }: Reply,
): Thing {
  const qpn = Number(attributes['qpn'] ?? 0);
  const fd = tableOf(context.client.session.spec, object).instances === 'fd';
  const file = fd ? { file: new Context(context.client, context.process, handle) } : {};
  return { object, variant, context, handle, qpn, parts, created, ...file };
}

/** The first object of a class in a file must answer at the handle its create returned, or Refused is thrown. */
async function answersAtFirst(thing: Thing): Promise<void> {
  const { client, seen } = thing.context;
  const kind = `${thing.object}/${thing.variant ?? ''}`;
  if (seen.has(kind) || !client.session.abi.expresses(thing.object, 'query')) return;
  seen.add(kind);
  const result = await thing.context.call(on(thing, 'query'));
  if (result.errno !== 0) throw new Refused('handle-returned', result);
}

/** The first variant that an attribute welcomes and the device offers; undefined where any object will do. */
export function welcomeVariant(context: Context, { variants }: Attribute): string | undefined {
  const { capabilities } = context.client.session;
  return variants?.find((variant) => capabilities.has(capabilityOfType(variant)));
}

/** The create call of `make`, with its parts made but not yet sent. */
export async function createCall(
  context: Context,
  object: string,
  variant: string | undefined,
  extra: Readonly<Record<string, Value>> = {},
  given: Readonly<Record<string, Thing>> = {},
): Promise<{ call: Call; parts: Record<string, Thing> }> {
  const table = tableOf(context.client.session.spec, object);
  const attributes: Record<string, Value> = {};
  const parts: Record<string, Thing> = {};
  const room: Record<string, number> = {};
  const creation = creationOf(table);
  for (const use of creation.attributes) {
    if (!appliesTo(use, variant)) continue;
    if (use.direction === 'out') room[use.name] = 0;
    if (use.direction === 'out' || !requiredFor(use, variant)) continue;
    const attribute = attributeOf(table, use.name);
    const wanted = referentOf(attribute);
    if (wanted === undefined) {
      attributes[use.name] = exampleOf(attribute);
      continue;
    }
    const same = Object.values({ ...parts, ...given }).find((part) => part.object === wanted);
    if (use.unless !== undefined && given[use.unless] !== undefined && given[use.name] === undefined) continue;
    const part = given[use.name] ?? same ?? (await make(context, wanted, welcomeVariant(context, attribute)));
    parts[use.name] = part;
    attributes[use.name] = naming(attribute, part.handle);
  }
  for (const [name, part] of Object.entries(given)) attributes[name] = naming(attributeOf(table, name), part.handle);
  if (wantsPath(table, creation) && !hasPath(Object.keys(extra))) {
    const [path, value] = await pathOn(context, table);
    attributes[path] = value;
  }
  // A range in memory that is there: a kernel pins it.
  if (object === 'mr' && given['dm'] === undefined && extra['start'] === undefined)
    attributes['start'] = await arenaOf(context);
  return {
    call: { object, variant, method: creation.name, attributes: { ...attributes, ...extra }, room },
    parts: { ...parts, ...given },
  };
}

/** Calls a method of a thing: on its handle, or on its own descriptor. */
export function ask(
  thing: Thing,
  method: string,
  attributes: Readonly<Record<string, Value>> = {},
  room: Readonly<Record<string, number>> = {},
): Promise<Result> {
  const call = on(thing, method, attributes, room);
  return thing.file === undefined ? thing.context.call(call) : thing.file.call({ ...call, on: 0 });
}

/** The neutral call of a method on a thing. */
export function on(
  thing: Thing,
  method: string,
  attributes: Readonly<Record<string, Value>> = {},
  room: Readonly<Record<string, number>> = {},
): Call {
  return { object: thing.object, variant: thing.variant, method, on: thing.handle, attributes, room };
}

/** The transport of a port, asked once per open file. */
export async function transportOf(context: Context, port = FIRST_PORT): Promise<string> {
  const known = context.transports.get(port);
  if (known !== undefined) return known;
  const result = await context.call({
    object: 'port',
    method: 'query',
    on: port,
    attributes: {},
    room: { transport: 0 },
  });
  if (result.reply === undefined) throw new Refused('port-query', result);
  const transport = words(result.reply.attributes['transport']);
  context.transports.set(port, transport);
  return transport;
}

const PATHS = ['path_ib', 'path_roce'];

function hasPath(names: readonly string[]): boolean {
  return PATHS.some((path) => names.includes(path));
}

/** Whether a create has a place for a path, of the kind the port has. One of modify is not needed. */
function wantsPath(table: ObjectTable, creation: Method): boolean {
  return creation.attributes.some((use) => PATHS.includes(use.name) && !isOfModify(table, use));
}

/** Whether an attribute of create is one of modify, which create takes for the way to a state. */
export function isOfModify(table: ObjectTable, use: MethodAttribute): boolean {
  return use.direction === 'in' && attributeOf(table, use.name).bit !== undefined;
}

/** An example of a path on a port: where the device knows of a path that leads somewhere, that one. */
export function pathValue(context: Context, example: StructValue, port: number): StructValue {
  const path = context.client.session.description.paths?.find((one) => one.port === port);
  if (path === undefined) return { ...example, port };
  const { sgid_index, dgid, dlid } = path;
  const [dgid_high, dgid_low] = [BigInt(`0x${dgid.slice(0, 16)}`), BigInt(`0x${dgid.slice(16)}`)];
  return { ...example, port, sgid_index, dgid_high, dgid_low, ...(dlid === undefined ? {} : { dlid }) };
}

/** The attribute that holds a path of a port, by its transport, and its example on that port. */
export async function pathOn(context: Context, table: ObjectTable, port = FIRST_PORT): Promise<[string, StructValue]> {
  const name = (await transportOf(context, port)) === 'ROCE' ? 'path_roce' : 'path_ib';
  return [name, pathValue(context, exampleOf(attributeOf(table, name)) as StructValue, port)];
}
