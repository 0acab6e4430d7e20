/** Calls that meet: on one object, and on different ones. */
import { Then, When } from '@cucumber/cucumber';
import type { Call, Value } from '../../spec/abi/abi.ts';
import { bitOf, transitionOf } from '../../spec/qp_rules.ts';
import { inChains } from '../client/chains.ts';
import type { Context } from '../client/client.ts';
import type { Flight } from '../client/flight.ts';
import { stoppable, typesOffered } from '../client/offered.ts';
import { queuePairIn, readAll, tableFor } from '../client/queue_pairs.ts';
import { landed, race, release, standStill, type Race } from '../client/races.ts';
import type { Result } from '../client/result.ts';
import { specimenCall, specimensOf, type Specimen } from '../client/specimens.ts';
import { createCall, on, tableOf } from '../client/things.ts';
import { destroyOf, inFreshFile, isThere, madeBy, waysOf, type Touch, type Way } from '../client/touches.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** Two calls that touch one object, and what is to be seen afterwards beside their answers. */
interface Pair {
  readonly name: string;
  readonly touch: Touch;
  readonly first: Call;
  readonly second: Call;
  /** Whether the object outlives both. */
  readonly survives: boolean;
}

/** The pairs that a way of touching an object stands in, by what is done while what runs. */
const PAIRS: Readonly<Record<string, (context: Context, way: Way, touch: Touch) => Promise<Pair[]>>> = {
  'destroyed while a use': (_, way, touch) =>
    Promise.resolve(way.alone ? [] : [pair(`destroy during ${way.name}`, touch, touch.call, destroyOf(touch.target))]),
  'used while a destroy': (_, way, touch) =>
    Promise.resolve([
      pair(`${way.name} during destroy`, touch, destroyOf(touch.target), callOf(way, touch), { survives: false }),
    ]),
  'modified while a use': async (context, way, touch) => {
    const modify = way.alone ? undefined : await modifyOf(context, touch);
    return modify === undefined ? [] : [pair(`modify during ${way.name}`, touch, touch.call, modify)];
  },
  'used while a modify': async (context, way, touch) => {
    const modify = await modifyOf(context, touch);
    return modify === undefined ? [] : [pair(`${way.name} during modify`, touch, modify, callOf(way, touch))];
  },
  'used while a use': (context, way, touch) =>
    Promise.resolve(
      way.alone ? [] : againOf(context, touch).map((again) => pair(`${way.name} twice`, touch, touch.call, again)),
    ),
};

function pair(name: string, touch: Touch, first: Call, second: Call, { survives } = { survives: true }): Pair {
  return { name, touch, first, second, survives };
}

function callOf({ method }: Way, { call, target }: Touch): Call {
  return method === 'destroy' ? destroyOf(target) : call;
}

/** A modify of the object that has it alone; undefined where there is none. */
async function modifyOf(context: Context, { target }: Touch): Promise<Call | undefined> {
  const { object, variant, handle } = target;
  const { abi } = context.client.session;
  const modifies = specimensOf(context).find(
    (specimen) => specimen.object === object && specimen.variant === variant && specimen.method === 'modify',
  );
  if (modifies === undefined || !abi.wantsAlone(object, 'modify')) return undefined;
  return { ...(await specimenCall(context, modifies)), on: handle };
}

/** The same use once more, but of a changed object a query, where there is one: not every change can be made twice. */
function againOf({ client }: Context, { call, target }: Touch): Call[] {
  if (call.method !== 'modify') return [call];
  const queried = client.session.abi.expresses(target.object, 'query');
  return queried ? [{ ...destroyOf(target), method: 'query' }] : [];
}

When(
  'each object is {word} while a {word} of it runs',
  async function (this: RdmaWorld, done: string, running: string) {
    const pairs = PAIRS[`${done} while a ${running}`];
    if (pairs === undefined) throw new RangeError(`no pairs of calls for ${done} while a ${running}`);
    const ways = await waysOf(this.client);
    const trials: Trial[] = [];
    for (const way of ways) {
      trials.push(
        ...(await inFreshFile(this.client, async (context) => {
          const found: Trial[] = [];
          for (const one of await pairs(context, way, await way.make(context)))
            if (stoppable(this.client.session, one.first)) found.push(await tried(context, one));
          return found;
        })),
      );
    }
    this.trials = trials;
  },
);

/** Both calls made, and what they left: the second's answer is judged, the first must not feel it. */
async function tried(context: Context, { name, touch, first, second, survives }: Pair): Promise<Trial> {
  const met = await race(context, first, second);
  await undone(context, first, met);
  const there = await isThere(context, touch.target);
  const kept: string[] = [];
  for (const other of touch.rest) {
    const freed = await context.call(destroyOf(other));
    if (freed.errno !== 0) kept.push(`${other.object} ${freed.answer}`);
  }
  const seen = (waited: boolean, answer: string, alive: boolean, held: readonly string[]): string =>
    `${waited ? 'late' : 'at once'}, the running call ${answer}, the object ${alive ? 'there' : 'gone'}` +
    (held.length === 0 ? '' : `, not to be destroyed: ${held.join(', ')}`);
  return {
    name,
    result: met.second,
    expected: seen(false, '0', survives, []),
    got: seen(met.waited, met.first.answer, there, kept),
  };
}

