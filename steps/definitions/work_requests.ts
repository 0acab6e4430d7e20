/** Work requests: two queue pairs that send to each other, what is posted to them, what they report. */
import { Given, Then, When } from '@cucumber/cucumber';
import type { Call, StructValue } from '../../spec/abi/abi.ts';
import { bytesAt, content, isUntouched, piece } from '../client/buffers.ts';
import type { Context } from '../client/client.ts';
import { listsOf, messagesOf } from '../client/message_cases.ts';
import { isDatagram, pair, type Altered } from '../client/pairs.ts';
import { hex } from '../client/recorder.ts';
import { transitionCall } from '../client/queue_pairs.ts';
import { portMtu } from '../client/limits.ts';
import { Refused, on, type Thing } from '../client/things.ts';
import { MESSAGE, RECEIVES_AT, SLOT, receive, rest, send, take, type Completion, type Way } from '../client/work.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** Bytes in front of the payload of a datagram. */
const AREA = 40;
/** Room of a receive, also for a datagram. */
const ROOM = 128;

async function twoOf(
  world: RdmaWorld,
  type: string,
  states: readonly [string, string],
  altered: Altered = {},
): Promise<void> {
  const { way, back } = await pair(world.context(), type, states, altered);
  const { objects } = world;
  for (const [prefix, one] of [
    ['', way],
    ['other ', back],
  ] as const) {
    objects.set(`${prefix}queue pair`, one.from);
    objects.set(`${prefix}memory region`, one.mr);
    if (one.ah !== undefined) objects.set(`${prefix}address handle`, one.ah);
  }
}

/** The way from a queue pair of the scenario to the other one. */
function wayOf(world: RdmaWorld, from = 'queue pair'): Way {
  const [here, there] = from === 'queue pair' ? ['', 'other '] : ['other ', ''];
  const sender = world.thing(`${here}queue pair`);
  const ah = isDatagram(sender.variant ?? '') ? world.thing(`${here}address handle`) : undefined;
  return { from: sender, to: world.thing(`${there}queue pair`), mr: world.thing(`${here}memory region`), ah };
}

/** The memory that receives of a target go to. */
function memoryOf(world: RdmaWorld, target: string): Thing {
  return world.thing(target === 'queue pair' ? 'memory region' : 'other memory region');
}

Given(
  'two {type} queue pairs in {state} and {state}',
  async function (this: RdmaWorld, type: string, first: string, second: string) {
    await twoOf(this, type, [first, second]);
  },
);

Given(
  'two {type} queue pairs in {state} and {state} with {word} {int}',
  async function (this: RdmaWorld, type: string, first: string, second: string, name: string, value: number) {
    await twoOf(this, type, [first, second], name === 'cqe' ? { cqe: value } : { values: { [name]: value } });
  },
);

Given(
  'two {type} queue pairs of two files in {state} and {state}',
  async function (this: RdmaWorld, type: string, first: string, second: string) {
    const contexts: readonly [Context, Context] = [this.context(), await this.client.open()];
    await twoOf(this, type, [first, second], { contexts });
  },
);

Given(
  'two {type} queue pairs in {state} and {state} on the shared receive queue',
  async function (this: RdmaWorld, type: string, first: string, second: string) {
    await twoOf(this, type, [first, second], { srq: this.thing('shared receive queue') });
  },
);

Given(
  '{int} receive(s) is/are posted to the {target}',
  async function (this: RdmaWorld, count: number, target: string) {
    for (let number = 1; number <= count; number += 1) {
      const result = await receive(this.thing(target), number, memoryOf(this, target));
      if (result.errno !== 0) throw new Refused('post-accepts', result);
    }
  },
);

When('{int} message(s) is/are sent', async function (this: RdmaWorld, count: number) {
  for (let number = 1; number <= count; number += 1) {
    const result = await send(wayOf(this), number);
    if (result.errno !== 0) throw new Refused('post-accepts', result);
  }
});

When('a message is sent with {string}', async function (this: RdmaWorld, words: string) {
  const way = wayOf(this);
  for (const { length = MESSAGE, values = {} } of await messagesOf(words, way)) {
    const result = await send(way, 1, length, values);
    if (result.errno !== 0) throw new Refused('post-accepts', result);
  }
});

When('{int} message(s) is/are sent with {string}', async function (this: RdmaWorld, count: number, words: string) {
  const way = wayOf(this);
  const [altered] = await messagesOf(words, way);
  for (let number = 1; number <= count; number += 1) {
    const result = await send(way, number, MESSAGE, altered?.values ?? {});
    if (result.errno !== 0) throw new Refused('post-accepts', result);
  }
});

