/** A device that goes while its files are open: what every removal scenario does alike. */
import { setTimeout } from 'node:timers/promises';
import { BackendError, type Answer, type Report } from '../../backends/backend.ts';
import { errnoName } from '../../spec/errno.ts';
import type { Client, Context } from './client.ts';
import { patience, timeToHappen, type Flight } from './flight.ts';
import { kindsOffered } from './kinds.ts';
import { standStill } from './races.ts';
import type { Result } from './result.ts';
import { createCall, make, type Thing } from './things.ts';
import { destroyOf } from './touches.ts';

export type Leaving = Flight<Answer<Report>>;

/** Milliseconds. */
const BETWEEN_LOOKS = 5;

/** Begins to take the device away. */
export function beginRemoval(client: Client): Leaving {
  return client.beginControl({ action: 'remove', device: client.device });
}

/**
 * Begins to take the device away, and waits until a program can know of it. A driver gives its device up in its own time, and
 * nothing tells when it has: so removal has begun when a call is refused for the first time, or when that is overdue.
 */
export async function beginVisibly(context: Context): Promise<Leaving> {
  const { client } = context;
  const leaving = beginRemoval(client);
  const overdue = Date.now() + timeToHappen(client.session);
  const { call } = await createCall(context, 'pd', undefined);
  for (;;) {
    const { reply } = await context.call(call);
    // Where everything happens at once, one call is enough.
    if (reply === undefined || Date.now() >= overdue) return leaving;
    // As many as a device allows must not be what refuses the next one.
    await context.call(destroyOf({ object: 'pd', variant: undefined, handle: reply.handle }));
    await setTimeout(BETWEEN_LOOKS);
  }
}

/** Takes the device away, under files on which nothing runs. */
export async function removeDevice(client: Client): Promise<void> {
  if (!(await isGone(client, beginRemoval(client))))
    throw new BackendError('hang', 'the device does not go, although no call runs');
}

/** Whether the device goes in the time that it may take. */
export async function isGone(client: Client, leaving: Leaving): Promise<boolean> {
  const answer = await leaving.within(timeToHappen(client.session));
  if (answer?.ok === false) throw new BackendError('protocol', `removing the device: ${errnoName(answer.errno)}`);
  return answer !== undefined;
}

/** Whether something is still under way after the time in which it returns where it does not wait. */
export async function waits(client: Client, flight: Flight<unknown>): Promise<boolean> {
  return (await flight.within(patience(client.session))) === undefined;
}

export async function plugDevice(client: Client): Promise<void> {
  const answer = await client.control({ action: 'plug', device: client.device });
  if (!answer.ok) throw new BackendError('protocol', `plugging the device in: ${errnoName(answer.errno)}`);
}

/** A call that needs nothing, and stands still. */
export async function standingCall(context: Context): Promise<Flight<Result>> {
  return standStill(context, (await createCall(context, 'pd', undefined)).call);
}

/** One object of every kind the device offers, with what it uses; the oldest first. */
export async function populate(context: Context): Promise<Thing[]> {
  const things = new Set<Thing>();
  const add = (thing: Thing): void => {
    for (const part of Object.values(thing.parts)) add(part);
    things.add(thing);
  };
  for (const { object, variant } of kindsOffered(context.client.session)) add(await make(context, object, variant));
  return [...things];
}
