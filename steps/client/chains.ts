/**
 * Runs independent pieces of work side by side, at most 64 at once, and gives the results in the order of the items.
 * When one fails, no other is begun, and the failure is told once those under way have ended: nothing goes on behind a
 * step that is over.
 */
const WIDTH = 64;

export async function inChains<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array<R>(items.length);
  let next = 0;
  const chain = async (): Promise<void> => {
    while (next < items.length) {
      const at = next;
      next += 1;
      try {
        results[at] = await work(items[at] as T);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  const chains = await Promise.allSettled(Array.from({ length: Math.min(WIDTH, items.length) }, chain));
  for (const outcome of chains) if (outcome.status === 'rejected') throw outcome.reason;
  return results;
}
