/** Defects of objects that use a protection domain and need nothing to be destroyed: the use is not counted, or the end is none. */
import type { Call } from '../../emulator/core/call.ts';
import { replaced, spoiled, type Defect } from '../defect.ts';

/** Clauses of every kind of object that rest on its end. */
export const UNENDING = ['concurrent-destroying', 'concurrent-create', 'share-destroyed'] as const;

/** `also`: what else rests on the destruction of an object called `name` in the tables. */
export function uncounted(name: string, words: string, also: readonly string[] = []): Defect[] {
  return [
    replaced<Call>(
      `${name}-destroy`,
      'off',
      {
        story: `Destroying a ${words} succeeds and does nothing.`,
        also: [`${name}-uses-pd`, 'handle-destroyed', 'limit-objects', ...UNENDING, ...also],
      },
      () => () => 0,
    ),
    spoiled<Call>(
      `${name}-create`,
      'state-changed',
      { story: `A ${words} does not count as a user of its protection domain.`, suffix: 'uncounted' },
      (call) => {
        for (const used of call.target?.uses ?? []) if (used.object === 'pd') used.users -= 1;
      },
    ),
  ].map((one) => (one.id.endsWith('-uncounted') ? { ...one, clauses: [`${name}-uses-pd`] } : one));
}
