/** Addresses of connection identifiers, and the events that answer. */
import { Then, When } from '@cucumber/cucumber';
import type { Context } from '../client/client.ts';
import { EVERY_PORT, NOWHERE, addressOf, bindTo, shown, stateOfId, told, towards } from '../client/cm_addresses.ts';
import { done } from '../client/connections.ts';
import { aboutThing, drain, setPort, eventsOn, happen } from '../client/events.ts';
import { limitOf } from '../client/limits.ts';
import { anyVariant } from '../client/offered.ts';
import { SYSTEM_NODE } from '../client/system_node.ts';
import { ask, make, type Thing } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const OBJECT = 'cm_id';
const SERVICE = 4711;

function contextCalled(world: RdmaWorld, words: string): Context {
  return world.context(words === 'device' ? undefined : SYSTEM_NODE);
}

When(
  /^a connection id of the (device|system-wide node) is bound to an address that no port has$/,
  async function (this: RdmaWorld, where: string) {
    this.result = await ask(await make(contextCalled(this, where), OBJECT), 'bind', bindTo(NOWHERE));
  },
);

When('connection ids are bound to addresses that others have', async function (this: RdmaWorld) {
  const [device, node] = [this.context(), this.context(SYSTEM_NODE)];
  const port = await addressOf(this.client);
  const trials: Trial[] = [];
  let service = SERVICE;
  for (const [there, has] of [
    ['the port', port],
    ['every port', EVERY_PORT],
  ] as const)
    for (const [here, wants] of [
      ['the port', port],
      ['every port', EVERY_PORT],
    ] as const)
      for (const [first, second, files] of [
        [device, device, 'one file'],
        [device, node, 'the device and the node'],
        [node, device, 'the node and the device'],
      ] as const) {
        service += 1;
        await done(await make(first, OBJECT), 'bind', bindTo(has, service));
        // Another port space has numbers of its own.
        await done(await make(second, OBJECT, undefined, { port_space: 'IB' }), 'bind', bindTo(wants, service));
        const id = await make(second, OBJECT);
        const result = await ask(id, 'bind', bindTo(wants, service));
        const name = `${here} where another has ${there}, ${files}`;
        trials.push({ name, result, expected: 'IDLE', got: await stateOfId(id) });
      }
  this.trials = trials;
});

Then('{int} connection ids bound to service 0 have a service each', async function (this: RdmaWorld, count: number) {
  const port = await addressOf(this.client);
  const services = new Set<number>();
  for (let number = 1; number <= count; number += 1) {
    const id = await make(this.context(), OBJECT, undefined, { port_space: number % 2 === 0 ? 'IB' : 'TCP' });
    await done(id, 'bind', bindTo(port));
    const { service } = await shown(id);
    const fresh = service !== 0 && !services.has(service);
    this.check(`id ${String(number)}`, fresh, 'a number of its own', String(service));
    services.add(service);
  }
});

/** A channel, and an id that reports to it. */
async function withChannel(context: Context): Promise<{ channel: Thing; id: Thing }> {
  const channel = await make(context, 'event_channel');
  return { channel, id: await make(context, OBJECT, undefined, { event_channel: channel.handle }) };
}

Then('the address of every port is resolved, and the connection id is on that port', async function (this: RdmaWorld) {
  const context = this.context();
  const ports = await limitOf(context, 'port_count');
  for (let port = 1; port <= ports; port += 1) {
    const address = await addressOf(this.client, port);
    const { channel, id } = await withChannel(context);
    const result = await ask(id, 'resolve_address', towards(address, SERVICE));
    const events = await eventsOn(channel, 1);
    const now = await shown(id);
    const expected = `CM_ADDR_RESOLVED, port ${String(port)}, ${told(address)} to ${told(address)} ${String(SERVICE)}`;
    const got = `${events}, port ${String(now.port)}, ${told(now.own)} to ${told(now.remote)} ${String(now.remoteService)}`;
    this.check(`port ${String(port)}`, got === expected, expected, got, result);
  }
});

Then(
  'the address of nobody is answered by CM_ADDR_ERROR, and the connection id is as it was',
  async function (this: RdmaWorld) {
    for (const state of ['IDLE', 'BOUND']) {
      const { channel, id } = await withChannel(this.context());
      if (state === 'BOUND') await done(id, 'bind', bindTo(await addressOf(this.client)));
      const result = await ask(id, 'resolve_address', towards(NOWHERE, SERVICE));
      const expected = `0, CM_ADDR_ERROR, ${state}`;
      const got = `${result.answer}, ${await eventsOn(channel, 1)}, ${await stateOfId(id)}`;
      this.check(state, got === expected, expected, got, result);
    }
  },
);

Then(
  'a route by a port that is down is answered by CM_ROUTE_ERROR, and by one that is up again is found',
  async function (this: RdmaWorld) {
    const { channel, id } = await withChannel(this.context());
    await done(id, 'resolve_address', towards(await addressOf(this.client), SERVICE));
    await drain(channel, 1);
    for (const [port, expected] of [
      ['DOWN', '0, CM_ROUTE_ERROR, ADDRESS_RESOLVED'],
      ['ACTIVE', '0, CM_ROUTE_RESOLVED, ROUTE_RESOLVED'],
    ] as const) {
      await setPort(this.client, port);
      const result = await ask(id, 'resolve_route');
      const got = `${result.answer}, ${await eventsOn(channel, 1)}, ${await stateOfId(id)}`;
      this.check(`port ${port}`, got === expected, expected, got, result);
    }
  },
);

/** The records of a channel, each with the user handle it is about. */
async function namesOn(channel: Thing, expected: number): Promise<string> {
  const records = await drain(channel, expected);
  return records.map(({ event, element }) => `${event} of ${element.toString(16)}`).join(', ');
}

Then(
  'one channel of the device has the events of a connection id and of a queue pair in their order',
  async function (this: RdmaWorld) {
    const context = this.context();
    const channel = await make(context, 'event_channel');
    const extra = { event_channel: channel.handle };
    const id = await make(context, OBJECT, undefined, { ...extra, user_handle: 0xcn });
    const qp = await make(context, 'qp', anyVariant(this.client.session, 'qp'), { ...extra, user_handle: 0xdn });
    await done(id, 'resolve_address', towards(await addressOf(this.client), SERVICE));
    await happen(this.client, 'QP_FATAL', aboutThing(qp));
    await done(id, 'resolve_route');
    const expected = 'CM_ADDR_RESOLVED of c, QP_FATAL of d, CM_ROUTE_RESOLVED of c';
    const got = await namesOn(channel, 3);
    this.check('records', got === expected, expected, got);
  },
);

Then(
  'one channel of the system-wide node has the events of two connection ids in their order',
  async function (this: RdmaWorld) {
    const node = this.context(SYSTEM_NODE);
    const channel = await make(node, 'event_channel');
    const port = await addressOf(this.client);
    const ids: Thing[] = [];
    for (const user_handle of [0xen, 0xfn])
      ids.push(await make(node, OBJECT, undefined, { event_channel: channel.handle, user_handle }));
    for (const id of ids) await done(id, 'resolve_address', towards(port, SERVICE));
    for (const id of ids.toReversed()) await done(id, 'resolve_route');
    const expected = 'CM_ADDR_RESOLVED of e, CM_ADDR_RESOLVED of f, CM_ROUTE_RESOLVED of f, CM_ROUTE_RESOLVED of e';
    const got = await namesOn(channel, expected.split(', ').length);
    this.check('records', got === expected, expected, got);
  },
);
