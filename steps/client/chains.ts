/** Runs independent pieces of work side by side, at most 64 at once, and gives the results in the order of the items. */
const WIDTH = 64;

export async function inChains<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array<R>(items.length);
  let next = 0;
  const chain = async (): Promise<void> => {
    while (next < items.length) {
      const at = next;
      next += 1;
      results[at] = await work(items[at] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(WIDTH, items.length) }, chain));
  return results;
}