When(
  'the {target} is moved from {state} to {state}',
  async function (this: RdmaWorld, target: string, from: string, to: string) {
    const qp = this.thing(target);
    const result = await qp.context.call(towards(this, target, transitionCall(qp, from, to)));
    if (result.errno !== 0) throw new Refused('qp-modify-accepts', result);
  },
);

Given(
  'a receive with {string} is posted to the {target}',
  async function (this: RdmaWorld, words: string, target: string) {
    const mr = memoryOf(this, target);
    const list = await receivesOf(words, this, target, mr);
    const result = await receive(this.thing(target), 1, mr, SLOT, list);
    if (result.errno !== 0) throw new Refused('post-accepts', result);
  },
);

async function receivesOf(words: string, world: RdmaWorld, target: string, mr: Thing): Promise<readonly StructValue[]> {
  if (words === 'two pieces') return [piece(mr, RECEIVES_AT, AREA + 7), piece(mr, RECEIVES_AT + AREA + 7, MESSAGE)];
  if (words === 'room for 16 bytes') return [piece(mr, RECEIVES_AT, 16)];
  if (words === 'room for a whole packet') return [piece(mr, RECEIVES_AT, AREA + (await portMtu(mr.context)))];
  const [first] = await listsOf(words, wayOf(world, target), world.thing(target), ROOM);
  return first?.list ?? [];
}

/** A move that names a peer names the other queue pair of the scenario. */
function towards(world: RdmaWorld, target: string, call: Call): Call {
  if (!('dest_qpn' in call.attributes)) return call;
  const other = world.thing(target === 'queue pair' ? 'other queue pair' : 'queue pair');
  return { ...call, attributes: { ...call.attributes, dest_qpn: other.qpn } };
}

Given('its limit is {int}', async function (this: RdmaWorld, limit: number) {
  const srq = this.thing('shared receive queue');
  const result = await srq.context.call(on(srq, 'modify', { srq_limit: limit }));
  if (result.errno !== 0) throw new Refused('srq-modify', result);
});

When(
  'the {target} is moved from {state} to {state} with a notification',
  async function (this: RdmaWorld, target: string, from: string, to: string) {
    const qp = this.thing(target);
    const call = transitionCall(qp, from, to);
    const result = await qp.context.call({ ...call, attributes: { ...call.attributes, en_sqd_async_notify: 1 } });
    if (result.errno !== 0) throw new Refused('qp-modify-accepts', result);
  },
);

When('{type} queue pairs send from {string}', async function (this: RdmaWorld, type: string, words: string) {
  await twoOf(this, type, ['RTS', 'RTS']);
  const outcomes: Trial[] = [];
  for (const { name } of await listsOf(words, wayOf(this), this.thing('queue pair'), MESSAGE)) {
    await twoOf(this, type, ['RTS', 'RTS']);
    const own = await ownList(this, words, 'queue pair', name, MESSAGE);
    const result = await send(wayOf(this), 1, MESSAGE, { sg_list: own });
    if (result.errno !== 0) throw new Refused('post-accepts', result);
    const { completions } = await take(this.thing('queue pair').parts['send_cq'] as Thing, 1);
    outcomes.push({ name, result, expected: '1 LOC_PROT_ERR', got: wordsOf(completions) });
  }
  this.trials = outcomes;
});

When('{type} queue pairs receive into {string}', async function (this: RdmaWorld, type: string, words: string) {
  await twoOf(this, type, ['RTS', 'RTS']);
  const outcomes: Trial[] = [];
  for (const { name } of await listsOf(words, wayOf(this, 'other queue pair'), this.thing('other queue pair'), ROOM)) {
    await twoOf(this, type, ['RTS', 'RTS']);
    const own = await ownList(this, words, 'other queue pair', name, ROOM);
    const target = this.thing('other queue pair');
    const posted = await receive(target, 1, memoryOf(this, 'other queue pair'), SLOT, own);
    if (posted.errno !== 0) throw new Refused('post-accepts', posted);
    const result = await send(wayOf(this), 1, MESSAGE);
    if (result.errno !== 0) throw new Refused('post-accepts', result);
    const { completions } = await take(target.parts['recv_cq'] as Thing, 1);
    const kept = words === CONSTANT ? await untouched(target, own) : 'as it was';
    const got = `${wordsOf(completions)}, memory ${kept}`;
    outcomes.push({ name, result, expected: '1 LOC_PROT_ERR, memory as it was', got });
  }
  this.trials = outcomes;
});

