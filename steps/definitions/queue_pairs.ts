/** Creating, querying and destroying queue pairs. */
import { Then, When } from '@cucumber/cucumber';
import type { StructValue, Value } from '../../spec/abi/abi.ts';
import { laid, type Case } from '../client/cases.ts';
import type { Context } from '../client/client.ts';
import { difference } from '../client/difference.ts';
import { limitOf } from '../client/limits.ts';
import { typesOffered } from '../client/offered.ts';
import { bringTo, readAll, stateOf } from '../client/queue_pairs.ts';
import { createCall, make, on } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const CAP = { max_send_wr: 4, max_recv_wr: 4, max_send_sge: 1, max_recv_sge: 1, max_inline_data: 0 };
/** cap field -> limit of the device. */
const BOUNDS = {
  max_send_wr: 'max_qp_wr',
  max_recv_wr: 'max_qp_wr',
  max_send_sge: 'max_sge',
  max_recv_sge: 'max_sge',
  max_inline_data: 'max_inline_data',
} as const;
const QPN_BITS = 24;

/** The fields of cap with the limits that bound them, as far as this ABI reports those. */
async function bounds(context: Context): Promise<[string, number][]> {
  const reported: [string, number][] = [];
  for (const [field, name] of Object.entries(BOUNDS)) {
    const limit = await limitOf(context, name);
    if (limit > 0) reported.push([field, limit]);
  }
  return reported;
}

/** What is undefined in `extra` is left out. */
async function createWith(context: Context, type: string, name: string, extra: Case['attributes']): Promise<Trial> {
  const { call } = await createCall(context, 'qp', type);
  return { name, result: await context.call({ ...call, attributes: laid(extra, call.attributes) }) };
}

Then('the queue pair is in {state}', async function (this: RdmaWorld, state: string) {
  const got = await stateOf(this.thing('queue pair'));
  this.check('state', got === state, state, got, this.result);
});

When('{type} queue pairs of capacities up to the maximum are created', async function (this: RdmaWorld, type: string) {
  const context = this.context();
  const trials = [];
  for (const [field, limit] of await bounds(context)) {
    for (const size of [1, 3, limit]) {
      const trial = await createWith(context, type, `${field} ${String(size)}`, { cap: { ...CAP, [field]: size } });
      // A device may allow more than the memory of its machine holds: that decides nothing, and is told.
      if (size !== limit || trial.result.answer !== 'ENOMEM') trials.push(trial);
      else this.checks.push({ errored: { kind: 'resource', reason: `${trial.name} answers ENOMEM` } });
    }
  }
  this.trials = trials;
});

Then(
  'every {type} queue pair was granted what was asked or more, and a query shows it',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    for (const trial of this.trials) {
      const [field = '', asked = '0'] = trial.name.split(' ');
      const granted = Number((trial.result.reply?.attributes['cap'] as StructValue | undefined)?.[field] ?? 0);
      this.check(`${trial.name} granted`, granted >= Number(asked), `${asked} or more`, String(granted), trial.result);
      if (trial.result.reply === undefined) continue;
      const read = await context.call({
        object: 'qp',
        variant: type,
        method: 'query',
        on: trial.result.reply.handle,
        attributes: {},
        room: { cap: 0 },
      });
      const shown = Number((read.reply?.attributes['cap'] as StructValue | undefined)?.[field] ?? -1);
      this.check(`${trial.name} shown`, shown === granted, String(granted), String(shown), read);
    }
  },
);

When('{type} queue pairs of capacities above the maximum are created', async function (this: RdmaWorld, type: string) {
  const context = this.context();
  const trials = [];
  for (const [field, limit] of await bounds(context)) {
    const size = limit + 1;
    trials.push(await createWith(context, type, `${field} ${String(size)}`, { cap: { ...CAP, [field]: size } }));
  }
  this.trials = trials;
});

When('a DRIVER queue pair of a sub-type the device does not have is created', async function (this: RdmaWorld) {
  const trials = [];
  for (const subtype of [1, 2, 0xffffffff]) {
    trials.push(await createWith(this.context(), 'DRIVER', `sub-type ${String(subtype)}`, { driver_type: subtype }));
  }
  this.trials = trials;
});

