/** Functions of libibverbs 1.0, made of the calls that their rows name. */
import { Then, When } from '@cucumber/cucumber';
import { callsOf, functionNamed, type Made } from '../client/libibverbs.ts';
import { effectOf, type Seen } from '../client/libibverbs_effects.ts';
import { eventTo, workBy } from '../client/libibverbs_work.ts';
import { Refused, on } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld } from '../support/world.ts';

/** What the calls of a function answered, by scenario. */
const made = new WeakMap<RdmaWorld, readonly Made[]>();

When('the calls of {word} are made', async function (this: RdmaWorld, name: string) {
  made.set(this, await callsOf(this.context(), functionNamed(this.client.session, name)));
});

Then('they tell all that {word} hands to its caller', function (this: RdmaWorld, name: string) {
  const answers = made.get(this) ?? [];
  for (const value of functionNamed(this.client.session, name).returns) {
    const by = answers.find(({ told }) => told.includes(value));
    const refused = answers.find(({ result }) => result !== undefined && result.errno !== 0)?.result;
    const got = by !== undefined ? 'told' : `not told${refused === undefined ? '' : `, ${refused.answer}`}`;
    this.check(value, by !== undefined, 'told', got, by?.result ?? refused ?? answers.at(-1)?.result);
  }
});

Then('what {word} is for has been done by its calls', async function (this: RdmaWorld, name: string) {
  judged(this, name, await effectOf(this.context(), functionNamed(this.client.session, name)));
});

Then('{word} reads one event, of its object', async function (this: RdmaWorld, name: string) {
  const { seen } = await eventTo(this.context(), functionNamed(this.client.session, name));
  judged(this, name, seen);
});

Then('what {word} acknowledges is told at the end of the object', async function (this: RdmaWorld, name: string) {
  const fn = functionNamed(this.client.session, name);
  const { cq, seen } = await eventTo(this.context(), fn);
  // Without the event there is nothing to count.
  if (seen.got === 'nothing') throw new Refused('libibverbs-event', cq.created, seen.expected, seen.got);
  const counter = fn.group === 'async' ? 'async_events' : 'comp_events';
  const ended = await cq.context.call(on(cq, 'destroy', {}, { comp_events: 0, async_events: 0 }));
  const got = ended.reply === undefined ? ended.answer : words(ended.reply.attributes[counter]);
  judged(this, name, { expected: '1', got, result: ended });
});

Then('work through {word} is told of once', async function (this: RdmaWorld, name: string) {
  judged(this, name, await workBy(this.context(), functionNamed(this.client.session, name)));
});

function judged(world: RdmaWorld, name: string, { expected, got, result }: Seen): void {
  world.check(name, got === expected, expected, got, result);
}
