/** Events of hardware contexts: what a query shows, what an acknowledgement forgets, and who is told of a link that goes down. */
import { Then, When } from '@cucumber/cucumber';
import { aboutThing, drain, drive, happen } from '../client/events.ts';
import { eventsShown } from '../client/hw_contexts.ts';
import { portCount } from '../client/limits.ts';
import { Refused, on, type Thing } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld } from '../support/world.ts';

/** The events of the class, by the names of their bits. */
function eventsOf({ spec }: RdmaWorld): string[] {
  return Object.keys(spec.flags['hw_event'] ?? {});
}

async function occurs({ client }: RdmaWorld, bit: string, thing: Thing): Promise<void> {
  await happen(client, `HW_${bit}`, aboutThing(thing));
}

Then('each event of the hardware context is shown by a query of it and of no other', async function (this: RdmaWorld) {
  const [thing, other] = [this.thing('hardware context'), this.thing('other hardware context')];
  const none = await eventsShown(thing);
  this.check('before', none === words([]), words([]), none);
  const seen: string[] = [];
  for (const bit of eventsOf(this)) {
    await occurs(this, bit, thing);
    seen.push(bit);
    const got = await eventsShown(thing);
    this.check(bit, got === words(seen), words(seen), got);
    const elsewhere = await eventsShown(other);
    this.check(`${bit} in the other`, elsewhere === words([]), words([]), elsewhere);
  }
});

Then(
  'an acknowledgement forgets the events it names of the hardware context addressed',
  async function (this: RdmaWorld) {
    const [thing, other] = [this.thing('hardware context'), this.thing('other hardware context')];
    const all = eventsOf(this);
    for (const each of [thing, other]) for (const bit of all) await occurs(this, bit, each);
    const forgotten = all.filter((_, index) => index % 2 === 0);
    const result = await thing.context.call(on(thing, 'ack_event', { events: forgotten }));
    this.check('ack_event', result.errno === 0, '0', result.answer, result);
    const left = words(all.filter((bit) => !forgotten.includes(bit)));
    const got = await eventsShown(thing);
    this.check('the context', got === left, left, got, result);
    const elsewhere = await eventsShown(other);
    this.check('the other', elsewhere === words(all), words(all), elsewhere, result);
  },
);

/** How often the link of some object went down, of what a channel holds. */
async function linksDown(channel: Thing, expected: number): Promise<string> {
  const reports = await drain(channel, expected);
  return String(reports.filter(({ event }) => event === 'HW_LINKDOWN').length);
}

Then(
  'every hardware context hears of a port that goes down, and of none that comes up',
  async function (this: RdmaWorld) {
    const { client } = this;
    const channel = this.thing('asynchronous event channel');
    const things = [this.thing('hardware context'), this.thing('other hardware context')];
    for (let port = 1; port <= (await portCount(this.context())); port += 1) {
      for (const [state, expected] of [
        ['DOWN', 2],
        ['INIT', 0],
        ['ACTIVE', 0],
      ] as const) {
        await drive(client, { action: 'set_port', device: client.device, port, state });
        const got = await linksDown(channel, expected);
        this.check(`port ${String(port)} ${state}`, got === String(expected), String(expected), got);
      }
    }
    for (const thing of things) {
      const got = await eventsShown(thing);
      this.check('events shown', got === words(['LINKDOWN']), words(['LINKDOWN']), got);
    }
  },
);

When('the hardware context is destroyed with a count of its events', async function (this: RdmaWorld) {
  const thing = this.thing('hardware context');
  this.result = await thing.context.call(on(thing, 'destroy', {}, { events_reported: 0 }));
  if (this.result.errno !== 0) throw new Refused('driver-class', this.result);
});

/** `HW_LID of hw_context, CQ_ERR of cq`: records in their order. */
Then(/^the event channel tells ([A-Z].*)$/, async function (this: RdmaWorld, expected: string) {
  const reports = await drain(this.thing('event channel'), expected.split(', ').length);
  const got = reports.map(({ event, object }) => `${event} of ${object ?? 'nothing'}`).join(', ') || 'nothing';
  this.check('event channel', got === expected, expected, got);
});
