/** Work and events through the functions of libibverbs: what is posted, polled, armed and read by the calls of their rows. */
import type { LibraryFunction } from '../../spec/model.ts';
import type { Context } from './client.ts';
import { aboutThing, drain, happen } from './events.ts';
import type { Seen } from './libibverbs_effects.ts';
import { sendAs } from './libibverbs.ts';
import { CQ_HANDLES, pair } from './pairs.ts';
import { Refused, make, on, type Thing } from './things.ts';
import { receive, send, take, type Completion } from './work.ts';

const TYPE = 'RC';
/** Address of the library's struct, as it were. */
const USER_HANDLE = 0x7f00_1234_5678n;

/** One message between two queue pairs, and what both sides are told. */
export async function workBy(context: Context, fn: LibraryFunction): Promise<Seen> {
  const shared = fn.calls.uapi.includes('srq.post_recv') ? { srq: await make(context, 'srq') } : {};
  const channel = await make(context, 'comp_channel');
  const { way, back } = await pair(context, TYPE, ['RTS', 'RTS'], { ...shared, channel });
  const arrivals = back.from.parts['recv_cq'] as Thing;
  const arms = fn.calls.uapi.includes('cq.req_notify');
  if (arms) {
    const armed = await sendAs(context, fn, on(arrivals, 'req_notify', { solicited_only: 0 }));
    if (armed.errno !== 0) throw new Refused('cq-notify', armed);
  }
  for (const posted of [await receive(back.from.parts['srq'] ?? back.from, 1, back.mr), await send(way, 1)])
    if (posted.errno !== 0) throw new Refused('post-accepts', posted);
  const sent = await take(way.from.parts['send_cq'] as Thing, 1);
  const received = await take(arrivals, 1);
  const events = arms ? `, event of ${await elements(channel)}` : '';
  return {
    expected: `sent SUCCESS, received SUCCESS${arms ? `, event of ${String(CQ_HANDLES[1])}` : ''}`,
    got: `sent ${statuses(sent.completions)}, received ${statuses(received.completions)}${events}`,
    result: received.result,
  };
}

function statuses(completions: readonly Completion[]): string {
  return completions.map(({ status }) => status).join(', ') || 'nothing';
}

async function elements(channel: Thing): Promise<string> {
  const reports = await drain(channel, 1);
  return reports.map(({ element }) => String(element)).join(', ') || 'nothing';
}

/** A completion queue of which one event was read. */
export interface Told {
  readonly cq: Thing;
  readonly seen: Seen;
}

/** Has an event arrive on the channel that a function reads: asynchronous, or of a completion. */
export async function eventTo(context: Context, fn: LibraryFunction): Promise<Told> {
  return fn.group === 'async' ? asynchronous(context) : completed(context);
}

async function asynchronous(context: Context): Promise<Told> {
  const channel = await make(context, 'async_event');
  const cq = await make(context, 'cq', undefined, { user_handle: USER_HANDLE }, { event_channel: channel });
  await happen(context.client, 'CQ_ERR', aboutThing(cq));
  const reports = await drain(channel, 1);
  const got = reports.map(({ event, element }) => `${event} of ${String(element)}`).join(', ') || 'nothing';
  return { cq, seen: { expected: `CQ_ERR of ${String(USER_HANDLE)}`, got } };
}

async function completed(context: Context): Promise<Told> {
  const channel = await make(context, 'comp_channel');
  const { way, back } = await pair(context, TYPE, ['RTS', 'RTS'], { channel });
  const cq = back.from.parts['recv_cq'] as Thing;
  const armed = await context.call(on(cq, 'req_notify', { solicited_only: 0 }));
  if (armed.errno !== 0) throw new Refused('cq-notify', armed);
  for (const posted of [await receive(back.from, 1, back.mr), await send(way, 1)])
    if (posted.errno !== 0) throw new Refused('post-accepts', posted);
  const got = await elements(channel);
  const ended = await context.call(on(back.from, 'destroy'));
  if (ended.errno !== 0) throw new Refused('qp-destroy', ended);
  return { cq, seen: { expected: String(CQ_HANDLES[1]), got } };
}
