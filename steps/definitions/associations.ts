/** What event channels are associated with, and what each of them hears. */
import { Then, When } from '@cucumber/cucumber';
import { anyVariant, offers } from '../client/offered.ts';
import { eventsOn, happen } from '../client/events.ts';
import { limitOf } from '../client/limits.ts';
import { Refused, ask, make, type Thing } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';
import { aboutMatter } from './events.ts';

type Named = { readonly object: string; readonly number: number };

/** What an association says of a matter. */
function named(world: RdmaWorld, matter: string): Named {
  const about = aboutMatter(world, matter);
  if (about === undefined) return { object: 'DEVICE', number: 0 };
  return 'port' in about
    ? { object: 'PORT', number: about.port }
    : { object: about.object.toUpperCase(), number: about.handle };
}

When('the {channel} is associated with {matter}', async function (this: RdmaWorld, channel: string, matter: string) {
  this.result = await ask(this.thing(channel), 'associate', named(this, matter));
  if (this.result.errno !== 0 && this.clause.id !== 'event-associate-again')
    throw new Refused('event-associate', this.result);
});

When('the {channel} is dissociated from {matter}', async function (this: RdmaWorld, channel: string, matter: string) {
  this.result = await ask(this.thing(channel), 'dissociate', named(this, matter));
});

/** A handle no test ever reaches. */
const NO_HANDLE = 0x00fffff0;

When(
  'the event channel is associated with what is not there, and dissociated from it',
  async function (this: RdmaWorld) {
    const channel = this.thing('event channel');
    const ports = await limitOf(this.context(), 'port_count');
    const wrong: Named[] = [
      { object: 'DEVICE', number: 1 },
      { object: 'PORT', number: 0 },
      { object: 'PORT', number: ports + 1 },
      ...objectsWithEvents(this).map((object) => ({ object: object.toUpperCase(), number: NO_HANDLE })),
    ];
    const trials: Trial[] = [];
    for (const method of ['associate', 'dissociate'])
      for (const values of wrong) {
        const name = `${method} ${values.object} ${String(values.number)}`;
        trials.push({ name, result: await ask(channel, method, values) });
      }
    this.trials = trials;
  },
);

/** Objects of this device that events happen to. */
function objectsWithEvents({ spec, client }: RdmaWorld): string[] {
  return Object.keys(spec.enums['event_source'] ?? {})
    .map((source) => source.toLowerCase())
    .filter((object) => {
      const table = spec.objects[object];
      return table?.instances === 'created' && offers(client.session, table);
    });
}

/** An event that can happen to something of this kind. */
function eventFor({ spec }: RdmaWorld, source: string): string {
  const event = Object.entries(spec.affiliations).find(([name, about]) => about === source && name !== 'COMPLETION');
  return event?.[0] ?? '';
}

Then(
  'events arrive on the event channels associated with what they are about, and on no other',
  async function (this: RdmaWorld) {
    const context = this.context();
    const listeners: { matter: string; event: string; channel: Thing }[] = [];
    const listen = async (matter: string, source: string): Promise<void> => {
      const channel = await make(context, 'event_channel');
      const result = await ask(channel, 'associate', named(this, matter));
      if (result.errno !== 0) this.check(`association with ${matter}`, false, '0', result.answer, result);
      listeners.push({ matter, event: eventFor(this, source), channel });
    };
    await listen('the device', 'DEVICE');
    for (let port = 1; port <= (await limitOf(context, 'port_count')); port += 1)
      await listen(`port ${String(port)}`, 'PORT');
    for (const object of objectsWithEvents(this)) {
      for (const name of [object, `other ${object}`]) {
        this.objects.set(name, await make(context, object, anyVariant(this.client.session, object)));
        await listen(`the ${name}`, object.toUpperCase());
      }
    }
    const all = await make(context, 'event_channel');
    for (const { matter } of listeners) await ask(all, 'associate', named(this, matter));
    const none = await make(context, 'event_channel');
    for (const { matter, event } of listeners) {
      await happen(this.client, event, aboutMatter(this, matter));
      for (const other of listeners) {
        const expected = other.matter === matter ? event : 'nothing';
        const got = await eventsOn(other.channel, expected === 'nothing' ? 0 : 1);
        this.check(`${event} of ${matter} on the channel of ${other.matter}`, got === expected, expected, got);
      }
      const everything = await eventsOn(all, 1);
      this.check(`${event} of ${matter} on the channel of all`, everything === event, event, everything);
      const nothing = await eventsOn(none);
      this.check(`${event} of ${matter} on a channel of nothing`, nothing === 'nothing', 'nothing', nothing);
    }
  },
);
