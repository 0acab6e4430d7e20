/** Work requests as scenarios post them, and completions as they poll them. */
import { setTimeout } from 'node:timers/promises';
import type { StructValue, Value } from '../../spec/abi/abi.ts';
import { patience, timeToHappen } from './flight.ts';
import { content, piece, put, startOf } from './buffers.ts';
import { Refused, on, type Thing } from './things.ts';
import type { Result } from './result.ts';

/** Bytes of a message, and of a receive buffer, where a scenario does not say. */
export const MESSAGE = 64;
export const SLOT = 256;
/** Receive buffers lie in the upper half of a region. */
export const RECEIVES_AT = 8192;
const COMPLETION_BYTES = 48;
const AT_ONCE = 8;
/** Polls that find nothing before a queue counts as empty, on a backend that needs no time. */
const FRUITLESS = 24;
const PAUSE = 2;

export type Values = Readonly<Record<string, Value>>;

/** Where a queue pair sends to. */
export interface Way {
  readonly from: Thing;
  readonly to: Thing;
  readonly mr: Thing;
  readonly ah?: Thing | undefined;
}

/** Posts message `number` on its way; `altered` replaces attributes. The message's content is put in place first. */
export async function send(way: Way, number: number, length = MESSAGE, altered: Values = {}): Promise<Result> {
  const { from, mr } = way;
  const offset = (number - 1) * SLOT;
  await put(from.context, startOf(mr) + BigInt(offset), content(number, length));
  return from.context.call(on(from, 'post_send', { ...sendOf(way, number, [piece(mr, offset, length)]), ...altered }));
}

export function sendOf({ from, to, ah }: Way, number: number, list: readonly StructValue[]): Values {
  const { spec } = from.context.client.session;
  const qkey = Number(spec.objects['qp']?.attributes['qkey']?.example ?? 0);
  return {
    wr_id: BigInt(number),
    opcode: 'SEND',
    send_flags: ['SIGNALED'],
    sg_list: list,
    ...(ah === undefined ? {} : { ah: ah.handle, remote_qpn: to.qpn, remote_qkey: qkey }),
  };
}

/** Posts receive `number`, to a queue pair or to a shared receive queue. */
export function receive(
  at: Thing,
  number: number,
  mr: Thing,
  length = SLOT,
  list: readonly StructValue[] = [piece(mr, RECEIVES_AT + (number - 1) * SLOT, length)],
): Promise<Result> {
  return at.context.call(on(at, 'post_recv', { wr_id: BigInt(number), sg_list: list }));
}

export interface Completion {
  readonly number: number;
  readonly status: string;
  readonly record: StructValue;
}

/** One poll of a completion queue. */
export async function poll(cq: Thing, most = AT_ONCE): Promise<{ result: Result; completions: Completion[] }> {
  const result = await cq.context.call(on(cq, 'poll', {}, { completions: most * COMPLETION_BYTES, count: 0 }));
  if (result.reply === undefined) throw new Refused('poll-empty', result);
  const { attributes } = result.reply;
  const records = ((attributes['completions'] ?? []) as readonly StructValue[]).slice(0, Number(attributes['count']));
  const names = Object.entries(cq.context.client.session.spec.enums['wc_status'] ?? {});
  const completions = records.map((record) => ({
    number: Number(record['wr_id']),
    status: names.find(([, number]) => number === record['status'])?.[0] ?? String(record['status']),
    record,
  }));
  return { result, completions };
}

/** Polls until `count` completions have come, or until no more can be expected. */
export async function take(cq: Thing, count: number): Promise<{ result: Result; completions: Completion[] }> {
  const { session } = cq.context.client;
  const until = Date.now() + timeToHappen(session);
  const found: Completion[] = [];
  for (let polls = 0; ; polls += 1) {
    const { result, completions } = await poll(cq);
    found.push(...completions);
    if (found.length >= count || (polls >= FRUITLESS && Date.now() >= until)) return { result, completions: found };
    if (timeToHappen(session) > 0) await setTimeout(PAUSE);
  }
}

/** What comes within the time after which nothing more is expected. */
export async function rest(cq: Thing): Promise<{ result: Result; completions: Completion[] }> {
  await setTimeout(patience(cq.context.client.session));
  const found: Completion[] = [];
  for (let polls = 0; ; polls += 1) {
    const { result, completions } = await poll(cq);
    found.push(...completions);
    if (polls >= FRUITLESS) return { result, completions: found };
  }
}
