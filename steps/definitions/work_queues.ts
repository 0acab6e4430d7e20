/** Work queues and the tables they are put into. */
import { Given, Then, When } from '@cucumber/cucumber';
import type { Value } from '../../spec/abi/abi.ts';
import { limitOf } from '../client/limits.ts';
import { createCall, make, on, tableOf, type Thing } from '../client/things.ts';
import { attempt, moveTo, WAYS } from '../client/wq_states.ts';
import { USER, type RdmaWorld, type Trial } from '../support/world.ts';

/** A handle no run ever reaches. */
const NEVER = 0x00fffff0;
/** What a queue pair that receives through a table asks for. */
const SENDS_ONLY = { max_send_wr: 4, max_recv_wr: 0, max_send_sge: 1, max_recv_sge: 0, max_inline_data: 0 };

When(
  'a work queue in {word} is moved where its table {word}',
  async function (this: RdmaWorld, from: string, says: string) {
    const next = tableOf(this.spec, 'wq').moves?.[from] ?? [];
    const trials: Trial[] = [];
    for (const to of Object.keys(WAYS).filter((state) => next.includes(state) === (says === 'allows'))) {
      const { result, state } = await attempt(this.context(), from, moveTo(to));
      const expected = `in ${says === 'allows' ? to : from}`;
      trials.push({ name: `${from}->${to}`, result, expected, got: `in ${state}` });
    }
    this.trials = trials;
  },
);

When('work queues are modified with a current state that is not theirs', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const from of Object.keys(WAYS)) {
    for (const claimed of Object.keys(WAYS).filter((state) => state !== from)) {
      const deed = (wq: Thing) => wq.context.call(on(wq, 'modify', { cur_state: claimed, state: 'RESET' }));
      const { result, state } = await attempt(this.context(), from, deed);
      trials.push({ name: `${claimed} claimed in ${from}`, result, expected: `in ${from}`, got: `in ${state}` });
    }
  }
  this.trials = trials;
});

Then('a new work queue is in {word}', async function (this: RdmaWorld, expected: string) {
  const nothing = (wq: Thing) => Promise.resolve(wq.created);
  const { result, state } = await attempt(this.context(), 'RESET', nothing);
  this.check('state', state === expected, expected, state, result);
});

When('the work queue is modified with nothing', async function (this: RdmaWorld) {
  const wq = this.thing('work queue');
  this.result = await wq.context.call(on(wq, 'modify'));
});

When('work queues in every state are destroyed', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const [state, way] of Object.entries(WAYS)) {
    const wq = await make(this.context(), 'wq');
    for (const to of way) await moveTo(to)(wq);
    trials.push({ name: `in ${state}`, result: await wq.context.call(on(wq, 'destroy')) });
  }
  this.trials = trials;
});

/** The create of a table of `size` entries that name the work queues given in turn. */
async function createTable(world: RdmaWorld, size: number, wqs: readonly Thing[]): Promise<Trial> {
  const entries = Array.from({ length: size }, (_, index) => wqs[index % wqs.length]?.handle ?? 0);
  const attributes: Record<string, Value> = { wqs: entries };
  const result = await world.context().call({ object: 'rwq_ind_tbl', method: 'create', attributes });
  return { name: `${String(size)} entries`, result };
}

async function tables(world: RdmaWorld, sizes: readonly number[], different: number): Promise<Trial[]> {
  const first = await make(world.context(), 'wq');
  const wqs = [first];
  while (wqs.length < different) wqs.push(await make(world.context(), 'wq', undefined, {}, first.parts));
  const trials: Trial[] = [];
  for (const size of sizes) trials.push(await createTable(world, size, wqs));
  return trials;
}

/** Every power of two up to a limit. */
function powers(limit: number): number[] {
  return Array.from({ length: Math.floor(Math.log2(Math.max(limit, 1))) + 1 }, (_, index) => 2 ** index);
}

When('indirection tables of every size up to the maximum are created', async function (this: RdmaWorld) {
  const maximum = await limitOf(this.context(), 'max_rwq_ind_tbl_size');
  this.trials = [...(await tables(this, powers(maximum), 1)), ...(await tables(this, [4], 4))];
});

When('indirection tables of sizes that are no power of two are created', async function (this: RdmaWorld) {
  this.trials = await tables(this, [0, 3, 5, 6, 7], 2);
});

When('indirection tables above the maximum are created', async function (this: RdmaWorld) {
  const maximum = await limitOf(this.context(), 'max_rwq_ind_tbl_size');
  this.trials = await tables(this, [2 * maximum, 4 * maximum], 1);
});

When('an indirection table with an entry that names nothing is created', async function (this: RdmaWorld) {
  const wq = await make(this.context(), 'wq');
  this.objects.set('work queue', wq);
  const attributes = { wqs: [wq.handle, NEVER] };
  this.result = await this.context().call({ object: 'rwq_ind_tbl', method: 'create', attributes });
});

Then('the work queue is still unused', async function (this: RdmaWorld) {
  const wq = this.thing('work queue');
  const result = await wq.context.call(on(wq, 'destroy'));
  this.check('work queue', result.errno === 0, '0', result.answer, result);
});

Given(
  'a(n) {type} queue pair that receives through the indirection table',
  async function (this: RdmaWorld, type: string) {
    const parts = { rwq_ind_tbl: this.thing('indirection table') };
    const qp = await make(this.context(), 'qp', type, { cap: SENDS_ONLY }, parts);
    this.objects.set('queue pair', qp);
    this.objects.set(USER, qp);
  },
);

When(
  '{type} queue pairs are created that receive through the indirection table',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const parts = { rwq_ind_tbl: this.thing('indirection table') };
    const cq = await make(context, 'cq');
    const trials: Trial[] = [];
    for (const [name, extra] of [
      ['without completion queue', { cap: { ...SENDS_ONLY, max_send_wr: 0, max_send_sge: 0 } }],
      ['with send_cq', { cap: SENDS_ONLY, send_cq: cq.handle }],
    ] as const) {
      const { call } = await createCall(context, 'qp', type, extra, parts);
      trials.push({ name, result: await context.call(call) });
    }
    this.trials = trials;
  },
);

When(
  '{type} queue pairs are created with the indirection table and what it excludes',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const parts = { rwq_ind_tbl: this.thing('indirection table'), send_cq: await make(context, 'cq') };
    const cases: [string, Readonly<Record<string, Value>>][] = [
      ['recv_cq', { recv_cq: parts.send_cq.handle }],
      ['max_recv_wr', { cap: { ...SENDS_ONLY, max_recv_wr: 1 } }],
      ['max_recv_sge', { cap: { ...SENDS_ONLY, max_recv_sge: 1 } }],
    ];
    if (type === 'UD') cases.push(['srq', { srq: (await make(context, 'srq')).handle }]);
    const trials: Trial[] = [];
    for (const [name, extra] of cases) {
      const { call } = await createCall(context, 'qp', type, { cap: SENDS_ONLY, ...extra }, parts);
      trials.push({ name: `${type} with ${name}`, result: await context.call(call) });
    }
    this.trials = trials;
  },
);
