import { describe, expect, it } from 'vitest';
import { inChains } from './chains.ts';

/** Lets everything that is ready run. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('chains', () => {
  it('give results in the order of the items, whatever ends first', async () => {
    const items = Array.from({ length: 200 }, (_, index) => index);
    const results = await inChains(items, async (item) => {
      for (let wait = item % 3; wait > 0; wait -= 1) await breath();
      return item * 2;
    });
    expect(results).toEqual(items.map((item) => item * 2));
    expect(await inChains([], () => Promise.reject(new Error('never begun')))).toEqual([]);
  });

  it('have at most 64 pieces of work under way', async () => {
    let underWay = 0;
    let most = 0;
    await inChains(Array.from({ length: 300 }), async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await breath();
      underWay -= 1;
    });
    expect(most).toBe(64);
  });

  it('begin nothing more once a piece has failed, and say so when the others have ended', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const items = Array.from({ length: 100 }, (_, index) => index);
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      await breath();
      if (item === 3) throw new Error('the fourth failed');
      await breath();
      ended.push(item);
    };
    await expect(inChains(items, work)).rejects.toThrow('the fourth failed');
    expect(begun).toEqual(items.slice(0, 64));
    expect(ended).toHaveLength(63);
    await breath();
    expect(begun).toHaveLength(64);
  });
});
