import { expect, it } from 'vitest';
import { VirtualClock } from './clock.ts';

it('does at once what is due at once, and the rest when its tick comes, in order', () => {
  const clock = new VirtualClock();
  const done: string[] = [];
  clock.after(2, () => done.push('two'));
  clock.after(0, () => done.push('now'));
  clock.after(1, () => done.push('one'));
  clock.after(2, () => done.push('two again'));
  expect(done).toEqual(['now']);
  clock.tick();
  expect(done).toEqual(['now', 'one']);
  clock.tick();
  expect(done).toEqual(['now', 'one', 'two', 'two again']);
  clock.tick();
  expect([done.length, clock.now]).toEqual([4, 3]);
});

it('lets an action ask for another one', () => {
  const clock = new VirtualClock();
  const at: number[] = [];
  const again = (): void => {
    at.push(clock.now);
    if (at.length < 3) clock.after(2, again);
  };
  clock.after(1, again);
  for (let tick = 0; tick < 10; tick += 1) clock.tick();
  expect(at).toEqual([1, 3, 5]);
});
