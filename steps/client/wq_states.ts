/** The state of a work queue, which nothing reports: found out by what the next move answers, on queues with the same past. */
import type { Context } from './client.ts';
import type { Result } from './result.ts';
import { Refused, make, on, type Thing } from './things.ts';

/** The moves that bring a new work queue to each state. */
export const WAYS: Readonly<Record<string, readonly string[]>> = { RESET: [], RDY: ['RDY'], ERR: ['RDY', 'ERR'] };

/** A call on a work queue that is part of its past. */
export type Deed = (wq: Thing) => Promise<Result>;

export function moveTo(state: string): Deed {
  return (wq) => wq.context.call(on(wq, 'modify', { state }));
}

/** A work queue with a past, and what the last deed answered. */
async function withPast(
  context: Context,
  parts: Readonly<Record<string, Thing>>,
  past: readonly Deed[],
): Promise<{ wq: Thing; last: Result }> {
  const wq = await make(context, 'wq', undefined, {}, parts);
  let last = wq.created;
  for (const deed of past) last = await deed(wq);
  return { wq, last };
}

async function end(wq: Thing): Promise<void> {
  const gone = await wq.context.call(on(wq, 'destroy'));
  if (gone.errno !== 0) throw new Refused('wq-destroy', gone);
}

export interface Outcome {
  /** What the deed answered. */
  readonly result: Result;
  /** The state afterwards. */
  readonly state: string;
}

/** Does `deed` to a work queue in `from` and finds out what state it leaves. */
export async function attempt(context: Context, from: string, deed: Deed): Promise<Outcome> {
  const parts = { pd: await make(context, 'pd'), cq: await make(context, 'cq') };
  const past = [...(WAYS[from] ?? []).map(moveTo), deed];
  const first = await withPast(context, parts, past);
  const toErr = await moveTo('ERR')(first.wq);
  const second = await withPast(context, parts, past);
  const toRdy = await moveTo('RDY')(second.wq);
  for (const { wq } of [first, second]) await end(wq);
  for (const part of Object.values(parts)) await part.context.call(on(part, 'destroy'));
  // Only from RESET there is no way to ERR, only from ERR none to RDY.
  const state = toErr.errno !== 0 ? (toRdy.errno !== 0 ? 'none' : 'RESET') : toRdy.errno !== 0 ? 'ERR' : 'RDY';
  return { result: first.last, state };
}