const CONSTANT = 'memory that must not be written';

/** Whether the memory of a list holds what it held before any message, in words. */
async function untouched({ context }: Thing, list: readonly StructValue[]): Promise<string> {
  for (const { addr = 0n, length = 0 } of list) {
    const loaded = await context.client.ask(context.process.load(BigInt(addr), Number(length)), 'load');
    if (loaded.ok && !isUntouched(loaded.value)) return hex(loaded.value);
  }
  return 'as it was';
}

/** The same case on the memory of the pair at hand. */
async function ownList(
  world: RdmaWorld,
  words: string,
  target: string,
  name: string,
  size: number,
): Promise<readonly StructValue[]> {
  const cases = await listsOf(words, wayOf(world, target), world.thing(target), size);
  return cases.find((one) => one.name === name)?.list ?? [];
}

Then(
  'the {target} reports {int} {queue} with {word}',
  async function (this: RdmaWorld, target: string, count: number, queue: 'send' | 'receive', status: string) {
    const cq = this.thing(target).parts[queue === 'send' ? 'send_cq' : 'recv_cq'] as Thing;
    const { result, completions } = count === 0 ? await rest(cq) : await take(cq, count);
    const expected = Array.from({ length: count }, (_, index) => `${String(index + 1)} ${status}`).join(', ');
    const got = wordsOf(inOrder(this.thing(target).variant, queue, completions));
    this.check(`${queue}s of the ${target}`, got === (expected || 'nothing'), expected || 'nothing', got, result);
    if (count === 0) return;
    const { completions: more } = await rest(cq);
    this.check(`nothing more of the ${target}`, more.length === 0, 'nothing', wordsOf(more), result);
  },
);

Then('the {target} reports 1 send in error', async function (this: RdmaWorld, target: string) {
  const { result, completions } = await take(this.thing(target).parts['send_cq'] as Thing, 1);
  const got = wordsOf(completions);
  const passed = completions.length === 1 && completions[0]?.status !== 'SUCCESS';
  this.check(`send of the ${target}`, passed, '1 in error', got, result);
});

/** Where order does not count, completions are looked at in the order of their numbers. */
function inOrder(type: string | undefined, queue: string, completions: readonly Completion[]): Completion[] {
  const loose = type === 'DRIVER';
  return loose && queue !== '' ? completions.toSorted((a, b) => a.number - b.number) : [...completions];
}

function wordsOf(completions: readonly Completion[]): string {
  return completions.map(({ number, status }) => `${String(number)} ${status}`).join(', ') || 'nothing';
}

Then('the {int} message(s) is/are in the receive buffers, in order', async function (this: RdmaWorld, count: number) {
  await arrived(this, count, (found) => found);
});

Then('the {int} messages are in the receive buffers, in any order', async function (this: RdmaWorld, count: number) {
  await arrived(this, count, (found) => found.toSorted());
});

/** What stands where payloads belong, message by message. */
async function arrived(
  world: RdmaWorld,
  count: number,
  order: (found: readonly string[]) => readonly string[],
): Promise<void> {
  const area = world.thing('queue pair').variant === 'UD' ? AREA : 0;
  const mr = memoryOf(world, 'other queue pair');
  const found: string[] = [];
  const sent: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    found.push(hex(await bytesAt(mr, RECEIVES_AT + (number - 1) * SLOT + area, MESSAGE)));
    sent.push(hex(content(number, MESSAGE)));
  }
  const [expected, got] = [order(sent), order(found)];
  for (const [index, bytes] of expected.entries())
    world.check(`message ${String(index + 1)}`, got[index] === bytes, bytes, got[index] ?? 'nothing');
}

Then(
  'the first {int} bytes of the message are in the receive buffer',
  async function (this: RdmaWorld, length: number) {
    const area = this.thing('queue pair').variant === 'UD' ? AREA : 0;
    const got = hex(await bytesAt(memoryOf(this, 'other queue pair'), RECEIVES_AT + area, length));
    const expected = hex(content(1, length));
    this.check('payload', got === expected, expected, got);
  },
);

Then('the receive buffers are untouched', async function (this: RdmaWorld) {
  const bytes = await bytesAt(memoryOf(this, 'other queue pair'), RECEIVES_AT, SLOT);
  this.check('first buffer', isUntouched(bytes), 'as it was', isUntouched(bytes) ? 'as it was' : hex(bytes));
});

Then('every completion is as it must be', function (this: RdmaWorld) {
  for (const { name, result, expected = '', got = '' } of this.trials)
    this.check(name, expected === got, expected, got, result);
});
