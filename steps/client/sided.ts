/** Connections with a channel on each side, and what each side sees. */
import type { Context } from './client.ts';
import { shown, stateOfId } from './cm_addresses.ts';
import { done, led, listener, queuePair, routed, taken, type Asking } from './connections.ts';
import { drain } from './events.ts';
import { bringTo } from './queue_pairs.ts';
import { make, type Thing } from './things.ts';

type Extra = Readonly<Record<string, number>>;

export interface Sided {
  readonly one: Asking & { readonly channel: Thing };
  readonly other: Asking & { readonly channel: Thing };
  readonly to: Thing;
}

/** A request that was taken, with a channel and a queue pair on each side; that of the other side is not named yet. */
export async function requested(
  near: Context,
  far = near,
  state = 'RESET',
  data: readonly number[] = [],
): Promise<Sided> {
  const channels = [await make(near, 'event_channel'), await make(far, 'event_channel')] as const;
  const [here, there]: [Extra, Extra] = [{ event_channel: channels[0].handle }, { event_channel: channels[1].handle }];
  const to = await listener(far, { extra: there });
  const id = await routed(near, (await shown(to)).service, here);
  const qps = [await queuePair(near), await queuePair(far)] as const;
  for (const qp of qps) await bringTo(qp, state);
  await done(id, 'connect', { qp: qps[0].handle, ...(data.length === 0 ? {} : { private_data: data }) });
  const other = await taken(to, there);
  for (const channel of channels) await drain(channel);
  return { one: { id, qp: qps[0], channel: channels[0] }, other: { id: other, qp: qps[1], channel: channels[1] }, to };
}

export async function established(near: Context, far = near): Promise<Sided> {
  const sided = await requested(near, far);
  await done(sided.other.id, 'accept', { qp: sided.other.qp.handle });
  for (const { channel } of [sided.one, sided.other]) await drain(channel);
  return sided;
}

/** Events, state of the id, state of the queue pair. */
export async function seen({ id, qp, channel }: Sided['one'], events = 1): Promise<string> {
  const names = (await drain(channel, events)).map(({ event }) => event);
  return `${names.join(' ') || 'nothing'}, ${await stateOfId(id)}, ${(await led(qp)).state}`;
}
