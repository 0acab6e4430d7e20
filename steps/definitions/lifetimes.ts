/** Ends of objects: busy, destroyed, closed, and room for new ones afterwards. */
import { Then, When } from '@cucumber/cucumber';
import { BackendError } from '../../backends/backend.ts';
import type { DamageName } from '../../spec/abi/damage_names.ts';
import type { Context } from '../client/client.ts';
import type { Result } from '../client/result.ts';
import { clauseOf as clauseOfDamage } from '../client/faults.ts';
import { tooMany } from '../client/capacity.ts';
import { MOST_MADE } from '../../spec/capabilities.ts';
import { anyVariant } from '../client/offered.ts';
import { exactLimitOf } from '../client/limits.ts';
import { Refused, clauseOf, createCall, make, on, tableOf, type Thing } from '../client/things.ts';
import { objectOf } from '../support/parameter_types.ts';
import { USER, type RdmaWorld, type Trial } from '../support/world.ts';

/** Lifetimes there are at least, one after the other: where the limit is not told, most devices hold fewer at once. */
const LIFETIMES = 512;

async function reported(context: Context, object: string): Promise<bigint> {
  return exactLimitOf(context, tableOf(context.client.session.spec, object).limit ?? '');
}

/** How many exist at once; a device that allows more than are made here leaves the scenario undecided. */
async function room(context: Context, object: string): Promise<number> {
  const limit = await reported(context, object);
  if (limit > MOST_MADE) throw new BackendError('resource', tooMany(object, limit));
  return Number(limit);
}

/** How many lives a series has: one more than fit at once, as far as so many are tried. */
async function lifetimes(context: Context, object: string): Promise<number> {
  const limit = await reported(context, object);
  return limit > MOST_MADE ? LIFETIMES : Math.max(Number(limit) + 1, LIFETIMES);
}

Then('the {object} is gone', async function (this: RdmaWorld, words: string) {
  const thing = this.thing(words);
  const again = await thing.context.call(on(thing, 'destroy'));
  this.check(`${words} again`, again.errno !== 0, 'a refusal', again.answer, again);
});

Then('the {object} can still be destroyed once what uses it is gone', async function (this: RdmaWorld, words: string) {
  const user = this.thing(USER);
  const gone = await user.context.call(on(user, 'destroy'));
  if (gone.errno !== 0) throw new Refused(destroyClause(user), gone);
  const thing = this.thing(words);
  const result = await thing.context.call(on(thing, 'destroy'));
  this.check(`${words} afterwards`, result.errno === 0, '0', result.answer, result);
});

Then('the {object} can still be used', async function (this: RdmaWorld, words: string) {
  const used = this.thing(words);
  const user = this.thing(USER);
  const { call } = await createCall(used.context, user.object, user.variant, user.extra, user.parts);
  const result = await used.context.call(call);
  this.check(`${words} in another create`, result.errno === 0, '0', result.answer, result);
  if (result.reply === undefined) return;
  const gone = await used.context.call({ ...on(user, 'destroy'), on: result.reply.handle });
  if (gone.errno !== 0) throw new Refused(destroyClause(user), gone);
});

When('each object that the {object} uses is destroyed', async function (this: RdmaWorld, words: string) {
  const trials: Trial[] = [];
  for (const [name, part] of Object.entries(this.thing(words).parts))
    trials.push({ name, result: await part.context.call(on(part, 'destroy')) });
  this.trials = trials;
});

Then('each of them can be destroyed once the {object} is gone', async function (this: RdmaWorld, words: string) {
  const user = this.thing(words);
  const gone = await user.context.call(on(user, 'destroy'));
  if (gone.errno !== 0) throw new Refused(destroyClause(user), gone);
  for (const [name, part] of Object.entries(user.parts)) {
    const result = await part.context.call(on(part, 'destroy'));
    this.check(`${name} afterwards`, result.errno === 0, '0', result.answer, result);
  }
});

/** The clause that the end of an object rests on. */
function destroyClause({ object, context }: Thing): string {
  return clauseOf(tableOf(context.client.session.spec, object), 'destroy');
}

Then(
  '{object}s can be created and destroyed one after the other more often than fit at once',
  async function (this: RdmaWorld, words: string) {
    const object = objectOf(words);
    const context = this.context();
    const type = anyVariant(this.client.session, object);
    const times = await lifetimes(context, object);
    const { parts } = await createCall(context, object, type);
    let last: Result | undefined;
    for (let i = 0; i < times; i += 1) {
      const { call } = await createCall(context, object, type, {}, parts);
      const created = await context.call(call);
      if (created.reply === undefined) {
        this.check(`create ${String(i + 1)}`, false, '0', created.answer, created);
        return;
      }
      last = await context.call({ object, variant: type, method: 'destroy', on: created.reply.handle, attributes: {} });
      if (last.errno !== 0) break;
    }
    this.check(`${String(times)} lifetimes`, last?.errno === 0, '0', last?.answer ?? 'no call', last);
  },
);

When(
  'as many {object}s as the device allows exist and one more is created',
  async function (this: RdmaWorld, words: string) {
    const object = objectOf(words);
    const context = this.context();
    const type = anyVariant(this.client.session, object);
    const first = await make(context, object, type);
    const limit = await room(context, object);
    const existing: Thing[] = [first];
    for (let i = existing.length; i < limit; i += 1) existing.push(await make(context, object, type, {}, first.parts));
    const { call } = await createCall(context, object, type, {}, first.parts);
    const trials: Trial[] = [{ name: `${words} ${String(limit + 1)}`, result: await context.call(call) }];
    const last = existing.at(-1) as Thing;
    const freed = await context.call(on(last, 'destroy'));
    const again = await context.call(call);
    this.trials = [...trials].map((trial) => ({
      ...trial,
      expected: 'room after one is destroyed',
      got: freed.errno === 0 && again.errno === 0 ? 'room after one is destroyed' : again.answer,
    }));
  },
);

Then(
  'as many {object}s as the device allows can be created in a new file',
  async function (this: RdmaWorld, words: string) {
    const object = objectOf(words);
    const context = await this.client.open();
    const type = anyVariant(this.client.session, object);
    const { parts } = await createCall(context, object, type);
    let made = 0;
    const limit = await room(context, object);
    let last: Result | undefined;
    for (; made < limit; made += 1) {
      const { call } = await createCall(context, object, type, {}, parts);
      last = await context.call(call);
      if (last.errno !== 0) break;
    }
    this.check(`${words}s in a new file`, made === limit, String(limit), String(made), last);
  },
);

When(
  '{object}s are created with {damage} more often than fit at once',
  async function (this: RdmaWorld, words: string, name: DamageName) {
    const object = objectOf(words);
    const context = this.context();
    const { abi } = this.client.session;
    const type = anyVariant(this.client.session, object);
    const times = await lifetimes(context, object);
    const { call, parts } = await createCall(context, object, type);
    const damage = abi.damage[name];
    if (damage === undefined) throw new Error(`${abi.id} has no ${name}; limit the scenario by @abi:`);
    for (let i = 0; i < times; i += 1) {
      const draft = abi.draft(call);
      const target = damage.targets(draft)[0];
      if (target === undefined) throw new Error(`${object}.create has nothing for ${name}`);
      const result = await context.send(abi.encode(damage.apply(draft, target)));
      const clause = clauseOfDamage(name);
      if (result.errno === 0 && clause !== this.clause.id) throw new Refused(clause, result, 'a refusal');
    }
    const { call: sound } = await createCall(context, object, type, {}, parts);
    this.trials = [{ name: `${words} after ${String(times)} refusals`, result: await context.call(sound) }];
  },
);
