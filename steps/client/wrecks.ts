/** Lives that meet the removal of their device: at a boundary, and in the middle of a step. */
import type { Session } from '../../backends/session.ts';
import type { Client } from './client.ts';
import { timeToHappen } from './flight.ts';
import type { Kind } from './kinds.ts';
import { detain, release } from './races.ts';
import { beginRemoval, isGone, removeDevice, waits } from './removal.ts';
import { stoppable } from './offered.ts';
import type { Result } from './result.ts';
import { creationOf, tableOf } from './things.ts';
import { boundaries, ended, lived } from './walk.ts';

/** What became of a life whose device went at a boundary. */
export interface Wreck {
  readonly name: string;
  /** Answer of the step that comes next, and of the end of the object after that; `-` where there is none to take. */
  readonly next: string;
  readonly survives: boolean;
  readonly end: string;
  readonly close: string;
}

/** Every boundary of a life that is sound, the device removed there. */
export async function* wrecks(client: Client, kind: Kind): AsyncGenerator<Wreck> {
  await lived(await client.open(), kind, Infinity);
  for (const { count, name } of boundaries(client.session, kind)) {
    const life = await lived(await client.open(), kind, count);
    await removeDevice(client);
    const survives = life.next?.method === 'destroy' || life.next?.method === 'close';
    const next = life.next === undefined ? '-' : (await life.take()).answer;
    const end = survives ? '-' : await ended(life);
    const closed = await life.context.close();
    yield { name, next, survives, end, close: closed.ok ? '0' : 'refused' };
  }
}

/** What became of a step that was under way when its device went. */
export interface Overtaken {
  readonly name: string;
  /** Whether removal waited for it. */
  readonly waited: boolean;
  readonly answer: string;
  readonly result: Result | undefined;
  /** Whether removal was complete afterwards, and how the object ended then; `-` where there is none. */
  readonly gone: boolean;
  readonly end: string;
}

/** Every step of a sound life that is a call, under way when the device goes. */
export async function* overtaken(client: Client, kind: Kind): AsyncGenerator<Overtaken> {
  const { session } = client;
  await lived(await client.open(), kind, Infinity);
  for (const { count, name } of boundaries(session, kind)) {
    const life = await lived(await client.open(), kind, count);
    const prepared = life.next === undefined ? undefined : await life.call();
    if (prepared === undefined || !stoppable(session, prepared.call)) continue;
    const flight = await detain(prepared.file, prepared.call);
    const leaving = beginRemoval(client);
    const waited = (await waits(client, leaving)) && flight.landed === undefined;
    await release(client);
    const result = await flight.within(timeToHappen(session));
    const gone = await isGone(client, leaving);
    life.pass();
    if (result?.reply !== undefined && creates(session, kind, prepared.call.method))
      life.born(result.reply.handle, Number(result.reply.attributes['qpn'] ?? 0), result);
    yield { name, waited, answer: result?.answer ?? 'no return', result, gone, end: await ended(life) };
  }
}

function creates({ spec }: Session, { object }: Kind, method: string): boolean {
  return creationOf(tableOf(spec, object)).name === method;
}
