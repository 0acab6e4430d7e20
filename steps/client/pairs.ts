/** Two queue pairs of one device that send to each other, with completion queues of their own and registered memory. */
import type { StructValue, Value } from '../../spec/abi/abi.ts';
import { BackendError } from '../../backends/backend.ts';
import { region } from './buffers.ts';
import type { Context } from './client.ts';
import { query } from './limits.ts';
import { bringTo } from './queue_pairs.ts';
import { make, pathOn, tableOf, type Thing } from './things.ts';
import type { Values, Way } from './work.ts';

const PORT = 1;
/** Sizes of a queue pair that cases can alter. */
const CAP = {
  max_send_wr: 8,
  max_recv_wr: 8,
  max_send_sge: 2,
  max_recv_sge: 2,
  max_inline_data: 32,
  reserved: 0,
};
const CQE = 32;
/** Work requests beyond what a completion queue holds that a scenario can post. */
const SPARE = 2;
/** Names that differ, so that events say whose they are: of the queue pairs, and of their completion queues. */
export const USER_HANDLES = [0x51n, 0x52n] as const;
export const CQ_HANDLES = [0x61n, 0x62n] as const;

export interface Altered {
  /** Laid over cap, over the attributes of modify, and over those of create. */
  readonly values?: Values;
  /** Entries of the completion queues. */
  readonly cqe?: number;
  readonly srq?: Thing | undefined;
  /** Where the completion queues of both report to. */
  readonly channel?: Thing;
  /** The files the two are made in; they share a protection domain where it is the same file. */
  readonly contexts?: readonly [Context, Context];
}

export interface Pair {
  readonly way: Way;
  readonly back: Way;
}

export const isDatagram = (type: string): boolean => type === 'UD' || type === 'DRIVER';

async function half(context: Context, type: string, index: 0 | 1, pd: Thing, altered: Altered): Promise<Thing> {
  const { values = {}, cqe = CQE, srq, channel } = altered;
  const reporting = channel === undefined ? {} : { comp_channel: channel };
  const cq = async (): Promise<Thing> =>
    make(context, 'cq', undefined, { cqe, user_handle: CQ_HANDLES[index] }, reporting);
  const [send_cq, recv_cq] = [await cq(), await cq()];
  // Where a completion queue is to overflow, the work queues hold more than it was granted.
  const room = altered.cqe === undefined ? 0 : grantedCqe(recv_cq) + SPARE;
  const depth = { max_send_wr: Math.max(CAP.max_send_wr, room), max_recv_wr: Math.max(CAP.max_recv_wr, room) };
  const cap: StructValue = { ...CAP, ...depth, ...overlaid(CAP, values) };
  const extra: Record<string, Value> = { cap, user_handle: USER_HANDLES[index] };
  if (values['create_flags'] !== undefined) extra['create_flags'] = values['create_flags'];
  const shared = index === 1 && srq !== undefined ? { srq } : {};
  return make(context, 'qp', type, extra, { pd, send_cq, recv_cq, ...shared });
}

export function grantedCqe(cq: Thing): number {
  return Number(cq.created.reply?.attributes['cqe'] ?? 0);
}

function overlaid(base: StructValue, values: Values): StructValue {
  const known = Object.entries(values).filter(([name]) => name in base);
  return Object.fromEntries(known) as StructValue;
}

/** `states`: of the sender and of the receiver. */
export async function pair(
  context: Context,
  type: string,
  states: readonly [string, string],
  altered: Altered = {},
): Promise<Pair> {
  const contexts = altered.contexts ?? ([context, context] as const);
  const domain = altered.srq?.parts['pd'] ?? (await make(contexts[0], 'pd'));
  const domains = [domain, contexts[0] === contexts[1] ? domain : await make(contexts[1], 'pd')] as const;
  const first = await half(contexts[0], type, 0, domains[0], altered);
  const second = await half(contexts[1], type, 1, domains[1], altered);
  const sides = [
    [first, second],
    [second, first],
  ] as const;
  for (const [index, [side, other]] of sides.entries())
    await bringTo(side, states[index] ?? 'RTS', PORT, { ...altered.values, dest_qpn: other.qpn });
  const ways: Way[] = [];
  for (const [index, [from, to]] of sides.entries()) {
    const pd = domains[index] as Thing;
    const ah = isDatagram(type) ? await handleTo(from.context, pd) : undefined;
    ways.push({ from, to, mr: await region(from.context, pd), ah });
  }
  const [way, back] = ways;
  if (way === undefined || back === undefined) throw new BackendError('protocol', 'a pair has two sides');
  return { way, back };
}

/** An address handle to the device itself. */
export async function handleTo(context: Context, pd: Thing, grh = false): Promise<Thing> {
  const [name, path] = await pathOn(context, tableOf(context.client.session.spec, 'ah'), PORT);
  const port = await query(context, 'port', PORT);
  const lid = Number(port.reply?.attributes['lid'] ?? 0);
  const local = name === 'path_ib' ? { ...path, dlid: lid, is_global: grh ? 1 : 0 } : path;
  return make(context, 'ah', undefined, { [name]: local }, { pd });
}
