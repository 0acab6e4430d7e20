/** Address handles by the list: what is made, where it stops, and what is refused as a whole. */
import { Then, When } from '@cucumber/cucumber';
import type { StructValue } from '../../spec/abi/abi.ts';
import {
  createMany,
  destroyEach,
  leftIn,
  madeBy,
  mostPaths,
  soundPath,
  tried,
  unsoundPaths,
  type Made,
} from '../client/ah_many.ts';
import type { Context } from '../client/client.ts';
import { ATOMIC, MAY_SLEEP, kernelCall } from '../client/kernel.ts';
import { limitOf } from '../client/limits.ts';
import type { Result } from '../client/result.ts';
import { make, type Thing } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

function copies(path: StructValue, count: number): StructValue[] {
  return Array.from({ length: count }, () => path);
}

/** The answer to a list, and whether its protection domain is as free as before it. */
async function trialOf(
  context: Context,
  name: string,
  paths: readonly StructValue[],
  entries?: number,
): Promise<Trial> {
  const { pd, result } = await tried(context, paths, entries);
  return { name, result, expected: 'free', got: await leftIn(pd) };
}

Then('a list of paths makes the address handles that creates one by one would make', async function (this: RdmaWorld) {
  const context = this.context();
  const path = await soundPath(context);
  for (const count of [1, 3, await mostPaths(context)]) {
    const name = `${String(count)} paths`;
    const { pd, result } = await tried(context, copies(path, count));
    const made = madeBy(result);
    const seen = `${String(made.count)} made, ${String(new Set(made.handles).size)} handles`;
    const expected = `${String(count)} made, ${String(count)} handles`;
    this.check(name, seen === expected, expected, seen, result);
    const busy = await leftIn(pd);
    this.check(`${name}, the domain they use`, busy === 'EBUSY', 'EBUSY', busy, result);
    if (busy === 'free') continue;
    const one = await make(context, 'ah', undefined, {}, { pd });
    this.check(
      `${name}, and one more`,
      !made.handles.includes(one.handle),
      'another handle',
      String(one.handle),
      one.created,
    );
    const gone = await destroyEach(context, [...made.handles, one.handle]);
    this.check(`${name}, destroyed one by one`, gone === count + 1, String(count + 1), String(gone), result);
    const freed = await leftIn(pd);
    this.check(`${name}, the domain in the end`, freed === 'free', 'free', freed, result);
  }
});

Then('a list stops at its first unsound path and tells how far it came', async function (this: RdmaWorld) {
  const context = this.context();
  const sound = await soundPath(context);
  for (const [name, wrong] of Object.entries(await unsoundPaths(context))) {
    for (const before of [1, 2]) {
      const { pd, result } = await tried(context, [...copies(sound, before), wrong, sound]);
      const { count, refusal, handles } = madeBy(result);
      const expected = `${String(before)} made, then EINVAL`;
      const got = `${String(count)} made, then ${refusal}`;
      this.check(`${name} behind ${String(before)}`, got === expected, expected, got, result);
      await destroyEach(context, handles);
      const left = await leftIn(pd);
      this.check(`${name} behind ${String(before)}, without those made`, left === 'free', 'free', left, result);
    }
  }
  const whole = madeBy((await tried(context, copies(sound, 2))).result);
  this.check('no unsound path', whole.refusal === '0', '0', whole.refusal);
});

/** Lists until no address handle has room any more; each in turn with how many it should have made. */
async function fillWithLists(
  pd: Thing,
  seen: (batch: number, room: number, made: Made, result: Result) => void = () => undefined,
): Promise<void> {
  const { context } = pd;
  const paths = copies(await soundPath(context), await mostPaths(context));
  // One by itself, so that the limit is no multiple of what one call takes.
  await make(context, 'ah', undefined, {}, { pd });
  let left = (await limitOf(context, 'max_ah')) - 1;
  for (let batch = 0; left > 0; batch += 1) {
    const result = await createMany(pd, paths);
    seen(batch, Math.min(left, paths.length), madeBy(result), result);
    left -= paths.length;
  }
}

Then('a list stops where the limit of address handles is reached', async function (this: RdmaWorld) {
  const context = this.context();
  const most = await mostPaths(context);
  await fillWithLists(await make(context, 'pd'), (batch, room, { count, refusal }, result) => {
    const expected = `${String(room)} made, then ${room < most ? 'ENOMEM' : '0'}`;
    const got = `${String(count)} made, then ${refusal}`;
    this.check(`list ${String(batch)}`, got === expected, expected, got, result);
  });
});

When('a list is sent to a device without room', async function (this: RdmaWorld) {
  const context = this.context();
  await fillWithLists(await make(context, 'pd'));
  this.trials = [await trialOf(context, 'list', copies(await soundPath(context), 2))];
});

When('lists are sent whose first path is unsound', async function (this: RdmaWorld) {
  const context = this.context();
  const sound = await soundPath(context);
  const trials: Trial[] = [];
  for (const [name, wrong] of Object.entries(await unsoundPaths(context))) {
    trials.push(await trialOf(context, `${name} alone`, [wrong]));
    trials.push(await trialOf(context, `${name} before others`, [wrong, sound, sound]));
  }
  this.trials = trials;
});

When('lists of too few and too many paths are sent', async function (this: RdmaWorld) {
  const context = this.context();
  const sound = await soundPath(context);
  const most = await mostPaths(context);
  const trials: Trial[] = [];
  for (const count of [0, most + 1])
    trials.push(await trialOf(context, `${String(count)} paths`, copies(sound, count)));
  this.trials = trials;
});

When('a list is sent with room for fewer handles than paths', async function (this: RdmaWorld) {
  const context = this.context();
  const paths = copies(await soundPath(context), 3);
  const trials: Trial[] = [];
  for (const entries of [2, 1]) trials.push(await trialOf(context, `room for ${String(entries)}`, paths, entries));
  this.trials = trials;
});

/** What a consumer inside the kernel, in whatever mood, is answered for two paths; and what is left of its protection domain. */
async function byTheKernel(world: RdmaWorld, mood: typeof ATOMIC): Promise<{ answer: string; left: string }> {
  const { client } = world;
  const sound = await soundPath(world.context());
  const pd = await kernelCall(client, MAY_SLEEP, { object: 'pd', method: 'create' });
  const attributes = { paths: [sound, sound] };
  const { answer } = await kernelCall(client, mood, { object: 'pd', method: 'create_ahs', on: pd.handle, attributes });
  await client.control({ action: 'release', device: client.device });
  const { answer: freed } = await kernelCall(client, MAY_SLEEP, { object: 'pd', method: 'destroy', on: pd.handle });
  return { answer, left: freed === '0' ? 'free' : freed };
}

Then('a consumer that may not sleep gets the whole list or nothing', async function (this: RdmaWorld) {
  const { answer, left } = await byTheKernel(this, ATOMIC);
  const answers = ['0', ...this.errnosOf(this.clause.id)];
  this.check('list', answers.includes(answer), answers.join(' or '), answer);
  const expected = answer === '0' ? 'EBUSY' : 'free';
  this.check('protection domain', left === expected, expected, left);
});

Then('a list that the device does not answer leaves nothing behind', async function (this: RdmaWorld) {
  const { client } = this;
  await client.told({ action: 'stall', device: client.device, object: 'pd', method: 'create_ahs', point: 'hardware' });
  const { answer, left } = await byTheKernel(this, MAY_SLEEP);
  const errnos = this.errnosOf(this.clause.id);
  this.check('list', errnos.includes(answer), errnos.join(' or '), answer);
  this.check('protection domain', left === 'free', 'free', left);
});
