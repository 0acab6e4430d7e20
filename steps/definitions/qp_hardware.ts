/** What the device does by itself: sends that complete, queues that drain, events. */
import { Then } from '@cucumber/cucumber';
import { readAll, stateOf } from '../client/queue_pairs.ts';
import { words } from '../client/words.ts';
import { take } from '../client/work.ts';
import { eventsOf } from '../client/work_events.ts';
import type { Thing } from '../client/things.ts';
import type { RdmaWorld } from '../support/world.ts';

Then(
  'the queue pair is in {state} as soon as {int} send(s) has/have completed with {word}',
  async function (this: RdmaWorld, state: string, count: number, status: string) {
    const { qp, result, got } = await completed(this, count);
    const found = await stateOf(qp);
    const expected = Array.from({ length: count }, () => status).join(', ');
    this.check('completions', got === expected, expected, got, result);
    this.check('state', found === state, state, found, result);
  },
);

Then(
  'the send queue has drained as soon as {int} sends have completed',
  async function (this: RdmaWorld, count: number) {
    const { qp, result, got } = await completed(this, count);
    const { values } = await readAll(qp);
    const all = got.split(', ').length === count;
    this.check('completions', all, String(count), got, result);
    this.check('sq_draining', values['sq_draining'] === 0, '0', words(values['sq_draining']), result);
  },
);

async function completed(world: RdmaWorld, count: number) {
  const qp = world.thing('queue pair');
  const { result, completions } = await take(qp.parts['send_cq'] as Thing, count);
  return { qp, result, got: completions.map(({ status }) => status).join(', ') };
}

Then('a query shows the {target} in {state}', async function (this: RdmaWorld, target: string, state: string) {
  const { result, values } = await readAll(this.thing(target));
  this.check('state', values['state'] === state, state, words(values['state']), result);
});

Then('a query shows that the send queue is draining', async function (this: RdmaWorld) {
  const { result, values } = await readAll(this.thing('queue pair'));
  this.check('sq_draining', values['sq_draining'] === 1, '1', words(values['sq_draining']), result);
});

Then('the channel of the file gets {word}', async function (this: RdmaWorld, event: string) {
  const got = await eventsOf(this.thing('asynchronous event channel'));
  this.check('events', got === event, event, got);
});

Then('the channel of the file gets {word} and {word}', async function (this: RdmaWorld, one: string, other: string) {
  const got = await eventsOf(this.thing('asynchronous event channel'));
  const expected = [one, other].toSorted().join(', ');
  this.check('events', got === expected, expected, got);
});
