/** Sizes of receive queues: what is asked, granted, shown and refused. */
import { Then, When } from '@cucumber/cucumber';
import type { Context } from '../client/client.ts';
import { sizeBounds } from '../client/receive_sizes.ts';
import { partsOf } from '../client/receive_types.ts';
import { createCall, make } from '../client/things.ts';
import { objectOf } from '../support/parameter_types.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const NUMBER_BITS = 24;

async function createWith(context: Context, object: string, extra: Readonly<Record<string, number>>): Promise<Trial> {
  const { call } = await createCall(context, object, undefined, extra);
  const [[name, value] = ['', 0]] = Object.entries(extra);
  return { name: `${name} ${String(value)}`, result: await context.call(call) };
}

When('{object}s of sizes within the limits are created', async function (this: RdmaWorld, words: string) {
  const trials: Trial[] = [];
  for (const [name, bound] of await sizeBounds(this.context(), objectOf(words))) {
    for (const size of new Set([1, 3, bound]))
      trials.push(await createWith(this.context(), objectOf(words), { [name]: size }));
  }
  this.trials = trials;
});

Then('each {object} was granted what was asked or more', async function (this: RdmaWorld, words: string) {
  const object = objectOf(words);
  for (const { name, result } of this.trials) {
    const [attribute = '', asked = '0'] = name.split(' ');
    const granted = Number(result.reply?.attributes[attribute] ?? 0);
    this.check(`${name} granted`, granted >= Number(asked), `${asked} or more`, String(granted), result);
    if (result.reply === undefined || !this.client.session.abi.expresses(object, 'query')) continue;
    const query = { object, method: 'query', on: result.reply.handle, attributes: {}, room: { [attribute]: 0 } };
    const read = await this.context().call(query);
    const shown = Number(read.reply?.attributes[attribute] ?? -1);
    this.check(`${name} shown`, shown === granted, String(granted), String(shown), read);
  }
});

When('{object}s of sizes beyond the limits are created', async function (this: RdmaWorld, words: string) {
  const trials: Trial[] = [];
  for (const [name, bound] of await sizeBounds(this.context(), objectOf(words))) {
    for (const size of [bound + 1, 0x7fffffff])
      trials.push(await createWith(this.context(), objectOf(words), { [name]: size }));
  }
  this.trials = trials;
});

When('a(n) {object} without work requests is created', async function (this: RdmaWorld, words: string) {
  this.trials = [await createWith(this.context(), objectOf(words), { max_wr: 0 })];
});

Then(
  '{int} {object}s of type {word} have different numbers of 24 bits',
  async function (this: RdmaWorld, count: number, words: string, type: string) {
    const object = objectOf(words);
    const extra = { type };
    const first = await make(this.context(), object, undefined, extra, await partsOf(this.context(), object, type));
    const seen = new Set<number>();
    for (let i = 0; i < count; i += 1) {
      const one = i === 0 ? first : await make(this.context(), object, undefined, extra, first.parts);
      const number = Number(one.created.reply?.attributes[`${object}_num`] ?? -1);
      const fits = number > 0 && number < 2 ** NUMBER_BITS && !seen.has(number);
      this.check(`number ${String(i + 1)}`, fits, 'a new number of 24 bits', String(number), one.created);
      seen.add(number);
    }
  },
);
