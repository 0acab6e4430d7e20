/** What a query says of a hardware context. */
import type { Value } from '../../spec/abi/abi.ts';
import { difference } from './difference.ts';
import { Refused, on, tableOf, type Thing } from './things.ts';
import { words } from './words.ts';

export type Reading = Readonly<Record<string, Value>>;

/** Every value that a query can report. */
export async function readContext(thing: Thing): Promise<Reading> {
  const uses = tableOf(thing.context.client.session.spec, thing.object).methods['query']?.attributes ?? [];
  const result = await thing.context.call(on(thing, 'query', {}, Object.fromEntries(uses.map((use) => [use.name, 0]))));
  if (result.reply === undefined) throw new Refused('hw-context-query', result);
  return result.reply.attributes;
}

/** Whether a reading is as it was, in words. */
export function kept(before: Reading, after: Reading): string {
  const changed = difference(before, after);
  return changed === '' ? 'unchanged' : changed;
}

/** The events that a query shows, in words. */
export async function eventsShown(thing: Thing): Promise<string> {
  return words((await readContext(thing))['events']);
}
