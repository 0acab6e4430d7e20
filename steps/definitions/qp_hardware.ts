/** What the device does by itself: sends that complete, queues that drain. */
import { Given, Then, When } from '@cucumber/cucumber';
import type { Control } from '../../backends/backend.ts';
import { errnoName } from '../../spec/errno.ts';
import { BackendError } from '../../backends/backend.ts';
import { readAll, transitionCall } from '../client/queue_pairs.ts';
import { Refused } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld } from '../support/world.ts';

Given('{int} send(s) of the queue pair are in flight', async function (this: RdmaWorld, count: number) {
  await control(this, { action: 'load_sends', device: device(this), qpn: this.thing('queue pair').qpn, count });
});

When('a send of the queue pair completes with {word}', async function (this: RdmaWorld, status: string) {
  await control(this, { action: 'complete_send', device: device(this), qpn: this.thing('queue pair').qpn, status });
});

When(
  '{int} sends of the queue pair complete with {word}',
  async function (this: RdmaWorld, count: number, status: string) {
    for (let i = 0; i < count; i += 1) {
      await control(this, { action: 'complete_send', device: device(this), qpn: this.thing('queue pair').qpn, status });
    }
  },
);

Given('the queue pair is moved from {state} to {state}', async function (this: RdmaWorld, from: string, to: string) {
  const qp = this.thing('queue pair');
  const result = await qp.context.call(transitionCall(qp, from, to));
  if (result.errno !== 0) throw new Refused('qp-modify-accepts', result);
});

Then('a query shows the queue pair in {state}', async function (this: RdmaWorld, state: string) {
  const { result, values } = await readAll(this.thing('queue pair'));
  this.check('state', values['state'] === state, state, words(values['state']), result);
});

Then('a query shows that the send queue is draining', async function (this: RdmaWorld) {
  const { result, values } = await readAll(this.thing('queue pair'));
  this.check('sq_draining', values['sq_draining'] === 1, '1', words(values['sq_draining']), result);
});

Then('the very next query shows that the send queue has drained', async function (this: RdmaWorld) {
  const { result, values } = await readAll(this.thing('queue pair'));
  this.check('sq_draining', values['sq_draining'] === 0, '0', words(values['sq_draining']), result);
});

function device(world: RdmaWorld): string {
  return world.client.session.description.devices[0]?.name ?? '';
}

/** A control that is offered and then fails leaves nothing to judge the device by. */
async function control(world: RdmaWorld, action: Control): Promise<void> {
  const answer = await world.client.control(action);
  if (!answer.ok) throw new BackendError('protocol', `control ${action.action} failed: ${errnoName(answer.errno)}`);
}