When('an XRC_INI queue pair without a receive completion queue is created', async function (this: RdmaWorld) {
  this.trials = [await createWith(this.context(), 'XRC_INI', 'without recv_cq', {})];
});

When('a queue pair of each type the device does not offer is created', async function (this: RdmaWorld) {
  const context = this.context();
  const { capabilities } = this.client.session;
  const absent = typesOffered(this.client.session, false);
  const trials = [];
  for (const type of absent.filter((name) => name !== 'XRC_TGT' || capabilities.has('xrcd'))) {
    // A sub-type means nothing to a device without the type, and may be driver data that it refuses for itself.
    trials.push(await createWith(context, type, type, type === 'DRIVER' ? { driver_type: undefined } : {}));
  }
  this.trials = trials;
});

When(
  '{type} queue pairs are created with attributes of other types only',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const { call } = await createCall(context, 'qp', type);
    const trials: Trial[] = [];
    for (const use of this.spec.objects['qp']?.methods['create']?.attributes ?? []) {
      if (use.only === undefined || use.only.includes(type)) continue;
      const value: Value = use.name === 'cap' ? CAP : use.name === 'create_flags' ? ['SQ_SIG_ALL'] : 0;
      trials.push({
        name: `${type} with ${use.name}`,
        result: await context.call({ ...call, attributes: { ...call.attributes, [use.name]: value } }),
      });
    }
    this.trials = trials;
  },
);

Then(
  '{int} queue pairs of type {type} have different numbers of 24 bits that a query repeats',
  async function (this: RdmaWorld, count: number, type: string) {
    const seen = new Set<number>();
    const first = await make(this.context(), 'qp', type);
    for (let i = 0; i < count; i += 1) {
      const qp = i === 0 ? first : await make(this.context(), 'qp', type, {}, first.parts);
      const { result, values } = await readAll(qp);
      const fits = qp.qpn > 0 && qp.qpn < 2 ** QPN_BITS && !seen.has(qp.qpn);
      this.check(`number of queue pair ${String(i + 1)}`, fits, 'a new number of 24 bits', String(qp.qpn), qp.created);
      seen.add(qp.qpn);
      if (!('qpn' in values)) continue;
      this.check(
        `query of queue pair ${String(i + 1)}`,
        values['qpn'] === qp.qpn,
        String(qp.qpn),
        words(values['qpn']),
        result,
      );
    }
  },
);

Then(
  'a {type} queue pair brought to {state} reports that state and its attributes',
  async function (this: RdmaWorld, type: string, state: string) {
    const qp = await make(this.context(), 'qp', type);
    const given = await bringTo(qp, state);
    const { result, values } = await readAll(qp);
    this.check(`${type} in ${state}`, values['state'] === state, state, words(values['state']), result);
    if ('cur_state' in values)
      this.check(
        `${type} cur_state in ${state}`,
        values['cur_state'] === state,
        state,
        words(values['cur_state']),
        result,
      );
    const plain = Object.entries(given).filter(([name, value]) => name !== 'state' && name in values && isPlain(value));
    const got = difference(Object.fromEntries(plain), values);
    this.check(`${type} values in ${state}`, got === '', 'as given', got === '' ? 'as given' : got, result);
  },
);

When('a {type} queue pair in {state} is destroyed', async function (this: RdmaWorld, type: string, state: string) {
  const qp = await make(this.context(), 'qp', type);
  await bringTo(qp, state);
  this.result = await qp.context.call(on(qp, 'destroy', {}, { events_reported: 0 }));
  this.objects.set('queue pair', qp);
});

Then('what it used can be destroyed', async function (this: RdmaWorld) {
  const { parts } = this.thing('queue pair');
  for (const part of new Set(Object.values(parts))) {
    const result = await part.context.call(on(part, 'destroy'));
    this.check(`${part.object} afterwards`, result.errno === 0, '0', result.answer, result);
  }
});

/** Structs come back with fields that nobody gave; what was given of them is judged by qp-modify-applies. */
function isPlain(value: Value): boolean {
  return typeof value !== 'object' || Array.isArray(value);
}
