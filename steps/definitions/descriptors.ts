/** Channels as descriptors: their numbers, calls on them and on the wrong ones, attributes that name them, their end. */
import { Given, Then, When } from '@cucumber/cucumber';
import { FD_CLOEXEC } from '../../backends/backend.ts';
import type { Call } from '../../spec/abi/abi.ts';
import { appliesTo, attributeOf } from '../../spec/abi/uapi/tables.ts';
import { errnoName } from '../../spec/errno.ts';
import { aboutThing, closeChannel, closingOf, eventsOn, fileOf, happen } from '../client/events.ts';
import { offers, typesOffered } from '../client/offered.ts';
import { specimenCall, specimensOf } from '../client/specimens.ts';
import { createCall, creationOf, make, on, type Thing } from '../client/things.ts';
import { Context } from '../client/client.ts';
import { objectOf } from '../support/parameter_types.ts';
import { sweep } from '../support/sweep.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** The lowest number that is free in a process: what opening the device once more gives, and gives back. */
async function lowestFree({ client, process }: Context): Promise<number> {
  const opened = await client.ask(process.open(client.session.description.devices[0]?.path ?? ''), 'open');
  if (!opened.ok) throw new Error(`the device cannot be opened again: ${errnoName(opened.errno)}`);
  await client.ask(process.close(opened.value), 'close');
  return opened.value;
}

Then('every new {object} has the lowest descriptor that is free', async function (this: RdmaWorld, name: string) {
  const context = this.context();
  const made: Thing[] = [];
  const expect = async (what: string): Promise<void> => {
    const free = await lowestFree(context);
    const channel = await make(context, objectOf(name));
    made.push(channel);
    this.check(what, channel.handle === free, String(free), String(channel.handle), channel.created);
  };
  for (const what of ['the first', 'the second', 'the third']) await expect(what);
  // A number that was given back is the lowest again.
  await (made[0] as Thing).file?.close();
  await expect('after the first is closed');
});

Then('the descriptor of the {object} is close-on-exec', async function (this: RdmaWorld, name: string) {
  const { created, file } = this.thing(name) as Thing & { file: Context };
  const answer = await this.client.ask(file.process.fcntl(file.fd, 'F_GETFD'), 'fcntl');
  const got = answer.ok ? String(answer.value & FD_CLOEXEC) : errnoName(answer.errno);
  this.check(name, got === String(FD_CLOEXEC), String(FD_CLOEXEC), got, created);
});

Then('{int} {object}s have descriptors of their own', async function (this: RdmaWorld, count: number, name: string) {
  const numbers = new Set<number>();
  for (let i = 0; i < count; i += 1) {
    const { call } = await createCall(this.context(), objectOf(name), undefined);
    const result = await this.context().call(call);
    const { reply } = result;
    const fresh = reply !== undefined && !numbers.has(reply.handle);
    const got = reply === undefined ? result.answer : String(reply.handle);
    this.check(`${name} ${String(i + 1)}`, fresh, 'a number of its own', fresh ? 'a number of its own' : got, result);
    if (reply !== undefined) numbers.add(reply.handle);
  }
});

/** A sound call of a method of event channels, as its own descriptor takes it. */
const ON_CHANNEL: Call = {
  object: 'event_channel',
  method: 'associate',
  on: 0,
  attributes: { object: 'DEVICE', number: 0 },
};

When('a method of the event channel is called on its own descriptor', async function (this: RdmaWorld) {
  this.result = await fileOf(this.thing('event channel')).call(ON_CHANNEL);
});

When('methods of the event channel are called on other descriptors', async function (this: RdmaWorld) {
  const files: (readonly [string, Context])[] = [['the device', this.context()]];
  for (const object of ['comp_channel', 'async_event'])
    files.push([object, fileOf(await make(this.context(), object))]);
  const trials: Trial[] = [];
  for (const [name, file] of files)
    for (const method of ['associate', 'dissociate'])
      trials.push({ name: `${method} on ${name}`, result: await file.call({ ...ON_CHANNEL, method }) });
  this.trials = trials;
});

When('the event channel is called with object ids that are not 0', async function (this: RdmaWorld) {
  const channel = this.thing('event channel');
  const trials: Trial[] = [];
  for (const id of [1, channel.handle, 0xffffffff])
    trials.push({ name: `object id ${String(id)}`, result: await fileOf(channel).call({ ...ON_CHANNEL, on: id }) });
  this.trials = trials;
});

When(
  'every method of the device is called on the descriptor of the {object}',
  async function (this: RdmaWorld, name: string) {
    const file = fileOf(this.thing(name));
    const trials: Trial[] = [];
    for (const specimen of specimensOf(this.context()))
      trials.push({ name: specimen.name, result: await file.call(await specimenCall(this.context(), specimen)) });
    this.trials = trials;
  },
);

Then('a write to the {object} is refused', async function (this: RdmaWorld, name: string) {
  const file = fileOf(this.thing(name));
  const answer = await this.client.ask(
    file.process.write({ fd: file.fd, regions: [{ bytes: new Uint8Array(16) }], patches: [] }),
    'write',
  );
  const errnos = this.errnosOf(this.clause.id);
  const got = answer.ok ? '0' : errnoName(answer.errno);
  this.check(`write to the ${name}`, errnos.includes(got), errnos.join(' or '), got);
});

