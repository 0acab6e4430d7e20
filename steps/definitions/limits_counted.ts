/** What limits count: every kind of object to its limit, in one file, in two, and beside the others. */
import { Then, When } from '@cucumber/cucumber';
import { apart, exhaust, fill, kindsOf, oneMore, repeatable, type Kind } from '../client/capacity.ts';
import { typesOffered } from '../client/offered.ts';
import { make } from '../client/things.ts';
import { objectOf } from '../support/parameter_types.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** Objects made at most of a kind whose limit no table names. */
const MOST = 4096;

/** The kinds that can be made up to their limits; the others leave the scenario undecided, whatever it shows of these. */
async function boundedKinds(world: RdmaWorld): Promise<Kind[]> {
  return kindsOf(world.context(), (reason) => world.checks.push({ errored: { kind: 'resource', reason } }));
}

When('every kind of object is made up to its limit and once more', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const kind of await boundedKinds(this)) {
    await apart(this.client, async (context) => {
      const call = await repeatable(context, kind);
      const { made, last } = await fill(context, call, kind.limit);
      const one = await context.call(call);
      const freed = await context.call({ ...call, method: 'destroy', on: last, attributes: {}, room: {} });
      const again = await context.call(call);
      trials.push({
        name: named(kind),
        result: one,
        expected: `${String(kind.limit)} made, and room after one is destroyed`,
        got: `${String(made)} made, and ${freed.errno === 0 && again.errno === 0 ? 'room after one is destroyed' : again.answer}`,
      });
    });
  }
  this.trials = trials;
});

Then('every kind of object can be made up to its limit again and again', async function (this: RdmaWorld) {
  const kinds = await boundedKinds(this);
  for (const round of ['first', 'second']) {
    for (const kind of kinds) {
      await apart(this.client, async (context) => {
        const { made, refusal } = await fill(context, await repeatable(context, kind), kind.limit);
        this.check(`${named(kind)}, ${round} file`, made === kind.limit, String(kind.limit), String(made), refusal);
      });
    }
  }
});

When('two files share every limit and each makes one more', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const kind of await boundedKinds(this)) {
    await apart(this.client, async (one) => {
      await apart(this.client, async (two) => {
        const [first, second] = [await repeatable(one, kind), await repeatable(two, kind)];
        const half = (await fill(one, first, Math.ceil(kind.limit / 2))).made;
        const { made: rest } = await fill(two, second, kind.limit - half);
        const seen = { expected: `${String(kind.limit)} in both`, got: `${String(half + rest)} in both` };
        trials.push({ name: `${named(kind)}, first file`, result: await oneMore(one, first, kind), ...seen });
        trials.push({ name: `${named(kind)}, second file`, result: await oneMore(two, second, kind), ...seen });
      });
    });
  }
  this.trials = trials;
});

When(
  'one of two files at a limit is closed and the other makes up for it and one more',
  async function (this: RdmaWorld) {
    const trials: Trial[] = [];
    for (const kind of await boundedKinds(this)) {
      await apart(this.client, async (two) => {
        const second = await repeatable(two, kind);
        const gone = await apart(this.client, async (one) => {
          const { made } = await fill(one, await repeatable(one, kind), Math.ceil(kind.limit / 2));
          await fill(two, second, kind.limit - made);
          return made;
        });
        const { made } = await fill(two, second, gone);
        trials.push({
          name: named(kind),
          result: await oneMore(two, second, kind),
          expected: `${String(gone)} made`,
          got: `${String(made)} made`,
        });
      });
    }
    this.trials = trials;
  },
);

When(
  'queue pairs of all types together reach the limit and one more of each is created',
  async function (this: RdmaWorld) {
    const context = this.context();
    const limit = (await boundedKinds(this)).find((kind) => kind.object === 'qp')?.limit;
    if (limit === undefined) return;
    const types = typesOffered(this.client.session);
    const calls = [];
    for (const variant of types) calls.push({ variant, call: await repeatable(context, { object: 'qp', variant }) });
    let made = 0;
    for (; made < limit; made += 1) {
      const call = calls[made % calls.length]?.call;
      if (call === undefined || (await fill(context, call, 1)).made === 0) break;
    }
    const seen = { expected: `${String(limit)} of all types`, got: `${String(made)} of all types` };
    const trials: Trial[] = [];
    for (const { variant, call } of calls)
      trials.push({ name: variant, result: await oneMore(context, call, { limit }), ...seen });
    this.trials = trials;
  },
);

When('each kind of object is at its limit and one of every other is created', async function (this: RdmaWorld) {
  const kinds = await boundedKinds(this);
  const trials: Trial[] = [];
  for (const full of kinds) {
    await apart(this.client, async (context) => {
      const others = [];
      for (const kind of kinds.filter((candidate) => candidate !== full))
        others.push({ kind, call: await repeatable(context, kind) });
      await exhaust(context, await repeatable(context, full), full.limit);
      for (const { kind, call } of others)
        trials.push({ name: `${kind.object} beside ${named(full)}`, result: await context.call(call) });
    });
  }
  this.trials = trials;
});

When(
  'as many {object}s as there is room for exist and one more is created',
  async function (this: RdmaWorld, words: string) {
    const kind = { object: objectOf(words), variant: undefined };
    const [first, room, after] = await apart(this.client, async (context) => {
      const call = await repeatable(context, kind);
      let { handle } = await make(context, kind.object);
      let [last, made] = [await context.call(call), 1];
      for (; last.reply !== undefined && made < MOST; made += 1) {
        handle = last.reply.handle;
        last = await context.call(call);
      }
      const freed = await context.call({ ...call, method: 'destroy', on: handle, attributes: {}, room: {} });
      const again = await context.call(call);
      return [last, made, freed.errno === 0 ? again.answer : freed.answer];
    });
    const anew = await apart(this.client, async (context) => {
      const call = await repeatable(context, kind);
      let made = 0;
      while (made < room && (await context.call(call)).errno === 0) made += 1;
      return made;
    });
    const expected = `${String(room)} in a new file, and 0 after one is destroyed`;
    const got = `${String(anew)} in a new file, and ${after} after one is destroyed`;
    this.trials = [{ name: `${words} ${String(room + 1)}`, result: first, expected, got }];
  },
);

function named({ object, limit }: Kind): string {
  return `${String(limit)} ${object}`;
}
