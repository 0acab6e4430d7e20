/** Memory of a process that its memory regions lie in, as real devices want it: mapped, once for every open file. */
import { BackendError } from '../../backends/backend.ts';
import type { Context } from './client.ts';

/** The largest page that a start and an `iova` are told apart by. */
const PAGE = 0x10000n;
/** Bytes of an arena, from its first page on. */
export const ARENA_BYTES = 0x200000n;

const arenas = new WeakMap<Context, Promise<bigint>>();

/** The first address of the arena of a file; it begins a page, however large pages are. */
export function arenaOf(context: Context): Promise<bigint> {
  const arena = arenas.get(context) ?? mapped(context);
  arenas.set(context, arena);
  return arena;
}

async function mapped({ client, process }: Context): Promise<bigint> {
  const area = await client.ask(process.map(-1, Number(ARENA_BYTES + PAGE)), 'map');
  if (!area.ok) throw new BackendError('resource', 'memory cannot be mapped');
  return ((area.value + PAGE - 1n) / PAGE) * PAGE;
}
