/** Queue pairs moved and read in the words of the tables: bits become attributes, states are reached by legal steps. */
import type { Session } from '../../backends/session.ts';
import type { Call, StructValue, Value } from '../../spec/abi/abi.ts';
import type { QpTable, Spec } from '../../spec/model.ts';
import { bitNames, transitionOf } from '../../spec/qp_rules.ts';
import type { Context } from './client.ts';
import type { Result } from './result.ts';
import { sameBytes } from './recorder.ts';
import { difference } from './difference.ts';
import { words } from './words.ts';
import { Refused, exampleOf, make, on, pathValue, tableOf, transportOf, type Thing } from './things.ts';

/** The shortest legal way to each state a caller can reach by modify. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  RESET: [],
  INIT: ['INIT'],
  RTR: ['INIT', 'RTR'],
  RTS: ['INIT', 'RTR', 'RTS'],
  SQD: ['INIT', 'RTR', 'RTS', 'SQD'],
  SQE: ['INIT', 'RTR', 'RTS'],
  ERR: ['INIT', 'ERR'],
};

const PORT = 1;

/** The table that judges a queue pair of this type; DRIVER types have their own. */
export function tableFor(spec: Spec, type: string): QpTable {
  const { core, ...others } = spec.qp.tables;
  const table = type === 'DRIVER' ? Object.values(others).find(({ driverType }) => driverType !== undefined) : core;
  if (table === undefined) throw new RangeError(`no table judges queue pairs of type ${type}`);
  return table;
}

/** The table that judges the queue pairs of this device, of this type. */
export function tableOn({ spec, capabilities }: Session, type: string): QpTable {
  const { iwarp } = spec.qp.tables;
  return iwarp !== undefined && capabilities.has('port-iwarp') ? iwarp : tableFor(spec, type);
}

/** The clause under which a move that the table has succeeds. */
export function moveClause({ capabilities }: Session, to: string): string {
  if (!capabilities.has('port-iwarp')) return 'qp-modify-accepts';
  return to === 'ERR' ? 'iwarp-error' : 'iwarp-idle';
}

/** The attribute and value that stand for a modify bit, on a port of the given transport. */
function attributeForBit(
  context: Context,
  bit: string,
  from: string,
  transport: string,
  port: number,
): [string, Value] {
  const qp = tableOf(context.client.session.spec, 'qp');
  const name =
    bit === 'AV'
      ? transport === 'ROCE'
        ? 'path_roce'
        : 'path_ib'
      : Object.values(qp.attributes).find((a) => a.bit === bit)?.name;
  const attribute = name === undefined ? undefined : qp.attributes[name];
  if (attribute === undefined) throw new RangeError(`no attribute stands for the bit ${bit}`);
  if (bit === 'CUR_STATE') return [attribute.name, from];
  const example = exampleOf(attribute);
  if (bit === 'PORT') return [attribute.name, port];
  if (bit === 'AV' || bit === 'ALT_PATH') return [attribute.name, pathValue(context, example as StructValue, port)];
  return [attribute.name, example];
}

/** A modify to `to` carrying the attributes of `bits` (names, STATE apart). */
export function modifyCall(
  qp: Thing,
  from: string,
  to: string | undefined,
  bits: readonly string[],
  transport = 'IB',
  port = PORT,
): Call {
  const state: Record<string, Value> = to === undefined ? {} : { state: to };
  return on(qp, 'modify', { ...state, ...attributesOf(qp.context, bits, from, transport, port) });
}

/** The attributes and values that stand for modify bits. */
export function attributesOf(
  context: Context,
  bits: readonly string[],
  from: string,
  transport: string,
  port = PORT,
): ReadValues {
  return Object.fromEntries(bits.map((bit) => attributeForBit(context, bit, from, transport, port)));
}

/** The modify that makes a legal transition with the least it needs. */
export function transitionCall(qp: Thing, from: string, to: string, transport = 'IB', port = PORT): Call {
  const { session } = qp.context.client;
  const { required } = transitionOf(tableOn(session, qp.variant ?? ''), qp.variant ?? '', from, to);
  return modifyCall(qp, from, to, bitNames(session.spec.qp, required), transport, port);
}

/** Brings a new queue pair to `state`; throws Refused where a legal step is refused. SQE is entered by the control. The values given on the way. */
export async function bringTo(
  qp: Thing,
  state: string,
  port = PORT,
  laid: Readonly<Record<string, Value>> = {},
): Promise<ReadValues> {
  const transport = await transportOf(qp.context, port);
  const given: Record<string, Value> = {};
  let from = 'RESET';
  for (const to of WAYS[state] ?? []) {
    const call = laidOver(transitionCall(qp, from, to, transport, port), laid);
    const result = await qp.context.call(call);
    if (result.errno !== 0) throw new Refused(moveClause(qp.context.client.session, to), result);
    Object.assign(given, call.attributes);
    from = to;
  }
  if (state === 'SQE') await force(qp, 'SQE');
  return given;
}

/** The call with some of its attributes replaced; it is given none that it does not have. */
function laidOver(call: Call, laid: Readonly<Record<string, Value>>): Call {
  const known = Object.entries(laid).filter(([name]) => name in call.attributes);
  return { ...call, attributes: { ...call.attributes, ...Object.fromEntries(known) } };
}

async function force(qp: Thing, state: string): Promise<void> {
  const { client } = qp.context;
  const device = client.session.description.devices[0]?.name ?? '';
  await client.control({ action: 'force_state', device, qpn: qp.qpn, state });
}

/** A new queue pair of a type in a state, sharing `parts` with others where given. */
export async function queuePairIn(
  context: Context,
  type: string,
  state: string,
  parts: Readonly<Record<string, Thing>> = {},
): Promise<Thing> {
  const qp = await make(context, 'qp', type, {}, parts);
  await bringTo(qp, state);
  return qp;
}

export type ReadValues = Readonly<Record<string, Value>>;

/** A queue pair as one query reported it. Words are made only when somebody wants them. */
export interface Look {
  readonly result: Result;
  readonly values: ReadValues;
}

/** Everything a query reports, or Refused. */
export async function readAll(qp: Thing): Promise<Look> {
  const call = on(qp, 'query', {}, everything(qp.context.client.session.spec));
  const result = await qp.context.call(call);
  if (result.errno !== 0) throw new Refused('qp-query', result);
  return {
    result,
    get values() {
      return result.reply?.attributes ?? {};
    },
  };
}

const rooms = new WeakMap<Spec, Readonly<Record<string, number>>>();

/** Room for every output of a query. */
function everything(spec: Spec): Readonly<Record<string, number>> {
  let room = rooms.get(spec);
  if (room === undefined) {
    room = Object.fromEntries((tableOf(spec, 'qp').methods['query']?.attributes ?? []).map((use) => [use.name, 0]));
    rooms.set(spec, room);
  }
  return room;
}

/** What differs between two looks, in words; empty where the queue pair is as it was. */
export function changes(before: Look, after: Look): string {
  // The same query of the same object: equal bytes are equal values, and most are equal.
  if (sameBytes(before.result.after, after.result.after)) return '';
  return difference(before.values, after.values);
}

/** The state alone: the cheapest look at a queue pair. */
export async function stateOf(qp: Thing): Promise<string> {
  const result = await qp.context.call(on(qp, 'query', {}, { state: 0 }));
  if (result.reply === undefined) throw new Refused('qp-query', result);
  return words(result.reply.attributes['state'] ?? '(not reported)');
}
