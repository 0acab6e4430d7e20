/** Connection identifiers of the system-wide node: their handles, how they move to a device, and what becomes of them when it goes. */
import { Then, When } from '@cucumber/cucumber';
import { globalPart } from '../../spec/abi/uapi/global.ts';
import type { Client, Context } from '../client/client.ts';
import { EVERY_PORT, addressOf, bindTo, shown, stateOfId, told, towards } from '../client/cm_addresses.ts';
import { asking, done, listener, led, made, moving, queuePair, taken, taking } from '../client/connections.ts';
import { drain, eventsOn } from '../client/events.ts';
import { plugDevice, removeDevice } from '../client/removal.ts';
import { SYSTEM_NODE, openSystemNodeIn } from '../client/system_node.ts';
import { ask, make, tableOf, type Thing } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const OBJECT = 'cm_id';
/** A handle no test ever reaches, and a descriptor. */
const NO_HANDLE = 0x00fffff0;
const NO_FD = 700;
const SERVICE = 4711;

When('every method that requires an object of a device is called there', async function (this: RdmaWorld) {
  const node = this.context(SYSTEM_NODE);
  const table = tableOf(this.spec, OBJECT);
  const there = globalPart(this.spec).objects[OBJECT]?.methods ?? {};
  const id = await make(node, OBJECT);
  const trials: Trial[] = [];
  for (const { name } of Object.values(table.methods).filter(({ name }) => there[name] === undefined))
    for (const [how, attributes] of [
      ['with a queue pair', { qp: 1 }],
      ['alone', {}],
    ] as const) {
      const result = await ask(id, name, attributes);
      trials.push({ name: `${name} ${how}`, result, expected: 'IDLE', got: await stateOfId(id) });
    }
  this.trials = trials;
});

Then('handles of the system-wide node are kept apart from those of other files', async function (this: RdmaWorld) {
  const [device, node] = [this.context(), this.context(SYSTEM_NODE)];
  const files = [node, await openSystemNodeIn(this.client, node.process), device];
  const kept: Thing[] = [];
  for (const [index, file] of files.entries())
    kept.push(await make(file, OBJECT, undefined, { user_handle: BigInt(index + 1) }));
  for (const [index, id] of kept.entries()) {
    const got = String((await shown(id)).userHandle);
    this.check(`file ${String(index + 1)}`, got === String(index + 1), String(index + 1), got);
  }
  const gone = await ask(kept[0] as Thing, 'destroy');
  for (const id of kept.slice(1)) {
    const result = await ask(id, 'query');
    this.check('after a destroy in the first file', result.answer === '0', '0', result.answer, gone);
  }
});

/** A file of the system-wide node in the process of a device's file, since a descriptor is named by its number. */
function nodeBeside(context: Context): Promise<Context> {
  return openSystemNodeIn(context.client, context.process);
}

async function boundOn(node: Context, extra: Readonly<Record<string, number | bigint>> = {}): Promise<Thing> {
  const id = await make(node, OBJECT, undefined, extra);
  await done(id, 'bind', bindTo(await addressOf(node.client)));
  return id;
}

Then(
  'an id that moves to a device brings its state, its address and its unread events',
  async function (this: RdmaWorld) {
    const context = this.context();
    const node = await nodeBeside(context);
    const old = await make(node, 'event_channel');
    const channel = await make(context, 'event_channel');
    const id = await make(node, OBJECT, undefined, { event_channel: old.handle, user_handle: 7n });
    await done(id, 'resolve_address', towards(await addressOf(this.client), SERVICE));
    const before = await shown(id);
    const result = await moving(context, node.fd, id.handle, { event_channel: channel.handle });
    const moved = made(context, result, 'cm-move');
    await done(moved, 'resolve_route');
    const after = await shown(moved);
    const words = ({ own, service, remote, remoteService, port, userHandle }: typeof before): string =>
      [told(own), service, told(remote), remoteService, port, userHandle].map(String).join(' ');
    this.check('what it shows', words(before) === words(after), words(before), words(after), result);
    this.check('state', after.state === 'ROUTE_RESOLVED', 'ROUTE_RESOLVED', after.state, result);
    const records = (await drain(channel, 2)).map(({ event, element }) => `${event} of ${String(element)}`).join(', ');
    const expected = 'CM_ADDR_RESOLVED of 7, CM_ROUTE_RESOLVED of 7';
    this.check('events', records === expected, expected, records, result);
    const left = await eventsOn(old);
    this.check('events on the node', left === 'nothing', 'nothing', left, result);
    const again = await ask(id, 'query');
    this.check('the old handle', again.answer === 'ENOENT', 'ENOENT', again.answer, again);
  },
);

Then('a request taken on the system-wide node can be accepted on the device', async function (this: RdmaWorld) {
  const context = this.context();
  const node = await nodeBeside(context);
  const to = await listener(node, { at: EVERY_PORT });
  const one = await asking(context, to, [0x51]);
  const request = await taken(to);
  const moved = made(context, await moving(context, node.fd, request.handle), 'cm-move');
  const { state, data } = await shown(moved);
  this.check('moved', `${state} ${data.join()}` === 'REQUESTED 81', 'REQUESTED 81', `${state} ${data.join()}`);
  const qp = await queuePair(context);
  const result = await ask(moved, 'accept', { qp: qp.handle });
  const got = `${result.answer}, ${await stateOfId(one.id)}, ${(await led(one.qp)).state}, ${(await led(qp)).state}`;
  this.check('accepted', got === '0, ESTABLISHED, RTS, RTS', '0, ESTABLISHED, RTS, RTS', got, result);
});

