/** Shared receive queues: their types, limits and sizes, and queue pairs that receive from them. */
import { Given, Then, When } from '@cucumber/cucumber';
import type { StructValue, Value } from '../../spec/abi/abi.ts';
import { difference } from '../client/difference.ts';
import { limitOf } from '../client/limits.ts';
import { TYPE_EXTRAS, partsOf } from '../client/receive_types.ts';
import { Refused, createCall, make, on, type Thing } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const SRQ = 'shared receive queue';
/** More receives than any queue pair holds. */
const TOO_MANY = 0x7fffffff;

/** What an attribute that only some types have is given. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  BASIC: ['xrcd', 'cq', 'max_num_tags'],
  XRC: ['max_num_tags'],
  TM: ['xrcd'],
};

async function makeSrq(world: RdmaWorld, type: string, extra: Readonly<Record<string, Value>> = {}): Promise<Thing> {
  const context = world.context();
  return make(context, 'srq', undefined, { type, ...extra }, await partsOf(context, 'srq', type));
}

/** Size and limit as a query shows them. */
async function look(srq: Thing): Promise<Readonly<Record<string, Value>>> {
  const result = await srq.context.call(on(srq, 'query', {}, { max_wr: 0, srq_limit: 0 }));
  if (result.reply === undefined) throw new Refused('srq-query', result);
  return result.reply.attributes;
}

Given('a(n) {word} shared receive queue', async function (this: RdmaWorld, type: string) {
  this.objects.set(SRQ, await makeSrq(this, type));
});

When('a(n) {word} shared receive queue is created', async function (this: RdmaWorld, type: string) {
  const parts = await partsOf(this.context(), 'srq', type);
  const { call } = await createCall(this.context(), 'srq', undefined, { type, ...TYPE_EXTRAS[type] }, parts);
  this.result = await this.context().call(call);
});

Then('the type is refused, or the call succeeds', function (this: RdmaWorld) {
  const { answer } = this.result;
  const refusals = this.errnosOf(this.clause.id);
  this.check('type', ['0', ...refusals].includes(answer), ['0', ...refusals].join(' or '), answer, this.result);
});

When('shared receive queues are created without what their types need', async function (this: RdmaWorld) {
  const context = this.context();
  const trials: Trial[] = [];
  for (const type of ['XRC', 'TM']) {
    const parts = await partsOf(context, 'srq', type);
    for (const name of Object.keys(parts)) {
      const { [name]: left, ...others } = parts;
      const { call } = await createCall(context, 'srq', undefined, { type, ...TYPE_EXTRAS[type] }, others);
      if (left !== undefined) trials.push({ name: `${type} without ${name}`, result: await context.call(call) });
    }
  }
  this.trials = trials;
});

When('shared receive queues are created with what only other types need', async function (this: RdmaWorld) {
  const context = this.context();
  const every: Readonly<Record<string, Value>> = {
    xrcd: (await make(context, 'xrcd')).handle,
    cq: (await make(context, 'cq')).handle,
    max_num_tags: 4,
  };
  const trials: Trial[] = [];
  for (const [type, names] of Object.entries(FOREIGN)) {
    const parts = await partsOf(context, 'srq', type);
    for (const name of names) {
      const extra = { type, ...TYPE_EXTRAS[type], [name]: every[name] ?? 0 };
      const { call } = await createCall(context, 'srq', undefined, extra, parts);
      trials.push({ name: `${type} with ${name}`, result: await context.call(call) });
    }
  }
  this.trials = trials;
});

Then('a query of a shared receive queue shows what it was created with', async function (this: RdmaWorld) {
  for (const handle of [0n, 0xfedcba9876543210n]) {
    const srq = await makeSrq(this, 'BASIC', { max_wr: 5, max_sge: 2, user_handle: handle });
    const room = { max_wr: 0, max_sge: 0, srq_limit: 0, user_handle: 0, srq_num: 0 };
    const result = await srq.context.call(on(srq, 'query', {}, room));
    const shown = result.reply?.attributes ?? {};
    const expected: Record<string, Value> = { srq_limit: 0, user_handle: handle, srq_num: 0 };
    for (const name of ['max_wr', 'max_sge']) expected[name] = srq.created.reply?.attributes[name] ?? -1;
    // An ABI without room for a value does not report it.
    const judged = Object.entries(expected).filter(([name]) => name in shown || name.startsWith('max'));
    for (const [name, value] of judged)
      this.check(`${name} beside ${String(handle)}`, shown[name] === value, words(value), words(shown[name]), result);
  }
});

When('shared receive queues are created with a limit', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const limit of [1, 7, 16]) {
    const srq = await makeSrq(this, 'BASIC', { max_wr: 16, srq_limit: limit });
    const shown = words((await look(srq))['srq_limit']);
    trials.push({ name: `limit ${String(limit)}`, result: srq.created, expected: String(limit), got: shown });
  }
  this.trials = trials;
});

