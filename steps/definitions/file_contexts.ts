/** Contexts of files: opening, GET_CONTEXT, what comes before it. */
import { Then, When } from '@cucumber/cucumber';
import { FD_CLOEXEC, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } from '../../backends/backend.ts';
import type { Call } from '../../spec/abi/abi.ts';
import { errnoName } from '../../spec/errno.ts';
import { Context } from '../client/client.ts';
import { commandsOf } from '../client/commands.ts';
import { timeToHappen } from '../client/flight.ts';
import { gidEntry, gidTable, GID_BYTES } from '../client/gids.ts';
import { ask, carry, frameOf, writeFrame } from '../client/native.ts';
import { flags } from '../client/sharing.ts';
import { specimenCall, specimensOf } from '../client/specimens.ts';
import { createCall, make, on, tableOf } from '../client/things.ts';
import { destroyOf } from '../client/touches.ts';
import { judge } from '../support/judge.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const MODES: Readonly<Record<string, number>> = { O_RDONLY, O_WRONLY, O_RDWR };
/** The write command as a neutral call that it does beside: it makes a channel. */
const GET_CONTEXT: Call = { object: 'async_event', method: 'create_fd', attributes: {} };
/** Bytes of room for a record, enough for every channel. */
const RECORD_ROOM = 64;

Then('a file that is opened in any mode serves ioctls', async function (this: RdmaWorld) {
  const { client } = this;
  for (const [mode, number] of Object.entries(MODES)) {
    const process = await client.process();
    const opened = await client.tryOpen(process, client.path, number);
    const got = opened.ok ? 'a descriptor' : errnoName(opened.errno);
    this.check(`${mode}, open`, opened.ok, 'a descriptor', got);
    if (!opened.ok) continue;
    const context = new Context(client, process, opened.value);
    for (const message of client.session.abi.greeting())
      judge(this, { name: `${mode}, context`, result: await context.send(message) }, ['0']);
    const query = { object: 'device', method: 'query', on: 0, attributes: {}, room: { port_count: 0 } };
    judge(this, { name: `${mode}, query`, result: await context.call(query) }, ['0']);
    for (const object of ['pd', 'cq']) {
      const { call } = await createCall(context, object, undefined);
      const result = await context.call(call);
      judge(this, { name: `${mode}, ${object} made`, result }, ['0']);
      if (result.reply === undefined) continue;
      const ended = await context.call(destroyOf({ object, variant: undefined, handle: result.reply.handle }));
      judge(this, { name: `${mode}, ${object} ended`, result: ended }, ['0']);
    }
  }
});

Then('close-on-exec of its descriptor is what was set last', async function (this: RdmaWorld) {
  const context = this.context();
  for (const [name, value] of [
    ['cleared', 0],
    ['set', FD_CLOEXEC],
    ['cleared again', 0],
  ] as const) {
    await flags(context, 'F_SETFD', value);
    await context.call(on(await make(context, 'pd'), 'destroy'));
    const got = await flags(context, 'F_GETFD');
    this.check(name, got === value, String(value), String(got));
  }
});

When('contexts are made twice in one file', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const first of ['ioctl', 'write'] as const) {
    for (const second of ['ioctl', 'write'] as const) {
      const context = await this.client.openSilently();
      const made = await opened(context, first);
      if (made.errno !== 0) throw new Error(`GET_CONTEXT by ${first} answers ${made.answer}`);
      trials.push({ name: `${second} after ${first}`, result: await opened(context, second) });
    }
  }
  this.trials = trials;
});

/** Asks for a context by either way. */
async function opened(context: Context, way: 'ioctl' | 'write') {
  if (way === 'write')
    return writeFrame(context, 'get_context', GET_CONTEXT, frameOf(context, 'get_context', GET_CONTEXT));
  const [message] = context.client.session.abi.greeting();
  if (message === undefined) throw new Error('nothing makes a context in this ABI');
  return context.send(message);
}

/** Commands that look for objects before they ask for a context. */
const LOOKS_FIRST: ReadonlySet<string> = new Set(['create_rwq_ind_tbl', 'rwq_ind_tbl.create']);

When('everything that makes or asks is called in a file without a context', async function (this: RdmaWorld) {
  const sound = this.context();
  const silent = await this.client.openSilently();
  const { abi } = this.client.session;
  const trials: Trial[] = [];
  const { spec } = this;
  const asks = specimensOf(sound).filter(
    ({ object, creates, name }) => (creates || tableOf(spec, object).instances === 'fixed') && !LOOKS_FIRST.has(name),
  );
  for (const specimen of asks) {
    const call = await specimenCall(sound, specimen);
    const message = abi.encode(abi.draft(call));
    trials.push({ name: specimen.name, result: await silent.send(message, call) });
  }
  for (const { command, specimen } of await commandsOf(sound)) {
    if (!asks.some(({ name }) => name === specimen.name) || LOOKS_FIRST.has(command.name)) continue;
    const call = await specimenCall(sound, specimen);
    const written = await writeFrame(silent, command.name, call, frameOf(sound, command.name, call));
    trials.push({ name: `${command.name} by write`, result: written });
    trials.push({ name: `${command.name} by INVOKE_WRITE`, result: await carry(silent, command.name, call) });
  }
  trials.push({ name: 'table of GIDs', result: (await gidTable(silent, GID_BYTES, GID_BYTES)).result });
  trials.push({ name: 'one GID', result: (await gidEntry(silent, 1, 0)).result });
  this.trials = trials;
});

Then('the write command that makes a context makes a channel with it', async function (this: RdmaWorld) {
  const { client } = this;
  const context = await client.openSilently();
  const made = await opened(context, 'write');
  judge(this, { name: 'answer', result: made }, ['0']);
  const { bytes } = made.encoded.regions[1] ?? { bytes: new Uint8Array(8) };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const other = await client.openSilently();
  const asked = await ask(other, 'device', 'get_context', { NUM_COMP_VECTORS: new Uint8Array(4) });
  const vectors = new DataView(asked.outputs['NUM_COMP_VECTORS']?.buffer ?? new ArrayBuffer(4)).getUint32(0, true);
  const told = view.getUint32(4, true);
  this.check('completion vectors', told === vectors, String(vectors), String(told), made);
  const channel = new Context(client, context.process, view.getUint32(0, true));
  const closing = await flags(channel, 'F_GETFD');
  this.check('close-on-exec', closing === FD_CLOEXEC, String(FD_CLOEXEC), String(closing), made);
  await flags(channel, 'F_SETFL', O_NONBLOCK);
  const read = await channel.read(RECORD_ROOM).within(timeToHappen(client.session));
  const got = read === undefined ? 'nothing' : read.ok ? 'a record' : errnoName(read.errno);
  this.check('read', got === 'EAGAIN', 'EAGAIN', got);
  const ended = await context.call(on(await make(context, 'pd'), 'destroy'));
  this.check('context', ended.errno === 0, '0', ended.answer, ended);
});
