/** A context in two processes: objects, ends, events, descriptors, memory. */
import { Given, Then, When } from '@cucumber/cucumber';
import { FD_CLOEXEC, O_NONBLOCK, type Answer } from '../../backends/backend.ts';
import { errnoName } from '../../spec/errno.ts';
import type { Context } from '../client/client.ts';
import { timeToHappen } from '../client/flight.ts';
import { flags, isHow, shared, type How } from '../client/sharing.ts';
import { specimenCall, specimensOf, type Specimen } from '../client/specimens.ts';
import { make, on, tableOf } from '../client/things.ts';
import { destroyOf, inFreshFile } from '../client/touches.ts';
import { words } from '../client/words.ts';
import { objectOf } from '../support/parameter_types.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const OTHER = 'the other process';
/** Bytes of room for a record, enough for every ABI. */
const RECORD_ROOM = 64;
const PAGE = 4096;

Given('the device is {word} by another process', async function (this: RdmaWorld, how: string) {
  this.objects.set(OTHER, await shared(this.context(), wayOf(how)));
});

When('the file is closed in the other process', async function (this: RdmaWorld) {
  await this.context(OTHER).close();
});

Then('objects of each process answer in the other', async function (this: RdmaWorld) {
  const [one, other] = [this.context(), this.context(OTHER)];
  for (const { name, object, variant } of created(one).filter(({ creates }) => creates)) {
    for (const [maker, user, where] of [
      [one, other, 'made by the first'],
      [other, one, 'made by the second'],
    ] as const) {
      const thing = await make(maker, object, variant);
      if (this.client.session.abi.expresses(object, 'query')) {
        const seen = await user.call(on(thing, 'query'));
        this.check(`${name} ${where}, queried`, seen.errno === 0, 'the object answers', seen.answer, seen);
      }
      const gone = await user.call(destroyOf(thing));
      this.check(`${name} ${where}`, gone.errno === 0, 'the object answers', gone.answer, gone);
    }
  }
});

When(
  'every method is called on an object destroyed through a descriptor that was {word}',
  async function (this: RdmaWorld, how: string) {
    const { client } = this;
    const methods = created(this.context()).filter((one) => !one.creates && !one.prepared);
    const trials: Trial[] = [];
    for (const specimen of methods) {
      const { name, object, variant } = specimen;
      const result = await inFreshFile(client, async (context) => {
        const call = await specimenCall(context, specimen);
        const other = await shared(context, wayOf(how));
        await other.call(destroyOf({ object, variant, handle: call.on ?? 0 }));
        await other.close();
        return context.call(call);
      });
      trials.push({ name, result });
    }
    this.trials = trials;
  },
);

/** Specimens of objects with handles. */
function created(context: Context): Specimen[] {
  const { spec } = context.client.session;
  return specimensOf(context).filter(({ object }) => tableOf(spec, object).instances === 'created');
}

/** Ends of a process's hold on a file, and which process is left with it. */
const ENDS: Readonly<Record<string, (one: Context, other: Context) => Promise<Context>>> = {
  'the second closes it': async (one, other) => (await other.close(), one),
  'the second ends': async (one, other) => (await one.client.ask(other.process.exit(), 'exit'), one),
  'the first closes it': async (one, other) => (await one.close(), other),
  'the first ends': async (one, other) => (await one.client.ask(one.process.exit(), 'exit'), other),
};

Then('a file that is {word} outlives whichever process ends first', async function (this: RdmaWorld, how: string) {
  for (const [name, end] of Object.entries(ENDS)) {
    const one = await this.client.open();
    const thing = await make(one, 'pd');
    const left = await end(one, await shared(one, wayOf(how)));
    const result = await left.call(destroyOf(thing));
    this.check(name, result.errno === 0, 'the object answers', result.answer, result);
  }
});

