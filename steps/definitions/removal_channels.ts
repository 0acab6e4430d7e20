/** What readers of channels see of a device that goes, and what destroy reports of events that were read before. */
import { Given, Then, When } from '@cucumber/cucumber';
import { BackendError, POLL, type Answer } from '../../backends/backend.ts';
import { errnoName } from '../../spec/errno.ts';
import type { Context } from '../client/client.ts';
import { happen } from '../client/events.ts';
import { timeToHappen, type Flight } from '../client/flight.ts';
import { offers } from '../client/offered.ts';
import { waits } from '../client/removal.ts';
import { Refused, ask, make, on, tableOf, type Thing } from '../client/things.ts';
import { objectOf } from '../support/parameter_types.ts';
import { stageOf } from '../support/stage.ts';
import type { RdmaWorld } from '../support/world.ts';

/** An event for each object whose destroy reports how many were read, and the output that does. */
const COUNTED: readonly (readonly [object: string, event: string, output: string])[] = [
  ['cq', 'CQ_ERR', 'async_events'],
  ['qp', 'SQ_DRAINED', 'events_reported'],
];
const TIMES = 2;
/** More records than any channel holds here. */
const MOST_RECORDS = 16;

Given(
  'a(n) {object} that is associated with {word} {int}',
  async function (this: RdmaWorld, words: string, kind: string, number: number) {
    const channel = await make(this.context(), objectOf(words));
    const result = await ask(channel, 'associate', { object: kind.toUpperCase(), number });
    if (result.errno !== 0) throw new Refused('event-associate', result);
    this.objects.set(`${words} of the ${kind}`, channel);
  },
);

Given('port {int} reports {word}', async function (this: RdmaWorld, port: number, event: string) {
  await happen(this.client, event, { port });
});

Given('a read of a(n) {object} and a poll of another that wait', async function (this: RdmaWorld, words: string) {
  const [one, other] = [await make(this.context(), objectOf(words)), await make(this.context(), objectOf(words))];
  const waiting = [fileOf(one).read(recordBytes(this, words)), fileOf(other).poll(POLL.IN, true)];
  for (const [index, flight] of waiting.entries()) {
    const clause = index === 0 ? 'event-read-wait' : 'event-poll-wait';
    if (!(await waits(this.client, flight))) throw new Refused(clause, one.created, 'to wait', 'it returned');
  }
  stageOf(this).waiting = waiting;
});

Given('events that were read of every object that counts them', async function (this: RdmaWorld) {
  const channel = await make(this.context(), 'async_event');
  const things: Thing[] = [];
  for (const [object, event] of COUNTED) {
    if (!offers(this.client.session, tableOf(this.spec, object))) continue;
    const thing = await make(this.context(), object, object === 'qp' ? 'UD' : undefined);
    for (let time = 0; time < TIMES; time += 1) await raise(this, event, thing);
    for (let time = 0; time < TIMES; time += 1) await taken(this, fileOf(channel), 'async_event');
    things.push(thing);
  }
  // One more that nobody reads does not count.
  for (const thing of things) await raise(this, COUNTED.find(([object]) => object === thing.object)?.[1] ?? '', thing);
  stageOf(this).things = things;
});

When('the {object} is read to its end', async function (this: RdmaWorld, words: string) {
  const file = fileOf(this.thing(words));
  const records: string[] = [];
  let answer = await taken(this, file, objectOf(words));
  while (answer.includes(' ') && records.length < MOST_RECORDS) {
    records.push(answer);
    answer = await taken(this, file, objectOf(words));
  }
  stageOf(this).records = records;
});

Then('both return', async function (this: RdmaWorld) {
  for (const [index, flight] of (stageOf(this).waiting ?? []).entries()) {
    const returned = (await flight.within(timeToHappen(this.client.session))) !== undefined;
    this.check(index === 0 ? 'read' : 'poll', returned, 'returns', returned ? 'returns' : 'waits');
  }
});

Then('a read of the {object} is refused', async function (this: RdmaWorld, words: string) {
  const errnos = this.errnosOf(this.clause.id);
  const got = await taken(this, fileOf(this.thing(words)), objectOf(words));
  this.check(`read of the ${words}`, errnos.includes(got), errnos.join(' or '), got);
});

Then('a poll of the {object} reports an error', async function (this: RdmaWorld, words: string) {
  const ready = await fileOf(this.thing(words)).poll(POLL.IN).within(timeToHappen(this.client.session));
  this.check(`poll of the ${words}`, ready === POLL.ERR, String(POLL.ERR), String(ready));
});

Then('the {object} gave {string}', function (this: RdmaWorld, words: string, wanted: string) {
  const got = (stageOf(this).records ?? []).join(', ');
  this.check(`records of the ${words}`, got === wanted, wanted, got);
});

Then(
  'a read of the {object} of the {word} gives {string}',
  async function (this: RdmaWorld, words: string, kind: string, wanted: string) {
    const got = await taken(this, fileOf(this.thing(`${words} of the ${kind}`)), objectOf(words));
    this.check(`record of the ${words} of the ${kind}`, got === wanted, wanted, got);
  },
);

Then(
  'a read of the {object} of the {word} gives no record',
  async function (this: RdmaWorld, words: string, kind: string) {
    const got = await taken(this, fileOf(this.thing(`${words} of the ${kind}`)), objectOf(words));
    const none = !got.includes(' ');
    this.check(`record of the ${words} of the ${kind}`, none, 'none', none ? 'none' : got);
  },
);

Then('destroying each object reports the events that were read', async function (this: RdmaWorld) {
  for (const thing of stageOf(this).things) {
    const [, , output = ''] = COUNTED.find(([object]) => object === thing.object) ?? [];
    const result = await thing.context.call(on(thing, 'destroy', {}, { [output]: 0 }));
    const got = result.reply === undefined ? result.answer : String(Number(result.reply.attributes[output]));
    this.check(`${thing.object} ${output}`, got === String(TIMES), String(TIMES), got, result);
  }
});

function fileOf({ file, object }: Thing): Context {
  if (file === undefined) throw new Error(`${object} has no descriptor`);
  return file;
}

function recordBytes(world: RdmaWorld, words: string): number {
  return world.client.session.abi.recordBytes(objectOf(words));
}

async function raise(world: RdmaWorld, event: string, { context, object, handle }: Thing): Promise<void> {
  const about = { pid: context.process.pid, fd: context.fd, object, handle };
  const answer = await world.client.control({ action: 'raise_event', device: world.client.device, event, about });
  if (!answer.ok) throw new BackendError('protocol', `${event} cannot be raised: ${errnoName(answer.errno)}`);
}

/** `EVENT element` of the next record; `nothing` where the reader waits, or the errno's name. */
async function taken(world: RdmaWorld, file: Context, channel: string): Promise<string> {
  const { abi } = world.client.session;
  const flight: Flight<Answer<Uint8Array>> = file.read(abi.recordBytes(channel));
  if (await waits(world.client, flight)) return 'nothing';
  const { landed } = flight;
  if (landed?.ok !== true) return landed === undefined ? 'nothing' : errnoName(landed.errno);
  const { event, element } = abi.record(channel, landed.value);
  return `${event} ${String(element)}`;
}
