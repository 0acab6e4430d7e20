import { describe, expect, it } from 'vitest';
import { AddressSpace } from './address_space.ts';

const PAGE = 4096;

describe('memory that is watched', () => {
  it('is told of once, when the area it lies in is unmapped', () => {
    const memory = new AddressSpace();
    const [one, other] = [memory.map(2 * PAGE), memory.map(PAGE)];
    const told: string[] = [];
    memory.watch(one, PAGE, () => told.push('first page'));
    memory.watch(one + BigInt(PAGE), PAGE, () => told.push('second page'));
    memory.watch(other, PAGE, () => told.push('other'));
    memory.unmap(one);
    memory.unmap(one);
    expect(told).toEqual(['first page', 'second page']);
  });

  it('is watched no more once that was ended, nor in a child', () => {
    const memory = new AddressSpace();
    const start = memory.map(PAGE);
    const told: string[] = [];
    const end = memory.watch(start, PAGE, () => told.push('parent'));
    memory.copy().unmap(start);
    end();
    memory.unmap(start);
    expect(told).toEqual([]);
  });
});