/** Ends what the two calls made, so that nothing of it uses the objects they named. */
async function undone(context: Context, first: Call, { first: one, second: two }: Race): Promise<void> {
  for (const result of [one, two]) {
    const made = first.method === 'create' ? madeBy(first, result) : undefined;
    if (made !== undefined) await context.call(destroyOf(made));
  }
}

When('each object is asked for before its create has returned', async function (this: RdmaWorld) {
  const ways = await waysOf(this.client);
  const makers = await inFreshFile(this.client, (context) =>
    Promise.resolve(
      specimensOf(context).filter(
        (specimen) =>
          specimen.creates &&
          tableOf(this.spec, specimen.object).instances === 'created' &&
          stoppable(this.client.session, specimen),
      ),
    ),
  );
  const trials: Trial[] = [];
  for (const { name, object, variant } of makers) {
    const methods = ways.filter((way) => way.object === object && way.variant === variant && way.method !== 'create');
    for (const way of methods) {
      await inFreshFile(this.client, async (context) => {
        const { call, parts } = await createCall(context, object, variant);
        const { call: asked } = await way.make(context);
        const number = await nextHandle(context, call);
        const running = await standStill(context, (await createCall(context, object, variant, {}, parts)).call);
        const result = await context.call({ ...asked, on: number });
        await release(context.client);
        const { answer } = await landed(context, running);
        trials.push({
          name: `${way.name} during ${name}`,
          result,
          expected: 'the create 0',
          got: `the create ${answer}`,
        });
      });
    }
  }
  this.trials = trials;
});

/** The number that the next object of this kind gets: one that has just become free. */
async function nextHandle(context: Context, create: Call): Promise<number> {
  const made = madeBy(create, await context.call(create));
  if (made === undefined) throw new Error(`${create.object} cannot be made`);
  await context.call(destroyOf(made));
  return made.handle;
}

/** A sound call that touches nothing that another touches. */
async function separateCall(context: Context, specimen: Specimen): Promise<Call> {
  const { object, variant, creates } = specimen;
  return creates ? (await createCall(context, object, variant)).call : specimenCall(context, specimen);
}

When('every method is called while it runs on another object', async function (this: RdmaWorld) {
  const seen = (waited: boolean, answer: string): string => `${waited ? 'late' : 'at once'}, the other ${answer}`;
  const trials: Trial[] = [];
  for (const specimen of specimensOf(this.context())) {
    if (!stoppable(this.client.session, specimen)) continue;
    const met = await inFreshFile(this.client, async (context) =>
      race(context, await separateCall(context, specimen), await separateCall(context, specimen)),
    );
    trials.push({
      name: specimen.name,
      result: met.second,
      expected: seen(false, '0'),
      got: seen(met.waited, met.first.answer),
    });
  }
  this.trials = trials;
});

When('{int} calls on different objects run at once', async function (this: RdmaWorld, count: number) {
  const context = this.context();
  const specimens = specimensOf(context).filter(
    (specimen) =>
      tableOf(this.spec, specimen.object).instances === 'created' && stoppable(this.client.session, specimen),
  );
  const chosen = Array.from({ length: count }, (_, index) => specimens[index % specimens.length]);
  const calls: { readonly name: string; readonly call: Call }[] = [];
  for (const specimen of chosen)
    if (specimen !== undefined) calls.push({ name: specimen.name, call: await separateCall(context, specimen) });
  const running: { readonly name: string; readonly flight: Flight<Result> }[] = [];
  for (const { name, call } of calls) running.push({ name, flight: await standStill(context, call) });
  await release(context.client);
  this.trials = await inChains(running, async ({ name, flight }) => ({
    name,
    result: await landed(context, flight),
  }));
});

/** Values of an attribute of a queue pair in INIT, by its bit: what two modifies ask for at once. */
const RIVALS: readonly (readonly [bit: string, name: string, one: Value, other: Value])[] = [
  ['QKEY', 'qkey', 0x1234, 0x4321],
  ['ACCESS_FLAGS', 'access_flags', ['REMOTE_WRITE'], ['REMOTE_READ']],
];

Then('a queue pair that two modifies raced for is as one of them left it', async function (this: RdmaWorld) {
  for (const type of typesOffered(this.client.session)) {
    const { optional } = transitionOf(tableFor(this.spec, type), type, 'INIT', 'INIT');
    const rivals = RIVALS.find(([bit]) => (optional & bitOf(this.spec.qp, bit)) !== 0);
    if (rivals === undefined) continue;
    const [, name, one, other] = rivals;
    const qp = await queuePairIn(this.context(), type, 'INIT');
    const [first, second] = [one, other].map((value) => on(qp, 'modify', { state: 'INIT', [name]: value })) as [
      Call,
      Call,
    ];
    const met = await race(this.context(), first, second);
    const left = words((await readAll(qp)).values[name]);
    const allowed = [...(met.first.errno === 0 ? [one] : []), ...(met.second.errno === 0 ? [other] : [])].map(words);
    const got = `${left} after ${met.first.answer} and ${met.second.answer}`;
    this.check(
      `${type} ${name}`,
      allowed.includes(left),
      `${words(one)} or ${words(other)}, of a call that answered 0`,
      got,
      met.second,
    );
  }
});
