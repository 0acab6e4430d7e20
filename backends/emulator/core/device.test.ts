import { describe, expect, it } from 'vitest';
import { BareDevice } from '../bare_device.ts';
import { Device } from './device.ts';
import type { MrState } from '../classes/mr_state.ts';
import { Instance } from './instance.ts';

const ROUNDS = 70_000;
const STATE = {} as MrState;

describe('keys of memory', () => {
  const bare = new BareDevice();
  const { device } = bare;

  it('are numbers of 32 bits, and none comes again soon', () => {
    const seen = new Set<number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const key = device.takeKey();
      expect(Number.isInteger(key) && key > 0 && key <= 0xffffffff).toBe(true);
      seen.add(key);
    }
    expect(seen.size).toBe(ROUNDS);
  });

  it('are never those of what is alive', () => {
    const [one, other] = [1, 1].map((seed) => new Device(device.model, device.table, device.clock, seed));
    const region = new Instance(bare.open(), 'mr', undefined, [], STATE);
    const next = [other?.takeKey(), other?.takeKey(), other?.takeKey()];
    one?.lkeys.set(next[0] ?? 0, region);
    one?.rkeys.set(next[1] ?? 0, region);
    expect(one?.takeKey()).toBe(next[2]);
  });
});
