/** What the types of shared receive queues need beside what all of them need. */
import type { Context } from './client.ts';
import { make, type Thing } from './things.ts';

const PARTS: Readonly<Record<string, readonly string[]>> = { XRC: ['xrcd', 'cq'], TM: ['cq'] };

/** Attributes that a type needs and that name no object. */
export const TYPE_EXTRAS: Readonly<Record<string, Readonly<Record<string, number>>>> = { TM: { max_num_tags: 4 } };

/** The parts of an object of a type that the table does not require of every type, made for it. */
export async function partsOf(context: Context, object: string, type: string): Promise<Record<string, Thing>> {
  const parts: Record<string, Thing> = {};
  for (const name of object === 'srq' ? (PARTS[type] ?? []) : []) parts[name] = await make(context, name);
  return parts;
}