When('a shared receive queue is created with a limit above its size', async function (this: RdmaWorld) {
  const size = await limitOf(this.context(), 'max_srq_wr');
  const { call } = await createCall(this.context(), 'srq', undefined, { max_wr: size, srq_limit: size + 1 });
  this.result = await this.context().call(call);
});

When('limits up to its size are armed on the shared receive queue', async function (this: RdmaWorld) {
  const srq = this.thing(SRQ);
  const size = Number((await look(srq))['max_wr'] ?? 0);
  const trials: Trial[] = [];
  for (const limit of [1, Math.ceil(size / 2), size, 0]) {
    const result = await srq.context.call(on(srq, 'modify', { srq_limit: limit }));
    const expected = `limit ${String(limit)} of ${String(size)}`;
    const seen = await look(srq);
    trials.push({
      name: `limit ${String(limit)}`,
      result,
      expected,
      got: `limit ${words(seen['srq_limit'])} of ${words(seen['max_wr'])}`,
    });
  }
  this.trials = trials;
});

Then('a resized shared receive queue holds what was asked, or as much as before', async function (this: RdmaWorld) {
  const srq = this.thing(SRQ);
  const maximum = await limitOf(this.context(), 'max_srq_wr');
  for (const size of [1, 40, maximum, 7]) {
    const before = Number((await look(srq))['max_wr']);
    const result = await srq.context.call(on(srq, 'modify', { max_wr: size }));
    const shown = Number((await look(srq))['max_wr']);
    const good = result.errno === 0 ? shown >= size : shown === before;
    const expected = result.errno === 0 ? `${String(size)} or more` : String(before);
    this.check(`max_wr ${String(size)}`, good, expected, String(shown), result);
  }
});

When('the shared receive queue is modified beyond its limits', async function (this: RdmaWorld) {
  const srq = this.thing(SRQ);
  const maximum = await limitOf(this.context(), 'max_srq_wr');
  const armed = await srq.context.call(on(srq, 'modify', { srq_limit: 3 }));
  if (armed.errno !== 0) throw new Refused('srq-modify', armed);
  const size = Number((await look(srq))['max_wr']);
  const cases: readonly Readonly<Record<string, number>>[] = [
    { srq_limit: size + 1 },
    { srq_limit: TOO_MANY },
    { max_wr: 0 },
    { max_wr: maximum + 1 },
    { max_wr: 0, srq_limit: 1 },
    { max_wr: size, srq_limit: maximum + 1 },
    { max_wr: maximum + 1, srq_limit: 1 },
    { max_wr: 2 },
  ];
  const resizes = this.client.session.capabilities.has('srq-resize');
  const trials: Trial[] = [];
  for (const attributes of cases.filter((one) => resizes || !('max_wr' in one))) {
    const before = await look(srq);
    const result = await srq.context.call(on(srq, 'modify', attributes));
    const changed = difference(before, await look(srq));
    const name = Object.entries(attributes).map(([key, value]) => `${key} ${String(value)}`);
    trials.push({ name: name.join(' '), result, expected: 'unchanged', got: changed === '' ? 'unchanged' : changed });
  }
  this.trials = trials;
});

When(
  'a(n) {type} queue pair is created with a(n) {word} shared receive queue',
  async function (this: RdmaWorld, type: string, kind: string) {
    const srq = await makeSrq(this, kind);
    const { call } = await createCall(this.context(), 'qp', type);
    this.result = await this.context().call({ ...call, attributes: { ...call.attributes, srq: srq.handle } });
  },
);

When(
  'a(n) {type} queue pair that uses the shared receive queue asks for more receives than there can be',
  async function (this: RdmaWorld, type: string) {
    const cap = { max_send_wr: 1, max_recv_wr: TOO_MANY, max_send_sge: 1, max_recv_sge: TOO_MANY, max_inline_data: 0 };
    const { call } = await createCall(this.context(), 'qp', type, { cap }, { srq: this.thing(SRQ) });
    this.result = await this.context().call(call);
  },
);

Then('a(n) {type} queue pair reports no receives of its own', async function (this: RdmaWorld, type: string) {
  const qp = await make(this.context(), 'qp', type, {}, { srq: this.thing(SRQ) });
  const query = await qp.context.call(on(qp, 'query', {}, { cap: 0 }));
  for (const [name, result] of [
    ['answer', qp.created],
    ['query', query],
  ] as const) {
    const cap = result.reply?.attributes['cap'] as StructValue | undefined;
    const got = `${words(cap?.['max_recv_wr'])} and ${words(cap?.['max_recv_sge'])}`;
    this.check(`receives in the ${name}`, got === '0 and 0', '0 and 0', got, result);
  }
});
