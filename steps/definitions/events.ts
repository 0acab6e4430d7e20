/** Events that happen to objects, ports and the device, and the channels they arrive on. */
import { Given, Then, When } from '@cucumber/cucumber';
import type { About } from '../../backends/backend.ts';
import type { EventReport, Value } from '../../spec/abi/abi.ts';
import { anyVariant, offers, typesOffered } from '../client/offered.ts';
import { aboutThing, drain, drive, eventsOn, happen } from '../client/events.ts';
import { Refused, ask, make, type Thing } from '../client/things.ts';
import { limitOf } from '../client/limits.ts';
import { words } from '../client/words.ts';
import { objectOf } from '../support/parameter_types.ts';
import type { RdmaWorld } from '../support/world.ts';

/** What an event is about, as controls name it; undefined for the device. */
export function aboutMatter(world: RdmaWorld, matter: string): About | undefined {
  if (matter === 'the device') return undefined;
  const port = /^port (\d+)$/.exec(matter)?.[1];
  return port === undefined ? aboutThing(world.thing(matter.slice('the '.length))) : { port: Number(port) };
}

Given('a(n) {object} of the second file', async function (this: RdmaWorld, name: string) {
  this.objects.set(`far ${name}`, await make(this.context('the second file'), objectOf(name)));
});

Given('a(n) {object} that reports to the {channel}', async function (this: RdmaWorld, name: string, channel: string) {
  const object = objectOf(name);
  const extra = { event_channel: this.thing(channel).handle };
  this.objects.set(name, await make(this.context(), object, anyVariant(this.client.session, object), extra));
});

When('the event {word} happens to {matter}', async function (this: RdmaWorld, event: string, matter: string) {
  await happen(this.client, event, aboutMatter(this, matter));
});

Then('the {channel} gets {events}', async function (this: RdmaWorld, channel: string, events: string) {
  const expected = events === 'nothing' ? 0 : events.split(', ').length;
  const got = await eventsOn(this.thing(channel), expected);
  this.check(channel, got === events, events, got);
});

/** Something that can happen: an event, what it is about, and the record it must make. */
interface Case {
  readonly name: string;
  readonly event: string;
  readonly about: About | undefined;
  readonly object: string;
  readonly element: bigint;
}

/** Every event of the tables that something on this device can have. Objects report to `channel`, or are associated with it. */
async function casesFor(world: RdmaWorld, channel: Thing): Promise<Case[]> {
  const { spec, client } = world;
  const subjects = new Map<string, Omit<Case, 'event'>[]>();
  const subjectsOf = async (source: string): Promise<Omit<Case, 'event'>[]> => {
    const object = source.toLowerCase();
    if (object === 'device') return [{ name: 'the device', about: undefined, object, element: 0n }];
    if (object === 'port') {
      const ports = Array.from({ length: await limitOf(world.context(), 'port_count') }, (_, index) => index + 1);
      return ports.map((port) => ({ name: `port ${String(port)}`, about: { port }, object, element: BigInt(port) }));
    }
    const table = spec.objects[object];
    if (table === undefined || !offers(client.session, table)) return [];
    const variants = object === 'qp' ? typesOffered(client.session) : [undefined];
    const made = [];
    for (const [index, variant] of variants.entries()) {
      const element = 0xfedcba0000000000n + BigInt((spec.enums['event_source']?.[source] ?? 0) * 256 + index);
      const thing = await make(world.context(), object, variant, { user_handle: element, ...reporting(channel) });
      made.push({ name: `a ${variant ?? ''} ${object}`.replace('  ', ' '), about: aboutThing(thing), object, element });
    }
    return made;
  };
  for (const source of new Set(Object.values(spec.affiliations))) subjects.set(source, await subjectsOf(source));
  if (channel.object === 'event_channel') await associateAll(channel, [...subjects.values()].flat());
  return Object.entries(spec.affiliations)
    .filter(([event]) => event !== 'COMPLETION')
    .flatMap(([event, source]) => (subjects.get(source) ?? []).map((subject) => ({ ...subject, event })));
}

function reporting(channel: Thing): Readonly<Record<string, Value>> {
  return channel.object === 'async_event' ? { event_channel: channel.handle } : {};
}

async function associateAll(channel: Thing, subjects: readonly Omit<Case, 'event'>[]): Promise<void> {
  for (const { about, object } of subjects) {
    const number = about === undefined ? 0 : 'port' in about ? about.port : about.handle;
    const result = await ask(channel, 'associate', { object: object.toUpperCase(), number });
    if (result.errno !== 0) throw new Refused('event-associate', result);
  }
}

/** A record in words; what a record of this ABI does not tell is not asked of it. */
function told({ event, element, object, reserved }: EventReport): string {
  const rest = reserved === 0 ? '' : `, reserved 0x${reserved.toString(16)}`;
  return `${event} of ${object === undefined ? '' : `${object} `}0x${element.toString(16)}${rest}`;
}

Then('every event is reported on the {channel} with what it is about', async function (this: RdmaWorld, name: string) {
  const channel = this.thing(name);
  for (const { name: subject, event, about, object, element } of await casesFor(this, channel)) {
    await happen(this.client, event, about);
    const [report] = await drain(channel, 1);
    const expected = told({ event, element, reserved: 0, ...(report?.object === undefined ? {} : { object }) });
    const got = report === undefined ? 'nothing' : told(report);
    this.check(`${event} of ${subject}`, got === expected, expected, got);
  }
});

/** States a port goes through, and what it reports on the way. */
const WALK: readonly (readonly [string, string])[] = [
  ['DOWN', 'PORT_ERR'],
  ['INIT', 'nothing'],
  ['ARMED', 'nothing'],
  ['ACTIVE', 'PORT_ACTIVE'],
  ['ACTIVE', 'nothing'],
];

Then(
  'ports that go down and come up report it on the {channel} as a query shows it',
  async function (this: RdmaWorld, name: string) {
    const channel = this.thing(name);
    const { client } = this;
    const ports = await limitOf(this.context(), 'port_count');
    for (let port = 1; port <= ports; port += 1) {
      for (const [index, [state, events]] of WALK.entries()) {
        await drive(client, { action: 'set_port', device: client.device, port, state });
        const got = await eventsOn(channel, events === 'nothing' ? 0 : 1);
        const call = { object: 'port', method: 'query', on: port, attributes: {}, room: { state: 0 } };
        const result = await this.context().call(call);
        const shown = words(result.reply?.attributes['state']);
        const expected = `${events}, ${state}`;
        const found = `${got}, ${shown}`;
        this.check(`port ${String(port)} step ${String(index + 1)}`, found === expected, expected, found, result);
      }
    }
  },
);

Then('the answer reports {int} {word} event(s)', function (this: RdmaWorld, count: number, kind: string) {
  const { result } = this;
  const answered = result.reply?.attributes ?? {};
  const got =
    kind === 'completion' ? answered['comp_events'] : (answered['async_events'] ?? answered['events_reported']);
  this.check(`${kind} events`, got === count, String(count), words(got), result);
});
