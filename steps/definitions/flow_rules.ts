/** Flow rules, and the counter sets they count in. */
import { Then, When } from '@cucumber/cucumber';
import type { Value } from '../../spec/abi/abi.ts';
import { portCount } from '../client/limits.ts';
import { queuePairIn } from '../client/queue_pairs.ts';
import { typesOffered } from '../client/offered.ts';
import { Refused, createCall, exampleOf, make, on, tableOf } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const COUNTER_SET = 'counter set';
/** More bytes than any set of counters takes. */
const ROOM = 128;
const LARGEST_PORT = 255;
/** States that a program can bring a queue pair to. */
const STATES = ['RESET', 'INIT', 'RTR', 'RTS', 'SQD', 'ERR'] as const;

/** Tries creates that differ in the attributes given, on one queue pair. */
async function tryRules(
  world: RdmaWorld,
  cases: readonly [string, Readonly<Record<string, Value>>][],
): Promise<Trial[]> {
  const trials: Trial[] = [];
  const { parts } = await createCall(world.context(), 'flow', undefined);
  for (const [name, extra] of cases) {
    const { call } = await createCall(world.context(), 'flow', undefined, extra, parts);
    trials.push({ name, result: await world.context().call(call) });
  }
  return trials;
}

When('flow rules on every port and with every header are created', async function (this: RdmaWorld) {
  const { attributes } = tableOf(this.spec, 'flow');
  const example = (name: string): Readonly<Record<string, Value>> => {
    const attribute = attributes[name];
    return attribute === undefined ? {} : { [name]: exampleOf(attribute) };
  };
  const ports = Array.from({ length: await portCount(this.context()) }, (_, index) => index + 1);
  this.trials = await tryRules(this, [
    ...ports.map((port): [string, Readonly<Record<string, Value>>] => [`port ${String(port)}`, { port }]),
    ['eth', example('eth')],
    ['ipv4', example('ipv4')],
    ['eth and ipv4', { ...example('eth'), ...example('ipv4') }],
    ['priority', { priority: 7 }],
  ]);
});

When('flow rules on both types of queue pairs in every state are created', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const type of typesOffered(this.client.session).filter((name) => welcomes(this, name))) {
    for (const state of STATES) {
      const qp = await queuePairIn(this.context(), type, state);
      const { call } = await createCall(this.context(), 'flow', undefined, {}, { qp });
      trials.push({ name: `${type} in ${state}`, result: await this.context().call(call) });
    }
  }
  this.trials = trials;
});

When('flow rules for ports that the device does not have are created', async function (this: RdmaWorld) {
  const last = await portCount(this.context());
  const ports = [0, last + 1, LARGEST_PORT];
  this.trials = await tryRules(
    this,
    ports.map((port) => [`port ${String(port)}`, { port }]),
  );
});

When('flow rules on queue pairs of other types are created', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const type of typesOffered(this.client.session).filter((name) => !welcomes(this, name))) {
    const qp = await make(this.context(), 'qp', type);
    const { call } = await createCall(this.context(), 'flow', undefined, {}, { qp });
    trials.push({ name: type, result: await this.context().call(call) });
  }
  this.trials = trials;
});

function welcomes(world: RdmaWorld, type: string): boolean {
  return tableOf(world.spec, 'flow').attributes['qp']?.variants?.includes(type) === true;
}

When('flow rules that trap nothing are created for what no rule wants', async function (this: RdmaWorld) {
  const types = ['ALL_DEFAULT', 'MC_DEFAULT'];
  this.trials = await tryRules(
    this,
    types.map((type) => [type, { type, flags: ['DONT_TRAP'] }]),
  );
});

When('the counter set is read', async function (this: RdmaWorld) {
  const set = this.thing(COUNTER_SET);
  this.result = await set.context.call(on(set, 'read', {}, { values: ROOM }));
});

When('the counter set is read into room for one counter less than it has', async function (this: RdmaWorld) {
  const set = this.thing(COUNTER_SET);
  const counted = await set.context.call(on(set, 'read', {}, { count: 0 }));
  if (counted.reply === undefined) throw new Refused('counters-read', counted);
  const count = Number(counted.reply.attributes['count']);
  this.result = await set.context.call(on(set, 'read', {}, { values: 8 * (count - 1) }));
});

Then('every counter is {int}', function (this: RdmaWorld, expected: number) {
  const values = (this.result.reply?.attributes['values'] ?? []) as readonly bigint[];
  const all = values.length > 0 && values.every((value) => value === BigInt(expected));
  this.check('counters', all, `all ${String(expected)}`, words(values), this.result);
});
