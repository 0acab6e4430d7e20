/** Connection identifiers: how they begin and end, and the methods of each state. */
import { Then, When } from '@cucumber/cucumber';
import type { Value } from '../../spec/abi/abi.ts';
import type { Context } from '../client/client.ts';
import { EVERY_PORT, addressOf, bindTo, shown, stateOfId, told } from '../client/cm_addresses.ts';
import { REACHED, done, idIn, listener, soundly } from '../client/connections.ts';
import { SYSTEM_NODE } from '../client/system_node.ts';
import { ask, make, tableOf } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const OBJECT = 'cm_id';

function contextCalled(world: RdmaWorld, words: string): Context {
  return world.context(words === 'device' ? undefined : SYSTEM_NODE);
}

Then(
  /^a new connection id of every port space on the (device|system-wide node) is idle and has no address$/,
  async function (this: RdmaWorld, where: string) {
    for (const space of Object.keys(this.spec.enums['cm_port_space'] ?? {})) {
      const id = await make(contextCalled(this, where), OBJECT, undefined, { port_space: space });
      const { state, portSpace, port, own, service } = await shown(id);
      const expected = `IDLE, ${space}, port 0, ${told(EVERY_PORT)}, service 0`;
      const got = `${state}, ${portSpace}, port ${String(port)}, ${told(own)}, service ${String(service)}`;
      this.check(space, got === expected, expected, got, id.created);
    }
  },
);

When('connection ids are created in two ways at once', async function (this: RdmaWorld) {
  const context = this.context();
  const source = (await listener(context)).handle;
  const ways: Readonly<Record<string, Readonly<Record<string, Value>>>> = {
    'a port space and a source': { port_space: 'TCP', source },
    'a port space and a file': { port_space: 'TCP', file: context.fd },
    'a port space, a source and a file': { port_space: 'TCP', source, file: context.fd },
  };
  const trials: Trial[] = [];
  for (const [name, attributes] of Object.entries(ways))
    trials.push({ name, result: await context.call({ object: OBJECT, method: 'create', attributes }) });
  this.trials = trials;
});

const USER_HANDLE = 0x1122334455667788n;
const SERVICE = 4711;

Then('a query shows every value of a connection id that was bound and listens', async function (this: RdmaWorld) {
  const context = this.context();
  const own = await addressOf(this.client);
  const id = await make(context, OBJECT, undefined, { port_space: 'IB', user_handle: USER_HANDLE });
  await done(id, 'bind', bindTo(own, SERVICE));
  await done(id, 'listen', { backlog: 1 });
  const got = await shown(id);
  const expected: typeof got = {
    state: 'LISTENING',
    portSpace: 'IB',
    userHandle: USER_HANDLE,
    port: 1,
    own,
    service: SERVICE,
    remote: EVERY_PORT,
    remoteService: 0,
    data: [],
  };
  for (const name of Object.keys(expected) as (keyof typeof expected)[]) {
    const [one, two] = [inWords(expected[name]), inWords(got[name])];
    this.check(name, one === two, one, two);
  }
});

function inWords(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `0x${part.toString(16)}` : part));
}

/** Methods that the table has in some states alone, each with a state. */
function* statesOfMethods(world: RdmaWorld, taken: boolean): Generator<{ method: string; state: string; to: string }> {
  for (const { name, from, to = '' } of Object.values(tableOf(world.spec, OBJECT).methods)) {
    if (from === undefined) continue;
    for (const state of REACHED) if (from.includes(state) === taken) yield { method: name, state, to };
  }
}

Then(
  'every method of a connection id is taken in each of its states, and leads where the table says',
  async function (this: RdmaWorld) {
    for (const { method, state, to } of statesOfMethods(this, true)) {
      const context = this.context();
      const id = await idIn(context, state);
      const values = await soundly(context, method);
      const before = await stateOfId(id);
      const result = await ask(id, method, values);
      const expected = `${state}, 0, ${to}`;
      const got = `${before}, ${result.answer}, ${await stateOfId(id)}`;
      this.check(`${method} in ${state}`, got === expected, expected, got, result);
    }
  },
);

When(
  'every method of a connection id is called in every state that it does not have',
  async function (this: RdmaWorld) {
    const trials: Trial[] = [];
    for (const { method, state } of statesOfMethods(this, false)) {
      const context = this.context();
      const id = await idIn(context, state);
      const result = await ask(id, method, await soundly(context, method));
      trials.push({ name: `${method} in ${state}`, result, expected: state, got: await stateOfId(id) });
    }
    this.trials = trials;
  },
);

Then(
  'a connection id can be destroyed in every state, and its address is free again',
  async function (this: RdmaWorld) {
    for (const state of REACHED) {
      const context = this.context();
      const id = await idIn(context, state);
      const { own, service } = await shown(id);
      const result = await ask(id, 'destroy');
      const again = await ask(id, 'query');
      const expected = '0, then ENOENT';
      const got = `${result.answer}, then ${again.answer}`;
      this.check(`in ${state}`, got === expected, expected, got, result);
      if (!['BOUND', 'ADDRESS_RESOLVED', 'ROUTE_RESOLVED', 'LISTENING'].includes(state)) continue;
      const next = await make(context, OBJECT);
      const bound = await ask(next, 'bind', bindTo(own, service));
      this.check(`the address of one in ${state}`, bound.answer === '0', '0', bound.answer, bound);
    }
  },
);
