/** What a scenario has left behind half-way, as it is found after every scenario. */
import type { RdmaWorld } from './world.ts';

/** Closes everything and starts anew; what is left of it fails a check of `context-close`, called `name` where nothing is. */
export async function sweep(world: RdmaWorld, name = 'objects left after close'): Promise<void> {
  const leaked = Object.entries(await world.client.reset());
  const got = leaked.map(([object, count]) => `${String(count)} ${object}`).join(', ');
  world.check(name, leaked.length === 0, 'none', got === '' ? 'none' : got, undefined, 'context-close');
}
