import { describe, expect, it } from 'vitest';
import { HandleTable } from './handle_table.ts';

describe('a handle table', () => {
  it('gives the lowest free number, as a naive model does', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed % below;
    };
    const table = new HandleTable<string>(1);
    const model = new Map<number, string>();
    for (let round = 0; round < 5000; round += 1) {
      if (model.size === 0 || random(5) < 3) {
        let lowest = 1;
        while (model.has(lowest)) lowest += 1;
        const item = `item ${String(round)}`;
        expect(table.add(item)).toBe(lowest);
        model.set(lowest, item);
      } else {
        const handle = [...model.keys()][random(model.size)] ?? 0;
        table.remove(handle);
        model.delete(handle);
        expect(table.get(handle)).toBeUndefined();
      }
    }
    for (const [handle, item] of model) expect(table.get(handle)).toBe(item);
  });

  it('knows nothing of numbers it never gave', () => {
    const table = new HandleTable<string>(1);
    table.add('one');
    for (const handle of [0, 2, -1, 0xffffffff]) expect(table.get(handle)).toBeUndefined();
    table.remove(5);
    expect(table.add('two')).toBe(2);
  });

  it('does not give a number twice when it is removed twice', () => {
    const table = new HandleTable<string>(0);
    table.add('one');
    table.remove(0);
    table.remove(0);
    expect([table.add('two'), table.add('three')]).toEqual([0, 1]);
  });
});
