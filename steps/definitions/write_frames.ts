/** Frames of write commands that lie, and writes by those who may not. */
import { Then, When } from '@cucumber/cucumber';
import { O_RDONLY } from '../../backends/backend.ts';
import type { Call } from '../../spec/abi/abi.ts';
import type { Frame } from '../../spec/abi/native.ts';
import { errnoName } from '../../spec/errno.ts';
import { inChains } from '../client/chains.ts';
import { Context } from '../client/client.ts';
import { commandsOf, type CommandSpecimen } from '../client/commands.ts';
import { carry, commandNamed, frameOf, writeFrame } from '../client/native.ts';
import { shared } from '../client/sharing.ts';
import { specimenCall } from '../client/specimens.ts';
import { judge } from '../support/judge.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const ALLOC_PD: Call = { object: 'pd', method: 'create', attributes: {} };
const QUERY: Call = { object: 'device', method: 'query', attributes: {} };

/** A frame that differs in one thing. */
interface Lie {
  readonly name: string;
  readonly change: Partial<Frame>;
}

/** What the header counts, and what is there. */
function lengths({ extended, request, driver }: Frame): Lie[] {
  const words = extended ? request.length / 8 : (8 + request.length + driver.length) / 4;
  const lies: Lie[] = [
    { name: 'one word more', change: { inWords: words + 1 } },
    { name: 'one word less', change: { inWords: words - 1 } },
    { name: 'no words', change: { inWords: 0 } },
  ];
  if (!extended) return lies.filter(({ change }) => change.inWords !== words);
  const more: Lie = { name: "one word more of the driver's", change: { driverInWords: driver.length / 8 + 1 } };
  return [...lies, more].filter(({ change }) => change.inWords !== words);
}

const reserved = ({ extended }: Frame): Lie[] =>
  extended
    ? [
        { name: 'reserved', change: { reserved: 1 } },
        { name: 'highest bit', change: { reserved: 0x80000000 } },
      ]
    : [];

function pairs({ extended, room }: Frame): Lie[] {
  if (!extended) return [];
  const words = Math.max(1, room / 8);
  return [
    { name: 'room, no address', change: { outWords: words, address: 'zero' } },
    { name: "the driver's room, no address", change: { outWords: 0, driverOutWords: 1, address: 'zero' } },
    { name: 'address, no room', change: { outWords: 0, driverOutWords: 0, address: 'room' } },
  ];
}

const LIES: Readonly<Record<string, (frame: Frame) => Lie[]>> = {
  'another length than it has': lengths,
  'its reserved field set': reserved,
  'room or address alone': pairs,
};

async function lied(
  world: RdmaWorld,
  { command, specimen }: CommandSpecimen,
  lies: (frame: Frame) => Lie[],
): Promise<Trial[]> {
  const context = world.context();
  const call = await specimenCall(context, specimen);
  const frame = frameOf(context, command.name, call);
  const trials: Trial[] = [];
  for (const { name, change } of lies(frame))
    trials.push({
      name: `${command.name}, ${name}`,
      result: await writeFrame(context, command.name, call, { ...frame, ...change }),
    });
  return trials;
}

When('every write command is written with {string}', async function (this: RdmaWorld, words: string) {
  const lies = LIES[words];
  if (lies === undefined) throw new RangeError(`no frames have ${words}; there are ${Object.keys(LIES).join('; ')}`);
  const trials = await inChains(await commandsOf(this.context()), (specimen) => lied(this, specimen, lies));
  this.trials = trials.flat();
});

When('writes end within the header', async function (this: RdmaWorld) {
  const context = this.context();
  const trials: Trial[] = [];
  for (const [command, call, cuts] of [
    ['alloc_pd', ALLOC_PD, [0, 1, 4, 7]],
    ['query_device_ex', QUERY, [8, 12, 16, 23]],
  ] as const) {
    for (const cut of cuts) {
      const frame = frameOf(context, command, call);
      const result = await writeFrame(context, command, call, { ...frame, cut });
      trials.push({ name: `${command}, ${String(cut)} bytes`, result });
    }
  }
  this.trials = trials;
});

When('an extended command leaves neither room nor address for its response', async function (this: RdmaWorld) {
  const context = this.context();
  const frame = frameOf(context, 'query_device_ex', QUERY);
  this.result = await writeFrame(context, 'query_device_ex', QUERY, { ...frame, room: 0, address: 'zero' });
});

/** What a file answers to the same call by write and by ioctl. */
async function written(context: Context, name: string, change: Partial<Frame> = {}): Promise<Trial> {
  const frame = frameOf(context, 'alloc_pd', ALLOC_PD);
  return { name, result: await writeFrame(context, 'alloc_pd', ALLOC_PD, { ...frame, ...change }) };
}

/** The file of each of two processes, of which one has rights that the other lacks, in the hands of the other. */
async function strangers(world: RdmaWorld): Promise<(readonly [string, Context])[]> {
  const { client } = world;
  const lesser = await client.process(false);
  const opened = await client.open(false);
  const greater = await client.process();
  return [
    ['with fewer rights', await shared(world.context(), 'received', lesser)],
    ['with more rights', await shared(opened, 'received', greater)],
  ];
}

async function relatives(world: RdmaWorld): Promise<(readonly [string, Context])[]> {
  return [
    ['a child', await shared(world.context(), 'inherited')],
    ['another process', await shared(world.context(), 'received')],
  ];
}

When('processes with other rights write to a file they were given', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const [name, context] of await strangers(this)) {
    trials.push(await written(context, name));
    trials.push(await written(context, `${name}, less than a header`, { cut: 4 }));
    trials.push(await written(context, `${name}, an unknown command`, { word: 22 }));
  }
  this.trials = trials;
});

When('processes with the same rights write to a file they did not open', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const [name, context] of await relatives(this)) trials.push(await written(context, name));
  this.trials = trials;
});

Then('they are served by ioctl', async function (this: RdmaWorld) {
  for (const [name, context] of [...(await strangers(this)), ...(await relatives(this))]) {
    const method = await context.call(QUERY);
    judge(this, { name: `${name}, a query`, result: method }, ['0']);
    judge(this, { name: `${name}, a command`, result: await carry(context, 'alloc_pd', ALLOC_PD) }, ['0']);
  }
});

When('a command is written to a file that was opened for reading', async function (this: RdmaWorld) {
  const { client } = this;
  const process = await client.process();
  const opened = await client.tryOpen(process, client.path, O_RDONLY);
  if (!opened.ok) throw new Error(`${client.path} cannot be opened for reading: ${errnoName(opened.errno)}`);
  const context = new Context(client, process, opened.value);
  const trials: Trial[] = [await written(context, 'before there is a context')];
  for (const message of client.session.abi.greeting()) await context.send(message);
  trials.push(await written(context, 'in a context'));
  trials.push(await written(context, 'of an unknown number', { word: commandNamed(context, 'alloc_pd').word | 0x100 }));
  this.trials = trials;
});
