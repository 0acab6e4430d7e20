/** Lists of paths for one call, sound ones and others, and what such a call left behind. */
import type { StructValue } from '../../spec/abi/abi.ts';
import { errnoName } from '../../spec/errno.ts';
import type { Context } from './client.ts';
import { limitOf } from './limits.ts';
import type { Result } from './result.ts';
import { Refused, make, on, pathOn, tableOf, type Thing } from './things.ts';

/** Bytes of one handle in the list of them. */
export const HANDLE_BYTES = 4;

/** What an answered call says it made. */
export interface Made {
  readonly handles: readonly number[];
  readonly count: number;
  /** Name of the errno that ended it, or `0`. */
  readonly refusal: string;
}

export async function soundPath(context: Context): Promise<StructValue> {
  return (await pathOn(context, tableOf(context.client.session.spec, 'ah')))[1];
}

/** Paths that no create accepts, by what is wrong with them: ports that the device does not have, a source GID beyond the table. */
export async function unsoundPaths(context: Context): Promise<Readonly<Record<string, StructValue>>> {
  const sound = await soundPath(context);
  return {
    'no port': { ...sound, port: 0 },
    'port 255': { ...sound, port: 255 },
    'a GID beyond the table': { ...sound, is_global: 1, sgid_index: 0xffff },
  };
}

export function mostPaths(context: Context): Promise<number> {
  return limitOf(context, 'max_ah_batch');
}

/** A list of paths in a protection domain; `entries`: handles for which there is room. */
export function createMany(pd: Thing, paths: readonly StructValue[], entries = paths.length): Promise<Result> {
  const room = { handles: HANDLE_BYTES * entries, made: 0, refusal: 0 };
  return pd.context.call(on(pd, 'create_ahs', { paths }, room));
}

/** What a successful call reported; Refused where it was refused. */
export function madeBy(result: Result): Made {
  if (result.reply === undefined) throw new Refused('ah-many', result);
  const { handles = [], made = 0, refusal = 0 } = result.reply.attributes;
  const count = Number(made);
  return {
    // Room beyond the last handle is filled with zeros.
    handles: (handles as readonly number[]).slice(0, count),
    count,
    refusal: Number(refusal) === 0 ? '0' : errnoName(Number(refusal)),
  };
}

/** `free` where the protection domain can be destroyed, so that nothing was made in it; else the errno. */
export async function leftIn(pd: Thing): Promise<string> {
  const { errno, answer } = await pd.context.call(on(pd, 'destroy'));
  return errno === 0 ? 'free' : answer;
}

/** Destroys address handles by handle; how many of them there were. */
export async function destroyEach(context: Context, handles: readonly number[]): Promise<number> {
  let gone = 0;
  for (const handle of handles) {
    const call = { object: 'ah', method: 'destroy', on: handle, attributes: {} };
    if ((await context.call(call)).errno === 0) gone += 1;
  }
  return gone;
}

/** A list in a protection domain of its own. */
export async function tried(
  context: Context,
  paths: readonly StructValue[],
  entries?: number,
): Promise<{ readonly pd: Thing; readonly result: Result }> {
  const pd = await make(context, 'pd');
  return { pd, result: await createMany(pd, paths, entries) };
}
