/** Queue pairs created with attributes of modify, beside the calls one by one that come to the same. */
import type { Value } from '../../spec/abi/abi.ts';
import { attributeOf } from '../../spec/abi/uapi/tables.ts';
import { bitNames, bitOf, transitionOf, wayTo } from '../../spec/qp_rules.ts';
import { laid, type Case } from './cases.ts';
import type { Context } from './client.ts';
import { difference } from './difference.ts';
import { attributesOf, readAll, tableFor } from './queue_pairs.ts';
import { sameBytes } from './recorder.ts';
import type { Result } from './result.ts';
import { words } from './words.ts';
import { createCall, isOfModify, make, on, tableOf, thingOf, transportOf, type Thing } from './things.ts';

type Values = Readonly<Record<string, Value>>;

/** A state to be created in; the attributes are laid over what the way to it needs. */
export interface Arrival extends Case {
  readonly state: string;
}

/** A create, and what its attributes come to in calls one by one. */
export interface Compared {
  readonly name: string;
  readonly result: Result;
  /** Of the calls one by one: `0`, or the errno of the first modify that was refused. */
  readonly answer: string;
  /** What a query reports otherwise than after the calls one by one; empty where nothing. */
  readonly differs: string;
}

/** Handles that the first objects of a file could have. */
const FIRST_HANDLES = [1, 2, 3, 4];

/** The pairs of states on a way, with the modify bits that the table lists for each. */
function pairsTo({ client }: Context, type: string, state: string): { to: string; required: number; listed: number }[] {
  const way = wayTo(state);
  return way.map((to, at) => {
    const from = at === 0 ? 'RESET' : (way[at - 1] as string);
    const { required, optional } = transitionOf(tableFor(client.session.spec, type), type, from, to);
    return { to, required, listed: required | optional };
  });
}

/** The modify bits that creates of a type need on the way to a state, and those that they can have. */
export function bitsTo(context: Context, type: string, state: string): { required: string[]; optional: string[] } {
  const { qp } = context.client.session.spec;
  const pairs = pairsTo(context, type, state);
  const required = pairs.reduce((mask, pair) => mask | pair.required, 0);
  const listed = pairs.reduce((mask, pair) => mask | pair.listed, 0);
  const taken = takenBits(context);
  const those = (mask: number): string[] => bitNames(qp, mask).filter((bit) => taken.has(bit));
  return { required: those(required), optional: those(listed & ~required) };
}

/** The modify bits whose attributes create takes, STATE apart. */
export function takenBits({ client }: Context): ReadonlySet<string> {
  const table = tableOf(client.session.spec, 'qp');
  const uses = (table.methods['create']?.attributes ?? []).filter((use) => isOfModify(table, use));
  const bits = uses.map((use) => attributeOf(table, use.name).bit ?? '');
  return new Set(bits.filter((bit) => bit !== 'STATE'));
}

/** Creates in one call and call by call, on parts made before, compares, and destroys both. */
export async function arrive(
  context: Context,
  type: string,
  given: Thing['parts'],
  arrival: Arrival,
): Promise<Compared> {
  const values = await valuesOf(context, type, arrival);
  const { call, parts } = await createCall(context, 'qp', type, {}, given);
  const one = await make(context, 'qp', type, {}, given);
  const answer = await stepByStep(one, values);
  const result = await context.call({ ...call, attributes: { ...call.attributes, ...values } });
  const other = result.reply === undefined ? undefined : thingOf(context, call, parts, result, result.reply);
  const differs = other === undefined ? '' : await differenceOf(one, other);
  for (const qp of other === undefined ? [one] : [one, other]) await context.call(on(qp, 'destroy'));
  return { name: arrival.name, result, answer, differs };
}

/** What a query of the second reports otherwise than one of the first, beside its number. */
async function differenceOf(one: Thing, other: Thing): Promise<string> {
  const { qpn: _own, ...expected } = (await readAll(one)).values;
  return difference(expected, (await readAll(other)).values);
}

/** Makes the modifies of a way, until one is refused: `0`, or its errno. */
async function stepByStep(qp: Thing, { state = 'RESET', ...values }: Values): Promise<string> {
  const { spec } = qp.context.client.session;
  const pairs = pairsTo(qp.context, qp.variant ?? '', words(state));
  const lists = (listed: number, name: string): boolean =>
    (listed & bitOf(spec.qp, attributeOf(tableOf(spec, 'qp'), name).bit ?? '')) !== 0;
  for (const [at, { to, listed }] of pairs.entries()) {
    const last = at === pairs.length - 1;
    const mine = Object.entries(values).filter(
      ([name]) => lists(listed, name) || (last && !pairs.some((pair) => lists(pair.listed, name))),
    );
    const { answer } = await qp.context.call(on(qp, 'modify', { state: to, ...Object.fromEntries(mine) }));
    if (answer !== '0') return answer;
  }
  return '0';
}

/** What a create that is refused leaves in a file that has no queue pair, in words; empty where nothing, undefined where it was not refused. */
export async function remainsOf(
  context: Context,
  type: string,
  given: Thing['parts'],
  arrival: Arrival,
): Promise<{ readonly result: Result; readonly left: string | undefined }> {
  const values = await valuesOf(context, type, arrival);
  const { call, parts } = await createCall(context, 'qp', type, {}, given);
  const result = await context.call({ ...call, attributes: { ...call.attributes, ...values } });
  if (result.reply !== undefined) {
    await context.call(on(thingOf(context, call, parts, result, result.reply), 'destroy'));
    return { result, left: undefined };
  }
  const left = sameBytes(result.before, result.after) ? [] : ['the message is not as it was'];
  for (const handle of FIRST_HANDLES) {
    const { errno } = await context.call({ object: 'qp', variant: type, method: 'query', on: handle, attributes: {} });
    if (errno === 0) left.push(`handle ${String(handle)} names a queue pair`);
  }
  return { result, left: left.join(', ') };
}

/** The attributes of modify that an arrival gives: the state, what the way needs, and what is laid over both. */
async function valuesOf(context: Context, type: string, { state, attributes }: Arrival): Promise<Values> {
  const needed = attributesOf(context, bitsTo(context, type, state).required, 'RESET', await transportOf(context));
  return laid(attributes, { state, ...needed });
}
