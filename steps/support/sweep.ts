/** What a scenario has left behind half-way, as it is found after every scenario. */
import type { ResetReport } from '../../backends/backend.ts';
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
  const found = await world.client.reset();
  soundness(world, found);
  const leaked = Object.entries(found.leaked);
  for (const clause of new Set([...Object.values(owned), CLOSE])) {
    const left = leaked.filter(([object]) => (owned[object] ?? CLOSE) === clause);
    const got = left.map(([object, count]) => `${String(count)} ${object}`).join(', ') || 'none';
    world.check(name, left.length === 0, 'none', got, undefined, clause);
  }
}

/** What was complained of fails a check of `complaint-none`; nothing passes one only where the scenario is about it. */
export function soundness(world: RdmaWorld, { complaints = [] }: ResetReport, always = false): void {
  if (complaints.length === 0 && !always) return;
  const got = complaints.join('\n') || 'none';
  world.check('faults reported', complaints.length === 0, 'none', got, undefined, 'complaint-none');
}