/** A create with every attribute that wants a channel, with what `numbers` gives for that kind of channel. */
async function created(
  world: RdmaWorld,
  numbers: (wanted: string) => Promise<Readonly<Record<string, number>>>,
): Promise<Trial[]> {
  const { client, spec } = world;
  const context = world.context();
  const trials: Trial[] = [];
  for (const table of Object.values(spec.objects)) {
    if (table.instances !== 'created' || table.driver === true || !offers(client.session, table)) continue;
    for (const variant of table.object === 'qp' ? typesOffered(client.session) : [undefined]) {
      const { call } = await createCall(context, table.object, variant);
      for (const use of creationOf(table).attributes) {
        const { type } = attributeOf(table, use.name);
        if (type.kind !== 'fd' || !appliesTo(use, variant)) continue;
        for (const [what, number] of Object.entries(await numbers(type.object))) {
          const result = await context.call({ ...call, attributes: { ...call.attributes, [use.name]: number } });
          trials.push({ name: `${table.object} ${variant ?? ''} ${use.name} ${what}`.replace('  ', ' '), result });
        }
      }
    }
  }
  return trials;
}

/** A number no process of a run opens. */
const NEVER = 900;

When('objects are created with descriptors that are no channel of the context', async function (this: RdmaWorld) {
  const context = this.context();
  const other = await this.client.openIn(context.process);
  this.trials = await created(this, async (wanted) => {
    const closed = await make(context, wanted);
    const foreign = await make(other, wanted);
    await fileOf(closed).close();
    return {
      'never opened': NEVER,
      closed: closed.handle,
      'the device': context.fd,
      'of another context': foreign.handle,
    };
  });
});

When('objects are created with channels of the wrong kind', async function (this: RdmaWorld) {
  const numbers = {
    comp_channel: (await make(this.context(), 'comp_channel')).handle,
    async_event: (await make(this.context(), 'async_event')).handle,
  };
  this.trials = await created(this, (wanted) =>
    Promise.resolve(
      wanted === 'comp_channel' ? { async_event: numbers.async_event } : { comp_channel: numbers.comp_channel },
    ),
  );
});

When(
  'a completion queue is created with the event channel as its completion channel',
  async function (this: RdmaWorld) {
    const { call } = await createCall(
      this.context(),
      'cq',
      undefined,
      {},
      {
        comp_channel: this.thing('event channel'),
      },
    );
    this.result = await this.context().call(call);
  },
);

Given('the descriptor of the {channel} is closed', async function (this: RdmaWorld, name: string) {
  await closeChannel(this.thing(name));
});

Then('nothing is left of the {object}', async function (this: RdmaWorld, name: string) {
  const { process, fd } = fileOf(this.thing(name));
  const closed = closingOf(this.thing(name));
  const answer = closed === undefined ? 'not closed' : closed.ok ? '0' : errnoName(closed.errno);
  this.check('close', answer === '0', '0', answer);
  const again = await this.client.ask(process.close(fd), 'close');
  const got = again.ok ? 'still open' : errnoName(again.errno);
  this.check('its number', got === 'EBADF', 'EBADF', got);
  await sweep(this, 'objects left', { [this.thing(name).object]: this.clause.id });
});

Then('the other process has the {channel} until it closes it too', async function (this: RdmaWorld, name: string) {
  const channel = this.thing(name);
  const other = this.context('the other process');
  const file = new Context(this.client, other.process, channel.handle);
  const { call } = await createCall(other, 'cq', undefined, {
    [channel.object === 'async_event' ? 'event_channel' : channel.object]: channel.handle,
  });
  const made = await other.call(call);
  this.check('a completion queue that names it', made.errno === 0, '0', made.answer, made);
  if (channel.object === 'async_event' && made.reply !== undefined) {
    await happen(this.client, 'CQ_ERR', aboutThing({ ...channel, context: other, object: 'cq', ...made.reply }));
    const got = await eventsOn({ ...channel, context: other, file }, 1);
    this.check('its event', got === 'CQ_ERR', 'CQ_ERR', got);
  }
  const closed = await file.close();
  this.check('its close', closed.ok, '0', closed.ok ? '0' : errnoName(closed.errno));
});

Then('the {object} answers as before', async function (this: RdmaWorld, name: string) {
  const thing = this.thing(name);
  for (const specimen of specimensOf(thing.context)) {
    if (specimen.object !== thing.object || specimen.variant !== thing.variant) continue;
    if (specimen.creates || specimen.prepared || specimen.method === 'destroy') continue;
    const call = await specimenCall(thing.context, specimen);
    const result = await thing.context.call({ ...call, on: thing.handle });
    this.check(specimen.name, result.errno === 0, '0', result.answer, result);
  }
  const result = await thing.context.call(on(thing, 'destroy'));
  this.check('destroy', result.errno === 0, '0', result.answer, result);
});
