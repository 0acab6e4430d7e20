/** Asynchronous events that work requests lead to, read from the channel of a file until there are no more. */
import { setTimeout } from 'node:timers/promises';
import { recordBytes } from './events.ts';
import { patience } from './flight.ts';
import type { Thing } from './things.ts';

/** Looks that find nothing before a channel counts as empty: a device may need some calls to get round to it. */
const FRUITLESS = 24;

/** The names of what a channel holds, as scenarios list them. */
export async function eventsOf(channel: Thing): Promise<string> {
  const { session } = channel.context.client;
  const found: string[] = [];
  await setTimeout(patience(session));
  for (let fruitless = 0; channel.file !== undefined && fruitless < FRUITLESS;) {
    const ready = await channel.file.poll(1).within(patience(session));
    if (ready === undefined || ready === 0) {
      fruitless += 1;
      continue;
    }
    const answer = await channel.file.read(recordBytes(channel)).within(patience(session));
    if (answer?.ok !== true) break;
    found.push(session.abi.record(channel.object, answer.value).event);
  }
  return found.length === 0 ? 'nothing' : found.toSorted().join(', ');
}