Then('an event on a channel that is {word} is read once', async function (this: RdmaWorld, how: string) {
  const { client } = this;
  const channel = await make(this.context(), 'async_event');
  const cq = await make(this.context(), 'cq');
  const first = fileOf(channel.file);
  await flags(first, 'F_SETFL', O_NONBLOCK);
  const { pid } = first.process;
  const about = { pid, fd: this.context().fd, object: 'cq', handle: cq.handle };
  const raise = () => client.control({ action: 'raise_event', device: client.device, event: 'CQ_ERR', about });
  await raise();
  const second = await shared(first, wayOf(how));
  const expect = async (name: string, reader: Context, wanted: string): Promise<void> => {
    const got = recordIn(await reader.read(RECORD_ROOM).within(timeToHappen(client.session)));
    this.check(name, got === wanted, wanted, got);
  };
  await expect('first event, second process', second, 'a record');
  await expect('first event, first process', first, 'EAGAIN');
  await raise();
  await expect('second event, first process', first, 'a record');
  await expect('second event, second process', second, 'EAGAIN');
  const gone = await this.context().call(on(cq, 'destroy', {}, { comp_events: 0, async_events: 0 }));
  const counted = gone.reply?.attributes['async_events'];
  this.check('events handed out', counted === 2, '2', words(counted), gone);
});

function recordIn(answer: Answer<Uint8Array> | undefined): string {
  if (answer === undefined) return 'nothing';
  return answer.ok ? 'a record' : errnoName(answer.errno);
}

Then('a channel is named by its number in the process that calls', async function (this: RdmaWorld) {
  const channel = await make(this.context(), 'comp_channel');
  const file = fileOf(channel.file);
  const other = this.context(OTHER);
  const create = (number: number) =>
    other.call({ object: 'cq', method: 'create', attributes: { cqe: 16, comp_vector: 0, comp_channel: number } });
  const free = await create(file.fd);
  this.check('number of the other process', free.answer === 'EBADF', 'EBADF', free.answer, free);
  // A second descriptor of the device takes the number that the channel has in the first process.
  await shared(this.context(), 'received', other.process);
  const taken = await create(file.fd);
  this.check('number of another file', taken.answer === 'EBADF', 'EBADF', taken.answer, taken);
  const passed = await shared(file, 'received', other.process);
  const own = await create(passed.fd);
  this.check('number of its own', own.errno === 0, '0', own.answer, own);
});

Then(
  'flags of a(n) {object} that is {word} are where they belong',
  async function (this: RdmaWorld, name: string, how: string) {
    const channel = await make(this.context(), objectOf(name));
    const first = fileOf(channel.file);
    const before = await flags(first, 'F_GETFD');
    const second = await shared(first, wayOf(how));
    const inherits = how === 'inherited' ? before : 0;
    const closing = await flags(second, 'F_GETFD');
    this.check('close-on-exec of the new descriptor', closing === inherits, String(inherits), String(closing));
    await flags(second, 'F_SETFD', closing === FD_CLOEXEC ? 0 : FD_CLOEXEC);
    const kept = await flags(first, 'F_GETFD');
    this.check('close-on-exec of the old one', kept === before, String(before), String(kept));
    await flags(second, 'F_SETFL', O_NONBLOCK);
    const mode = Number(await flags(first, 'F_GETFL')) & O_NONBLOCK;
    this.check('O_NONBLOCK set through the new descriptor', mode === O_NONBLOCK, 'set', mode === 0 ? 'not set' : 'set');
  },
);

Then('a mapping of the device is the same memory in a child', async function (this: RdmaWorld) {
  const { client, process, fd } = this.context();
  const mapped = await client.ask(process.map(fd, PAGE), 'map');
  if (!mapped.ok) throw new Error(`the device cannot be mapped: ${errnoName(mapped.errno)}`);
  const child = (await shared(this.context(), 'inherited')).process;
  const stored = await client.ask(child.store(mapped.value, Uint8Array.of(0x5a)), 'store');
  const answer = stored.ok ? '0' : errnoName(stored.errno);
  this.check('store by the child', stored.ok, '0', answer);
  const loaded = await client.ask(process.load(mapped.value, 1), 'load');
  const got = loaded.ok ? String(loaded.value[0]) : errnoName(loaded.errno);
  this.check('load by the parent', got === String(0x5a), String(0x5a), got);
});

function wayOf(word: string): How {
  if (!isHow(word)) throw new RangeError(`a descriptor is inherited or received, not ${word}`);
  return word;
}

function fileOf(file: Context | undefined): Context {
  if (file === undefined) throw new Error('an event channel has no descriptor');
  return file;
}
