/** Calls about expected receives of hardware contexts, and the memory they lie in. */
import { BackendError } from '../../backends/backend.ts';
import { readContext } from './hw_contexts.ts';
import type { Result } from './result.ts';
import { Refused, on, type Thing } from './things.ts';

/** A multiple of every page that a device may have. */
export const LARGE_PAGE = 0x10000;
const TID_BYTES = 4;
/** More numbers than one message could take. */
const MOST = 512;

/** Bytes mapped of the areas of a scenario, by their first address. */
const mapped = new Map<bigint, number>();

/** Memory of the process that has the context: an area of its own, which begins with a page. */
export async function mappedFor({ context }: Thing, length: number): Promise<bigint> {
  const size = Math.ceil(length / LARGE_PAGE) * LARGE_PAGE;
  const area = await context.client.ask(context.process.map(-1, size), 'map');
  if (!area.ok) throw new BackendError('resource', 'memory cannot be mapped');
  mapped.set(area.value, size);
  return area.value;
}

export async function unmapFor({ context }: Thing, address: bigint): Promise<void> {
  await context.client.ask(context.process.unmap(address, mapped.get(address) ?? 0), 'unmap');
  mapped.delete(address);
}

export async function mostTids(thing: Thing): Promise<number> {
  return Number((await readContext(thing))['tids_max'] ?? 0);
}

export function tidsIn({ reply }: Result): readonly number[] {
  // Room beyond the last number is filled with zeros.
  const count = Number(reply?.attributes['tid_count'] ?? 0);
  return ((reply?.attributes['tids'] ?? []) as readonly number[]).slice(0, count);
}

/** Has a buffer written to directly; `entries`: numbers for which there is room. */
export async function expectIn(
  thing: Thing,
  address: bigint,
  length: number,
  entries = MOST,
): Promise<{ readonly tids: readonly number[]; readonly covered: number; readonly result: Result }> {
  const room = { tids: TID_BYTES * entries, tid_count: 0 };
  const result = await thing.context.call(on(thing, 'tid_update', { address, length }, room));
  return { tids: tidsIn(result), covered: Number(result.reply?.attributes['length'] ?? 0), result };
}

/** As many as there is room for, all of the same memory. */
export async function allTids(thing: Thing): Promise<number[]> {
  const all: number[] = [];
  const start = await mappedFor(thing, LARGE_PAGE);
  for (let left = await mostTids(thing); left >= 0; left -= 1) {
    const { tids, result } = await expectIn(thing, start, LARGE_PAGE);
    if (result.errno !== 0) break;
    all.push(...tids);
  }
  return all;
}

export function freeTids(thing: Thing, tids: readonly number[]): Promise<Result> {
  return thing.context.call(on(thing, 'tid_free', { tids }, { tid_count: 0 }));
}

export async function invalidTids(thing: Thing): Promise<Result> {
  const result = await thing.context.call(on(thing, 'tid_invalid', {}, { tids: TID_BYTES * MOST, tid_count: 0 }));
  if (result.reply === undefined) throw new Refused('hw-context-tid-invalid', result);
  return result;
}
