/** Completion queues: sizes asked and granted, vectors, resizing, event counts. */
import { Then, When } from '@cucumber/cucumber';
import type { Context } from '../client/client.ts';
import { limitOf } from '../client/limits.ts';
import { make, on, type Thing } from '../client/things.ts';
import { WAITING, filled } from '../client/unpolled.ts';
import { take } from '../client/work.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

async function create(context: Context, cqe: number, vector = 0): Promise<Trial> {
  const call = { object: 'cq', method: 'create', attributes: { cqe, comp_vector: vector } };
  return { name: `cqe ${String(cqe)} vector ${String(vector)}`, result: await context.call(call) };
}

async function sizes(context: Context): Promise<number[]> {
  const maximum = await limitOf(context, 'max_cqe');
  return [...new Set([1, 2, 3, 17, 100, Math.floor(maximum / 2) + 1, maximum])].filter((size) => size <= maximum);
}

/** Whether a query tells the size. */
function reports({ context }: Thing): boolean {
  return context.client.session.abi.expresses('cq', 'query');
}

async function reported(cq: Thing): Promise<number> {
  const result = await cq.context.call(on(cq, 'query', {}, { cqe: 0 }));
  return Number(result.reply?.attributes['cqe'] ?? -1);
}

When('completion queues of sizes up to the maximum are created', async function (this: RdmaWorld) {
  const trials = [];
  for (const size of await sizes(this.context())) trials.push(await create(this.context(), size));
  this.trials = trials;
});

When('a completion queue without entries is created', async function (this: RdmaWorld) {
  this.trials = [await create(this.context(), 0)];
});

When('completion queues above the maximum are created', async function (this: RdmaWorld) {
  const maximum = await limitOf(this.context(), 'max_cqe');
  const trials = [];
  for (const size of [maximum + 1, 2 * maximum, 0x7fffffff]) trials.push(await create(this.context(), size));
  this.trials = trials;
});

When('completion queues with vectors the device does not have are created', async function (this: RdmaWorld) {
  // 0 where this ABI does not report the number; then only a vector that no device has can be tried.
  const vectors = await limitOf(this.context(), 'comp_vectors');
  const trials = [];
  for (const vector of vectors === 0 ? [0xffffffff] : [vectors, vectors + 1, 0xffffffff])
    trials.push(await create(this.context(), 16, vector));
  this.trials = trials;
});

Then('every queue was granted at least what was asked', function (this: RdmaWorld) {
  for (const trial of this.trials) {
    const asked = Number(/cqe (\d+)/.exec(trial.name)?.[1]);
    const granted = Number(trial.result.reply?.attributes['cqe'] ?? 0);
    this.check(trial.name, granted >= asked, `${String(asked)} or more`, String(granted), trial.result);
  }
});

Then('a query shows the size that was granted', async function (this: RdmaWorld) {
  for (const size of await sizes(this.context())) {
    const cq = await make(this.context(), 'cq', undefined, { cqe: size });
    const granted = Number(cq.created.reply?.attributes['cqe'] ?? 0);
    const shown = await reported(cq);
    this.check(`cqe ${String(size)}`, shown === granted, String(granted), String(shown), cq.created);
  }
});

Then('queues report what they were created with', async function (this: RdmaWorld) {
  const vectors = await limitOf(this.context(), 'comp_vectors');
  for (const [vector, handle] of [
    [0, 0n],
    [vectors - 1, 0xfedcba9876543210n],
  ] as const) {
    const cq = await make(this.context(), 'cq', undefined, { comp_vector: vector, user_handle: handle });
    const result = await cq.context.call(on(cq, 'query', {}, { cqe: 0, comp_vector: 0, user_handle: 0 }));
    const got = result.reply?.attributes ?? {};
    this.check(
      `vector ${String(vector)}`,
      got['comp_vector'] === vector,
      String(vector),
      words(got['comp_vector']),
      result,
    );
    this.check(
      `user handle 0x${handle.toString(16)}`,
      got['user_handle'] === handle,
      String(handle),
      words(got['user_handle']),
      result,
    );
    const granted = cq.created.reply?.attributes['cqe'];
    this.check(
      `cqe beside vector ${String(vector)}`,
      got['cqe'] === granted,
      words(granted),
      words(got['cqe']),
      result,
    );
  }
});

When('the completion queue is resized within the limits', async function (this: RdmaWorld) {
  const cq = this.thing('completion queue');
  const trials: Trial[] = [];
  for (const size of await sizes(this.context())) {
    const result = await cq.context.call(on(cq, 'modify', { cqe: size }));
    const granted = Number(result.reply?.attributes['cqe'] ?? 0);
    const shown = reports(cq) ? await reported(cq) : granted;
    const good = granted >= size && shown === granted;
    trials.push({
      name: `cqe ${String(size)}`,
      result,
      expected: `granted ${String(size)} or more, and shown`,
      got: good ? `granted ${String(size)} or more, and shown` : `granted ${String(granted)}, shown ${String(shown)}`,
    });
  }
  this.trials = trials;
});

When('the completion queue is resized outside the limits', async function (this: RdmaWorld) {
  const cq = this.thing('completion queue');
  const maximum = await limitOf(this.context(), 'max_cqe');
  const seen = async (): Promise<string> => (reports(cq) ? `size ${String(await reported(cq))}` : 'no query');
  const before = await seen();
  const trials: Trial[] = [];
  for (const size of [0, maximum + 1]) {
    const result = await cq.context.call(on(cq, 'modify', { cqe: size }));
    trials.push({ name: `cqe ${String(size)}`, result, expected: before, got: await seen() });
  }
  this.trials = trials;
});

When('a completion queue is resized below what waits in it', async function (this: RdmaWorld) {
  const cq = await filled(this.context());
  const result = await cq.context.call(on(cq, 'modify', { cqe: WAITING - 1 }));
  const { completions } = await take(cq, WAITING);
  const left = (count: number): string => `${String(count)} left to be polled`;
  const seen = { expected: left(WAITING), got: left(completions.length) };
  this.trials = [{ name: `cqe ${String(WAITING - 1)}`, result, ...seen }];
});

Then('no event was ever handed out for it', function (this: RdmaWorld) {
  const { result } = this;
  for (const name of ['comp_events', 'async_events', 'events_reported']) {
    const count = result.reply?.attributes[name];
    if (count !== undefined) this.check(name, count === 0, '0', words(count), result);
  }
});
