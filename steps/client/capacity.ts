/** The limits of the device and the objects they count, as the tables tell them. */
import type { Call } from '../../spec/abi/abi.ts';
import { MOST_MADE } from '../../spec/capabilities.ts';
import type { ObjectTable, Spec } from '../../spec/model.ts';
import type { Client, Context } from './client.ts';
import { query } from './limits.ts';
import { offers, typesOffered } from './offered.ts';
import type { Result } from './result.ts';
import { meansFor } from './means.ts';
import { Refused, createCall, createClause, tableOf } from './things.ts';

/** Why a limit is left undecided. */
export function tooMany(object: string, limit: bigint): string {
  return `the device allows ${String(limit)} of ${object}, and more than ${String(MOST_MADE)} are not made`;
}

/** Objects that a limit counts. */
export interface Kind {
  readonly object: string;
  readonly variant: string | undefined;
  readonly limit: number;
}

/** What the device reports under names that begin with `max_`; what this ABI does not report is missing. */
export async function limitsOf(context: Context): Promise<Map<string, bigint>> {
  const result = await query(context, 'device', 0);
  if (result.reply === undefined) throw new Refused('device-query', result);
  const limits = Object.entries(result.reply.attributes).filter(([name]) => name.startsWith('max_'));
  return new Map(limits.map(([name, value]) => [name, BigInt(value as number | bigint)]));
}

/** Tables whose objects a limit counts. */
export function counted(spec: Spec): (ObjectTable & { readonly limit: string })[] {
  return Object.values(spec.objects).filter((table) => table.limit !== undefined) as (ObjectTable & {
    readonly limit: string;
  })[];
}

/**
 * Every kind that the device offers and reports a limit of; queue pairs of its first type. `left`, where
 * there is one, is told of those whose limit is beyond what is made here, which are then left out.
 */
export async function kindsOf(context: Context, left?: (reason: string) => void): Promise<Kind[]> {
  const { session } = context.client;
  const limits = await limitsOf(context);
  const kinds: Kind[] = [];
  for (const table of counted(session.spec)) {
    const types = typeof table.classId === 'number' ? [undefined] : typesOffered(session).slice(0, 1);
    const limit = limits.get(table.limit) ?? 0n;
    if (limit === 0n || table.instances !== 'created' || !offers(session, table)) continue;
    if (left !== undefined && limit > MOST_MADE) left(tooMany(table.object, limit));
    else for (const variant of types) kinds.push({ object: table.object, variant, limit: Number(limit) });
  }
  return kinds;
}

/** A create of the kind that can be sent again and again: its parts are made once and shared. */
export async function repeatable(context: Context, { object, variant }: Omit<Kind, 'limit'>): Promise<Call> {
  return (await createCall(context, object, variant, {}, await meansFor(context, object, variant))).call;
}

/**
 * Sends a create up to `most` times; how many succeeded, the last handle, and the refusal that ended it.
 * Throws Refused where a create is refused for anything but the limit: then it is not the limit that is wrong.
 */
export async function fill(
  context: Context,
  call: Call,
  most: number,
): Promise<{ readonly made: number; readonly last: number; readonly refusal: Result | undefined }> {
  let last = 0;
  for (let made = 0; made < most; made += 1) {
    const result = await context.call(call);
    if (result.errno !== 0 && !limitErrnos(context).includes(result.answer))
      throw new Refused(createClause(tableOf(context.client.session.spec, call.object)), result);
    if (result.reply === undefined) return { made, last, refusal: result };
    last = result.reply.handle;
  }
  return { made: most, last, refusal: undefined };
}

/** Sends a create until it is refused, whatever for, where an unknown number of objects is there already. */
export async function exhaust(context: Context, call: Call, most: number): Promise<void> {
  for (let made = 0; made < most; made += 1) if ((await context.call(call)).errno !== 0) return;
}

/**
 * A create where the limit is reached by objects of several files or types. Throws Refused where the limit is not kept
 * in one file and for one type either: then it is not the counting that is wrong.
 */
export async function oneMore(context: Context, call: Call, { limit }: Pick<Kind, 'limit'>): Promise<Result> {
  const result = await context.call(call);
  if (limitErrnos(context).includes(result.answer)) return result;
  const expected = limitErrnos(context).join(' or ');
  if (result.errno !== 0) throw new Refused('limit-objects', result, expected);
  for (let made = 0; made < limit; made += 1) if ((await context.call(call)).errno !== 0) return result;
  throw new Refused('limit-objects', result, expected);
}

function limitErrnos({ client }: Context): readonly string[] {
  return client.session.spec.clauses['limit-objects']?.errno?.[client.session.abi.id] ?? [];
}

/** A file that is closed when the work is done, so that what it holds counts in no other. */
export async function apart<T>(client: Client, work: (context: Context) => Promise<T>): Promise<T> {
  const context = await client.open();
  const value = await work(context);
  await context.close();
  return value;
}
