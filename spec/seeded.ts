/** Numbers that look random and are the same in every run: for tests, and for emulated devices that choose. */
export type Random = (below: number) => number;

/** Whole numbers from 0 to `below` - 1. A linear congruential generator; the high bits are the good ones. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export function pick<T>(random: Random, items: readonly T[]): T {
  if (items.length === 0) throw new RangeError('nothing to pick from');
  return items[random(items.length)] as T;
}

/** Any number of 32 bits; small ones and the largest more often than their share. */
export function anyWord(random: Random): number {
  const kind = random(4);
  if (kind === 0) return random(16);
  if (kind === 1) return 0xffffffff - random(2);
  return (random(0x10000) * 0x10000 + random(0x10000)) >>> 0;
}

export function anyBytes(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random(256));
}
