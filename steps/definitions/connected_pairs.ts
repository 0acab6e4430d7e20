/** Queue pairs that the core connects. */
import { Then, When } from '@cucumber/cucumber';
import { region } from '../client/buffers.ts';
import { shown, stateOfId, told } from '../client/cm_addresses.ts';
import { asking, connected, idIn, led, listener, queuePair } from '../client/connections.ts';
import { limitOf } from '../client/limits.ts';
import { typesOffered } from '../client/offered.ts';
import { bringTo } from '../client/queue_pairs.ts';
import { requested, seen, established } from '../client/sided.ts';
import { ask, on, pathOn, tableOf, type Thing } from '../client/things.ts';
import { receive, send, take } from '../client/work.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

function checked(world: RdmaWorld, name: string, expected: string, got: string): void {
  world.check(name, got === expected, expected, got);
}

Then(
  'an accept brings queue pairs in {word} to RTS on both sides, and each is told',
  async function (this: RdmaWorld, state: string) {
    const { one, other } = await requested(this.context(), this.context(), state);
    const result = await ask(other.id, 'accept', { qp: other.qp.handle, private_data: [7] });
    this.check('accept', result.answer === '0', '0', result.answer, result);
    for (const [name, side, far] of [
      ['the one that asked', one, other],
      ['the one that accepted', other, one],
    ] as const) {
      checked(this, name, 'CM_ESTABLISHED, ESTABLISHED, RTS', await seen(side));
      checked(this, `the peer of ${name}`, String(far.qp.qpn), String((await led(side.qp)).destination));
    }
    checked(this, 'data of the accept', '7', (await shown(one.id)).data.join(' '));
  },
);

Then('a message gets from one queue pair of a connection to the other', async function (this: RdmaWorld) {
  const { one, other } = await established(this.context());
  const mr = await region(this.context(), one.qp.parts['pd'] as Thing);
  await receive(other.qp, 1, mr);
  await send({ from: one.qp, to: other.qp, mr }, 1);
  // Both report to one queue.
  const { completions } = await take(one.qp.parts['send_cq'] as Thing, 2);
  const got = completions.map(({ status }) => status).join(', ');
  checked(this, 'completions', 'SUCCESS, SUCCESS', got);
});

When('connects and accepts name queue pairs that do not fit', async function (this: RdmaWorld) {
  const context = this.context();
  const { capabilities } = this.client.session;
  const trials: Trial[] = [];
  const unfit: Record<string, () => Promise<Thing>> = {
    'one that another id has': async () => (await asking(context, await listener(context))).qp,
    'one of a connection': async () => (await connected(context)).one.qp,
  };
  for (const state of ['RTR', 'RTS', 'SQD', 'ERR'])
    unfit[`one in ${state}`] = async () => {
      const qp = await queuePair(context);
      await bringTo(qp, state);
      return qp;
    };
  for (const type of typesOffered(this.client.session))
    if (['UC', 'UD'].includes(type)) unfit[`one of type ${type}`] = () => queuePair(context, type);
  if ((await limitOf(context, 'port_count')) > 1 && capabilities.has('qp-rc'))
    unfit['one in INIT on another port'] = async () => {
      const qp = await queuePair(context);
      await bringTo(qp, 'INIT', 2);
      return qp;
    };
  for (const [name, make] of Object.entries(unfit))
    for (const [method, state] of [
      ['connect', 'ROUTE_RESOLVED'],
      ['accept', 'REQUESTED'],
    ] as const) {
      const id = await idIn(context, state);
      const qp = await make();
      const before = (await led(qp)).state;
      const result = await ask(id, method, { qp: qp.handle });
      const got = `${await stateOfId(id)}, ${(await led(qp)).state}`;
      trials.push({ name: `${method} of ${name}`, result, expected: `${state}, ${before}`, got });
    }
  this.trials = trials;
});

Then('both queue pairs of a connection show the path of its route', async function (this: RdmaWorld) {
  const context = this.context();
  const { one, other } = await connected(context);
  for (const [name, { id, qp }] of [
    ['the one', one],
    ['the other', other],
  ] as const) {
    const { port, remote } = await shown(id);
    const is = await led(qp);
    checked(this, name, `port ${String(port)} to ${told(remote)}`, `port ${String(is.port)} to ${told(is.remote)}`);
  }
});

When('queue pairs of connections are modified to lead elsewhere', async function (this: RdmaWorld) {
  const context = this.context();
  const [path, value] = await pathOn(context, tableOf(this.spec, 'qp'));
  const elsewhere = {
    'a path': { [path]: value },
    'a destination': { dest_qpn: 17 },
    'a port': { port: 1 },
    'a partition key': { pkey_index: 0 },
    RESET: { state: 'RESET' },
    INIT: { state: 'INIT' },
  };
  const trials: Trial[] = [];
  const tryAll = async (name: string, qp: Thing): Promise<void> => {
    const before = await led(qp);
    for (const [what, attributes] of Object.entries(elsewhere)) {
      const result = await qp.context.call(on(qp, 'modify', attributes));
      const now = await led(qp);
      const words = (is: typeof now): string => `${is.state}, ${told(is.remote)}, ${String(is.destination)}`;
      trials.push({ name: `${what}, ${name}`, result, expected: words(before), got: words(now) });
    }
  };
  await tryAll('while connecting', (await asking(context, await listener(context))).qp);
  const { one, other } = await connected(context);
  await tryAll('in RTS', other.qp);
  const drained = await one.qp.context.call(on(one.qp, 'modify', { state: 'SQD' }));
  this.check('SQD can be asked for', drained.answer === '0', '0', drained.answer, drained);
  await tryAll('in SQD', one.qp);
  this.trials = trials;
});

When('the queue pairs of a connection are destroyed', async function (this: RdmaWorld) {
  const { one, other } = await connected(this.context());
  const waiting = await asking(this.context(), await listener(this.context()));
  const trials: Trial[] = [];
  for (const [name, { qp }] of [
    ['the one', one],
    ['the other', other],
    ['one that connects', waiting],
  ] as const)
    trials.push({ name, result: await qp.context.call(on(qp, 'destroy')) });
  this.trials = trials;
});
