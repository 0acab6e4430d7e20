/** Work requests: two queue pairs that send to each other, and what is posted to them. */
import { Given, When } from '@cucumber/cucumber';
import { BackendError } from '../../backends/backend.ts';
import type { Call, StructValue } from '../../spec/abi/abi.ts';
import { errnoName } from '../../spec/errno.ts';
import { isUntouched, piece } from '../client/buffers.ts';
import type { Context } from '../client/client.ts';
import { portMtu } from '../client/limits.ts';
import { listsOf, messagesOf, type ListCase } from '../client/message_cases.ts';
import { grantedCqe } from '../client/pairs.ts';
import { hex } from '../client/recorder.ts';
import { transitionCall } from '../client/queue_pairs.ts';
import { Refused, on, type Thing } from '../client/things.ts';
import { MESSAGE, RECEIVES_AT, SLOT, receive, send, take } from '../client/work.ts';
import { AREA, ROOM, memoryOf, twoOf, wayOf, wordsOf } from '../support/sides.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

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

Given(
  '{int} receive(s) more than its completion queue holds is/are posted to the {target}',
  async function (this: RdmaWorld, more: number, target: string) {
    const qp = this.thing(target);
    const count = grantedCqe(qp.parts['recv_cq'] as Thing) + more;
    for (let number = 1; number <= count; number += 1) {
      const result = await receive(qp, slotOf(number), memoryOf(this, target));
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

When(
  '{int} message(s) more than its completion queue holds is/are sent with {string}',
  async function (this: RdmaWorld, more: number, words: string) {
    const way = wayOf(this);
    const [altered] = await messagesOf(words, way);
    const count = grantedCqe(this.thing('other queue pair').parts['recv_cq'] as Thing) + more;
    for (let number = 1; number <= count; number += 1) {
      const result = await send(way, slotOf(number), MESSAGE, altered?.values ?? {});
      if (result.errno !== 0) throw new Refused('post-accepts', result);
    }
  },
);

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

/** Many work requests share the few slots that memory has. */
const slotOf = (number: number): number => 1 + (number % 8);

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
    const { list } = await ownCase(this, words, 'queue pair', name, MESSAGE);
    const result = await send(wayOf(this), 1, MESSAGE, { sg_list: list });
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
    const { list, closed = list } = await ownCase(this, words, 'other queue pair', name, ROOM);
    const target = this.thing('other queue pair');
    const posted = await receive(target, 1, memoryOf(this, 'other queue pair'), SLOT, list);
    if (posted.errno !== 0) throw new Refused('post-accepts', posted);
    const result = await send(wayOf(this), 1, MESSAGE);
    if (result.errno !== 0) throw new Refused('post-accepts', result);
    const { completions } = await take(target.parts['recv_cq'] as Thing, 1);
    const got = `${wordsOf(completions)}, memory ${await untouched(target, closed)}`;
    outcomes.push({ name, result, expected: '1 LOC_PROT_ERR, memory as it was', got });
  }
  this.trials = outcomes;
});

/** Whether the memory of a list holds what it held before any message, in words. */
async function untouched({ context }: Thing, list: readonly StructValue[]): Promise<string> {
  for (const { addr = 0n, length = 0 } of list) {
    const loaded = await context.client.ask(context.process.load(BigInt(addr), Number(length)), 'load');
    if (!loaded.ok) throw new BackendError('resource', `memory cannot be read: ${errnoName(loaded.errno)}`);
    if (!isUntouched(loaded.value)) return hex(loaded.value);
  }
  return 'as it was';
}

/** The same case on the memory of the pair at hand. */
async function ownCase(world: RdmaWorld, words: string, target: string, name: string, size: number): Promise<ListCase> {
  const cases = await listsOf(words, wayOf(world, target), world.thing(target), size);
  const own = cases.find((one) => one.name === name);
  if (own === undefined) throw new RangeError(`there is no list ${name}`);
  return own;
}
