/** Memory regions, windows and device memory as scenarios look at them: what a query reports, and keys. */
import type { Value } from '../../spec/abi/abi.ts';
import type { Context } from './client.ts';
import { Refused, make, on, tableOf, type Thing } from './things.ts';
import { words } from './words.ts';

export type Values = Readonly<Record<string, Value>>;

/** Everything a query reports of an object, or Refused. */
export async function readThing(thing: Thing): Promise<Values> {
  const uses = tableOf(thing.context.client.session.spec, thing.object).methods['query']?.attributes ?? [];
  const room = Object.fromEntries(uses.map((use) => [use.name, 0]));
  const result = await thing.context.call(on(thing, 'query', {}, room));
  if (result.reply === undefined) throw new Refused(`${thing.object}-query`, result);
  return result.reply.attributes;
}

/** The keys of a region or a window, in words: `rkey 513`. */
export function keysOf(thing: Thing): string[] {
  const got = thing.created.reply?.attributes ?? {};
  return ['lkey', 'rkey'].flatMap((name) => (got[name] === undefined ? [] : [`${name} ${words(got[name])}`]));
}

/** What registers the first byte of device memory. */
export const OVER_MEMORY: Values = { start: 0n, length: 1n, access: ['ZERO_BASED', 'LOCAL_WRITE'] };

/** A memory region over the first byte of device memory. */
export function overMemory(context: Context, dm: Thing): Promise<Thing> {
  return make(context, 'mr', undefined, OVER_MEMORY, { dm });
}
