/** Requests of connections: where they go, who takes them, and what turns them away. */
import { Then, When } from '@cucumber/cucumber';
import type { Context } from '../client/client.ts';
import { EVERY_PORT, addressOf, bindTo, shown, stateOfId, told } from '../client/cm_addresses.ts';
import {
  REACHED,
  asking,
  done,
  idIn,
  listener,
  queuePair,
  routed,
  taken,
  taking,
  type Asking,
} from '../client/connections.ts';
import { drain, eventsOn, setPort } from '../client/events.ts';
import { ask, make, type Thing } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const OBJECT = 'cm_id';
/** Words of private data: as many as there can be, and one more. */
const MOST_WORDS = 14;

async function channelOf(context: Context): Promise<{ channel: Thing; extra: { event_channel: number } }> {
  const channel = await make(context, 'event_channel');
  return { channel, extra: { event_channel: channel.handle } };
}

Then(
  'each of {int} requests is an event at the listener they are for and at no other',
  async function (this: RdmaWorld, count: number) {
    const context = this.context();
    const [first, second] = [await channelOf(context), await channelOf(context)];
    for (const [name, at] of [
      ['the port', await addressOf(this.client)],
      ['every port', EVERY_PORT],
    ] as const) {
      const to = await listener(context, { at, extra: first.extra });
      await listener(context, { at, extra: second.extra });
      for (let number = 1; number <= count; number += 1) {
        await asking(context, to);
        const got = `${await eventsOn(first.channel, 1)}, ${await eventsOn(second.channel)}`;
        const expected = 'CM_CONNECT_REQUEST, nothing';
        this.check(`request ${String(number)} at ${name}`, got === expected, expected, got);
      }
    }
  },
);

Then(
  '{int} requests are taken oldest first, each with the addresses and the data of its sender',
  async function (this: RdmaWorld, count: number) {
    const context = this.context();
    const to = await listener(context);
    const { own, service } = await shown(to);
    const asked: Asking[] = [];
    for (let number = 1; number <= count; number += 1) asked.push(await asking(context, to, [number, 0xabcd]));
    for (const [index, { id }] of asked.entries()) {
      const far = await shown(id);
      const { state, ...is } = await shown(await taken(to));
      const expected = `REQUESTED, ${told(own)} ${String(service)} from ${told(far.own)} ${String(far.service)}, ${String(index + 1)} ${String(0xabcd)}`;
      const got = `${state}, ${told(is.own)} ${String(is.service)} from ${told(is.remote)} ${String(is.remoteService)}, ${is.data.join(' ')}`;
      this.check(`request ${String(index + 1)}`, got === expected, expected, got);
    }
  },
);

When('requests are taken where none waits', async function (this: RdmaWorld) {
  const context = this.context();
  const to = await listener(context);
  const before = await taking(to);
  await asking(context, to);
  await taken(to);
  this.trials = [
    { name: 'before the first', result: before },
    { name: 'after the last', result: await taking(to) },
  ];
});

When('requests are taken from connection ids that do not listen', async function (this: RdmaWorld) {
  const context = this.context();
  const trials: Trial[] = [];
  for (const state of REACHED) {
    if (state === 'LISTENING') continue;
    const id = await idIn(context, state);
    trials.push({ name: state, result: await taking(id), expected: state, got: await stateOfId(id) });
  }
  this.trials = trials;
});

Then(
  'of {int} requests at a backlog of {int} the last is rejected, and after one was taken the next waits',
  async function (this: RdmaWorld, count: number, backlog: number) {
    const context = this.context();
    const to = await listener(context, { backlog });
    const { channel, extra } = await channelOf(context);
    const states = async (number: number): Promise<string> => {
      await drain(channel);
      const { id } = await asking(context, to, [], extra);
      const events = (await drain(channel)).map(({ event }) => event).filter((event) => event === 'CM_REJECTED');
      return `request ${String(number)}: ${await stateOfId(id)} ${events.join(' ')}`.trim();
    };
    for (let number = 1; number <= count; number += 1) {
      const got = await states(number);
      const expected = `request ${String(number)}: ${number > backlog ? 'DISCONNECTED CM_REJECTED' : 'CONNECTING'}`;
      this.check(`request ${String(number)}`, got === expected, expected, got);
    }
    await taken(to);
    const [got, expected] = [await states(count + 1), `request ${String(count + 1)}: CONNECTING`];
    this.check('after one was taken', got === expected, expected, got);
  },
);

/** What the connect of an id is answered, the event that follows, and the state of the id and of its queue pair. */
async function turnedAway(context: Context, id: Thing, channel: Thing): Promise<string> {
  await drain(channel);
  const qp = await queuePair(context);
  const result = await ask(id, 'connect', { qp: qp.handle });
  const destroyed = await ask(qp, 'destroy');
  return `${result.answer}, ${await eventsOn(channel, 1)}, ${await stateOfId(id)}, ${destroyed.answer}`;
}

Then('requests for services at which nobody listens are rejected', async function (this: RdmaWorld) {
  const context = this.context();
  const { channel, extra } = await channelOf(context);
  const bound = await make(context, OBJECT);
  await done(bound, 'bind', bindTo(await addressOf(this.client)));
  const other = await listener(context, { extra: { port_space: 'IB' } });
  const ended = await listener(context);
  const { service: free } = await shown(ended);
  await ask(ended, 'destroy');
  for (const [name, service] of [
    ['nobody has', free],
    ['is only bound', (await shown(bound)).service],
    ['is of the other port space', (await shown(other)).service],
  ] as const) {
    const got = await turnedAway(context, await routed(context, service, extra), channel);
    const expected = '0, CM_REJECTED, DISCONNECTED, 0';
    this.check(`a service that ${name}`, got === expected, expected, got);
  }
});

Then('a request by a port that has gone down is answered by CM_UNREACHABLE', async function (this: RdmaWorld) {
  const context = this.context();
  const { channel, extra } = await channelOf(context);
  const id = await routed(context, (await shown(await listener(context))).service, extra);
  await setPort(this.client, 'DOWN');
  const got = await turnedAway(context, id, channel);
  const expected = '0, CM_UNREACHABLE, DISCONNECTED, 0';
  this.check('connect', got === expected, expected, got);
});

When('connects, accepts and rejects have one word of private data too many', async function (this: RdmaWorld) {
  const context = this.context();
  const data = Array.from({ length: MOST_WORDS + 1 }, (_, index) => index + 1);
  const trials: Trial[] = [];
  for (const [method, state] of [
    ['connect', 'ROUTE_RESOLVED'],
    ['accept', 'REQUESTED'],
    ['reject', 'REQUESTED'],
  ] as const) {
    const id = await idIn(context, state);
    const pair = method === 'reject' ? {} : { qp: (await queuePair(context)).handle };
    const result = await ask(id, method, { ...pair, private_data: data });
    const kept = await stateOfId(id);
    await done(id, method, { ...pair, private_data: data.slice(1) });
    trials.push({ name: method, result, expected: state, got: kept });
  }
  this.trials = trials;
});
