/** What a scenario has left behind half-way, as it is found after every scenario. */
import type { RdmaWorld } from './world.ts';

const CLOSE = 'context-close';

/**
 * Closes everything and starts anew; what is left of it fails a check of `context-close`, called `name` where nothing is.
 * `owned` gives clauses of their own to some kinds of objects.
 */
export async function sweep(
  world: RdmaWorld,
  name = 'objects left after close',
  owned: Readonly<Record<string, string>> = {},
): Promise<void> {
  const leaked = Object.entries(await world.client.reset());
  for (const clause of new Set([...Object.values(owned), CLOSE])) {
    const left = leaked.filter(([object]) => (owned[object] ?? CLOSE) === clause);
    const got = left.map(([object, count]) => `${String(count)} ${object}`).join(', ') || 'none';
    world.check(name, left.length === 0, 'none', got, undefined, clause);
  }
}
