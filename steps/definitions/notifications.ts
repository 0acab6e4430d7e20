/** Completion queues that are armed and tell of completions: on their completion channel, or on an event channel. */
import { Given, Then, When } from '@cucumber/cucumber';
import { drain } from '../client/events.ts';
import { Refused, ask, type Thing } from '../client/things.ts';
import { twoOf } from '../support/sides.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** The completion queue is that of the queue pair's sends, the other one that of the other queue pair's receives. */
Given(
  'two {type} queue pairs in {state} and {state} that complete on the {channel}',
  async function (this: RdmaWorld, type: string, first: string, second: string, channel: string) {
    await twoOf(this, type, [first, second], { channel: this.thing(channel) });
    this.objects.set('completion queue', this.thing('queue pair').parts['send_cq'] as Thing);
    this.objects.set('other completion queue', this.thing('other queue pair').parts['recv_cq'] as Thing);
  },
);

When('{matter} is armed for {word} completions', async function (this: RdmaWorld, matter: string, wanted: string) {
  const cq = this.thing(matter.slice('the '.length));
  const result = await ask(cq, 'req_notify', { solicited_only: wanted === 'solicited' ? 1 : 0 });
  if (result.errno !== 0) throw new Refused('cq-notify', result);
  this.result = result;
});

When('the completion queue is armed', async function (this: RdmaWorld) {
  const cq = this.thing('completion queue');
  const trials: Trial[] = [];
  for (const solicited_only of [0, 1, 0])
    trials.push({
      name: `solicited_only ${String(solicited_only)} after ${String(trials.length)}`,
      result: await ask(cq, 'req_notify', { solicited_only }),
    });
  this.trials = trials;
});

Then('the {channel} tells of a completion of {matter}', async function (this: RdmaWorld, name: string, matter: string) {
  const element = Number(this.thing(matter.slice('the '.length)).extra?.['user_handle']);
  const reports = await drain(this.thing(name), 1);
  const got = reports.map((report) => `${report.event} of ${String(report.element)}`).join(', ') || 'nothing';
  const expected = `COMPLETION of ${String(element)}`;
  this.check(name, got === expected, expected, got, undefined);
  const kinds = reports.flatMap(({ object }) => object ?? []);
  if (kinds.length > 0) this.check('object', kinds.join(', ') === 'cq', 'cq', kinds.join(', '));
});
