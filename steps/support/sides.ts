/** The two queue pairs of a scenario, by name: each with its memory and the way to the other. */
import { isDatagram, pair, type Altered } from '../client/pairs.ts';
import type { Thing } from '../client/things.ts';
import type { Completion, Way } from '../client/work.ts';
import type { RdmaWorld } from './world.ts';

/** Bytes in front of the payload of a datagram. */
export const AREA = 40;
/** Room of a receive, also for a datagram. */
export const ROOM = 128;

export async function twoOf(
  world: RdmaWorld,
  type: string,
  states: readonly [string, string],
  altered: Altered = {},
): Promise<void> {
  const { way, back } = await pair(world.context(), type, states, altered);
  const { objects } = world;
  for (const [prefix, one] of [
    ['', way],
    ['other ', back],
  ] as const) {
    objects.set(`${prefix}queue pair`, one.from);
    objects.set(`${prefix}memory region`, one.mr);
    if (one.ah !== undefined) objects.set(`${prefix}address handle`, one.ah);
  }
}

/** The way from a queue pair of the scenario to the other one. */
export function wayOf(world: RdmaWorld, from = 'queue pair'): Way {
  const [here, there] = from === 'queue pair' ? ['', 'other '] : ['other ', ''];
  const sender = world.thing(`${here}queue pair`);
  const ah = isDatagram(sender.variant ?? '') ? world.thing(`${here}address handle`) : undefined;
  return { from: sender, to: world.thing(`${there}queue pair`), mr: world.thing(`${here}memory region`), ah };
}

/** The memory that receives of a target go to. */
export function memoryOf(world: RdmaWorld, target: string): Thing {
  return world.thing(target === 'queue pair' ? 'memory region' : 'other memory region');
}

export function wordsOf(completions: readonly Completion[]): string {
  return completions.map(({ number, status }) => `${String(number)} ${status}`).join(', ') || 'nothing';
}