When('ids move from descriptors that are not of the system-wide node', async function (this: RdmaWorld) {
  const context = this.context();
  const node = await nodeBeside(context);
  const { handle } = await boundOn(node);
  const channel = await make(node, 'event_channel');
  // The same handle names an id of the device.
  await make(context, OBJECT);
  const trials: Trial[] = [];
  for (const [name, fd] of [
    ['of nothing', NO_FD],
    ['of a device', context.fd],
    ['of a channel of the node', channel.handle],
  ] as const)
    trials.push({ name, result: await moving(context, fd, handle) });
  await node.close();
  trials.push({ name: 'that was closed', result: await moving(context, node.fd, handle) });
  this.trials = trials;
});

When('ids are made from handles that name none', async function (this: RdmaWorld) {
  const context = this.context();
  const node = await nodeBeside(context);
  const there = await boundOn(node);
  this.trials = [
    { name: 'a listener of nobody', result: await taking({ ...there, context, handle: NO_HANDLE }) },
    { name: 'a listener of another file', result: await taking({ ...there, context }) },
    { name: 'an id of nobody on the node', result: await moving(context, node.fd, NO_HANDLE) },
  ];
});

When('ids move that are on no port of the device', async function (this: RdmaWorld) {
  const context = this.context();
  const node = await nodeBeside(context);
  const idle = await make(node, OBJECT);
  const everywhere = await listener(node, { at: EVERY_PORT });
  const bound = await boundOn(node);
  const second = await nodeBeside(context);
  const trials: Trial[] = [];
  for (const [name, id, to] of [
    ['one that is idle', idle, context],
    ['one at every port', everywhere, context],
    ['one to the node', bound, second],
  ] as const) {
    const before = await stateOfId(id);
    const result = await moving(to, node.fd, id.handle);
    trials.push({ name, result, expected: before, got: await stateOfId(id) });
  }
  this.trials = trials;
});

/** The states that the system-wide node leads to on a port of a device, each with an id that reports to the channel. */
async function onPort(
  node: Context,
  client: Client,
  extra: Readonly<Record<string, number>>,
): Promise<[string, Thing][]> {
  const port = await addressOf(client);
  const bound = await boundOn(node, extra);
  const resolved = await make(node, OBJECT, undefined, extra);
  await done(resolved, 'resolve_address', towards(port, SERVICE));
  const ready = await make(node, OBJECT, undefined, extra);
  await done(ready, 'resolve_address', towards(port, SERVICE));
  await done(ready, 'resolve_route');
  return [
    ['BOUND', bound],
    ['ADDRESS_RESOLVED', resolved],
    ['ROUTE_RESOLVED', ready],
    ['LISTENING', await listener(node, { extra })],
  ];
}

Then('ids of the system-wide node hear of the removal of their device, and are over', async function (this: RdmaWorld) {
  const node = this.context(SYSTEM_NODE);
  const ids: { name: string; id: Thing; channel: Thing }[] = [];
  for (let at = 0; at < 4; at += 1) {
    const channel = await make(node, 'event_channel');
    const [name = '', id] = (await onPort(node, this.client, { event_channel: channel.handle }))[at] ?? [];
    if (id !== undefined) ids.push({ name, id, channel });
  }
  const idle = await make(node, OBJECT);
  for (const { channel } of ids) await drain(channel, 1);
  await removeDevice(this.client);
  for (const { name, id, channel } of ids) {
    const events = (await drain(channel, 1)).map(({ event }) => event);
    const heard = events.includes('CM_DEVICE_REMOVAL') ? 'CM_DEVICE_REMOVAL' : 'nothing';
    const refused = await ask(id, 'resolve_route');
    const got = `${heard}, ${await stateOfId(id)}, ${refused.answer}, ${(await ask(id, 'destroy')).answer}`;
    const expected = 'CM_DEVICE_REMOVAL, DEVICE_GONE, EINVAL, 0';
    this.check(name, got === expected, expected, got, refused);
  }
  const state = await stateOfId(idle);
  this.check('one that is on no port', state === 'IDLE', 'IDLE', state);
});

Then(
  'a listener at every port stays when the device goes, and has the requests of the one that comes',
  async function (this: RdmaWorld) {
    const node = this.context(SYSTEM_NODE);
    const channel = await make(node, 'event_channel');
    const to = await listener(node, { at: EVERY_PORT, extra: { event_channel: channel.handle } });
    await asking(this.context(), to);
    await drain(channel, 1);
    await removeDevice(this.client);
    const none = await taking(to);
    this.check('the request that came by it', none.answer === 'EAGAIN', 'EAGAIN', none.answer, none);
    const [state, events] = [await stateOfId(to), await eventsOn(channel)];
    this.check(
      'meanwhile',
      `${state}, ${events}` === 'LISTENING, nothing',
      'LISTENING, nothing',
      `${state}, ${events}`,
    );
    await plugDevice(this.client);
    await asking(await this.client.open(), to);
    const heard = await eventsOn(channel, 1);
    this.check('afterwards', heard === 'CM_CONNECT_REQUEST', 'CM_CONNECT_REQUEST', heard);
    const next = await taking(to);
    this.check('the request', next.answer === '0', '0', next.answer, next);
  },
);
