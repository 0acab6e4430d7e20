/** The way of a connection identifier to each state, and both sides of a connection. */
import type { StructValue, Value } from '../../spec/abi/abi.ts';
import type { Context } from './client.ts';
import { addressOf, bindTo, shown, towards, type Address } from './cm_addresses.ts';
import type { Result } from './result.ts';
import { meansFor } from './means.ts';
import { Refused, ask, make, on, type Thing } from './things.ts';
import { words } from './words.ts';

/** A call that is a means here: Refused where it is refused. */
export async function done(
  id: Thing,
  method: string,
  attributes: Readonly<Record<string, Value>> = {},
): Promise<Result> {
  const result = await ask(id, method, attributes);
  if (result.errno !== 0) throw new Refused('cm-id-moves', result);
  return result;
}

const BACKLOG = 4;

type Extra = Readonly<Record<string, Value>>;

/** An id that listens at a port of the device, or at every one; its service is the core's choice. */
export async function listener(
  context: Context,
  { at, backlog = BACKLOG, extra = {} }: { at?: Address; backlog?: number; extra?: Extra } = {},
): Promise<Thing> {
  const id = await make(context, 'cm_id', undefined, extra);
  await done(id, 'bind', bindTo(at ?? (await addressOf(context.client))));
  await done(id, 'listen', { backlog });
  return id;
}

/** An id with a way to a service of a port. */
export async function routed(context: Context, service: number, extra: Extra = {}, port = 1): Promise<Thing> {
  const id = await make(context, 'cm_id', undefined, extra);
  await done(id, 'resolve_address', towards(await addressOf(context.client, port), service));
  await done(id, 'resolve_route');
  return id;
}

/** A queue pair that can be connected, on queues that serve many. */
export async function queuePair(context: Context, type = 'RC'): Promise<Thing> {
  return make(context, 'qp', type, {}, await meansFor(context, 'qp', type));
}

export interface Asking {
  readonly id: Thing;
  readonly qp: Thing;
}

/** An id that connects to a listener. */
export async function asking(
  context: Context,
  to: Thing,
  data: readonly number[] = [],
  extra: Extra = {},
): Promise<Asking> {
  const id = await routed(context, (await shown(to)).service, extra);
  const qp = await queuePair(context);
  await done(id, 'connect', { qp: qp.handle, ...(data.length === 0 ? {} : { private_data: data }) });
  return { id, qp };
}

/** The call that takes the oldest request of a listener, and what came of it. */
export function taking(to: Thing, extra: Extra = {}): Promise<Result> {
  return to.context.call({
    object: 'cm_id',
    method: 'create',
    attributes: { source: to.handle, ...extra },
  });
}

/** The call on a file of a device that has an id of the system-wide node move there. `fd`: of the node's file in the same process. */
export function moving(context: Context, fd: number, source: number, extra: Extra = {}): Promise<Result> {
  return context.call({ object: 'cm_id', method: 'create', attributes: { file: fd, source, ...extra } });
}

/** What a create made that succeeded; Refused under `clause` else. */
export function made(context: Context, result: Result, clause: string): Thing {
  if (result.reply === undefined) throw new Refused(clause, result);
  return {
    object: 'cm_id',
    variant: undefined,
    context,
    handle: result.reply.handle,
    qpn: 0,
    parts: {},
    created: result,
  };
}

export async function taken(to: Thing, extra: Extra = {}): Promise<Thing> {
  return made(to.context, await taking(to, extra), 'cm-request-taken');
}

export interface Connection {
  readonly listener: Thing;
  readonly one: Asking;
  readonly other: Asking;
}

/** Two queue pairs of a file that the core has connected. */
export async function connected(context: Context, extra: Extra = {}): Promise<Connection> {
  const to = await listener(context, { extra });
  const one = await asking(context, to, [], extra);
  const id = await taken(to, extra);
  const qp = await queuePair(context);
  await done(id, 'accept', { qp: qp.handle });
  return { listener: to, one, other: { id, qp } };
}

/** The way to each state that calls lead to, on a file of a device. */
const WAYS: Readonly<Record<string, (context: Context) => Promise<Thing>>> = {
  IDLE: (context) => make(context, 'cm_id'),
  BOUND: async (context) => {
    const id = await make(context, 'cm_id');
    await done(id, 'bind', bindTo(await addressOf(context.client)));
    return id;
  },
  ADDRESS_RESOLVED: async (context) => {
    const id = await make(context, 'cm_id');
    await done(id, 'resolve_address', towards(await addressOf(context.client), 1));
    return id;
  },
  ROUTE_RESOLVED: async (context) => routed(context, (await shown(await listener(context))).service),
  LISTENING: (context) => listener(context),
  REQUESTED: async (context) => {
    const to = await listener(context);
    await asking(context, to);
    return taken(to);
  },
  CONNECTING: async (context) => (await asking(context, await listener(context))).id,
  ESTABLISHED: async (context) => (await connected(context)).one.id,
  DISCONNECTED: async (context) => {
    const { one } = await connected(context);
    await done(one.id, 'disconnect');
    return one.id;
  },
};

export const REACHED = Object.keys(WAYS);

export async function idIn(context: Context, state: string): Promise<Thing> {
  const way = WAYS[state];
  if (way === undefined) throw new RangeError(`no calls lead to ${state}; they lead to ${REACHED.join(', ')}`);
  return way(context);
}

/** Attributes with which a method is sound on any id that is in a state for it. */
export async function soundly(context: Context, method: string): Promise<Readonly<Record<string, Value>>> {
  const address = await addressOf(context.client);
  switch (method) {
    case 'bind':
      return bindTo(address);
    case 'resolve_address':
      return towards(address, 1);
    case 'listen':
      return { backlog: BACKLOG };
    case 'connect':
    case 'accept':
      return { qp: (await queuePair(context)).handle };
    default:
      return {};
  }
}

/** State of a queue pair, and what it says of where it leads. */
export interface Led {
  readonly state: string;
  readonly port: number;
  readonly destination: number;
  readonly remote: Address;
}

export async function led(qp: Thing): Promise<Led> {
  const room = { state: 0, port: 0, dest_qpn: 0, path_ib: 0, path_roce: 0 };
  const result = await qp.context.call(on(qp, 'query', {}, room));
  if (result.reply === undefined) throw new Refused('qp-query', result);
  const of = result.reply.attributes;
  const paths = [of['path_ib'], of['path_roce']] as readonly StructValue[];
  const path = paths.find((one) => one['dgid_low'] !== 0n) ?? {};
  return {
    state: words(of['state']),
    port: Number(of['port']),
    destination: Number(of['dest_qpn']),
    remote: { high: BigInt(path['dgid_high'] ?? 0), low: BigInt(path['dgid_low'] ?? 0) },
  };
}
