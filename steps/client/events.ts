/** Event channels as scenarios use them: making things happen, reading what arrived, readers and polls that wait. */
import { setTimeout } from 'node:timers/promises';
import { BackendError, O_NONBLOCK, type About, type Answer, type Control } from '../../backends/backend.ts';
import { errnoName } from '../../spec/errno.ts';
import type { EventReport } from '../../spec/abi/abi.ts';
import type { Client, Context } from './client.ts';
import { Flight, timeToHappen } from './flight.ts';
import type { Thing } from './things.ts';

/** More records than any scenario raises: a channel that never runs dry is not read for ever. */
const BOUND = 64;
/** Milliseconds between two looks at a channel that has not got what it should. */
const PAUSE = 5;

/** A read that was not answered at once; the next record of its channel is this one's. */
const pending = new WeakMap<Context, Flight<Answer<Uint8Array>>>();

/** The descriptor of a channel. */
export function fileOf({ object, file }: Thing): Context {
  if (file === undefined) throw new Error(`a ${object} is no channel`);
  return file;
}

export function recordBytes(channel: Thing): number {
  return channel.context.client.session.abi.recordBytes(channel.object);
}

/** Has the device do something that no call can. */
export async function drive(client: Client, control: Control): Promise<void> {
  const answer = await client.control(control);
  if (!answer.ok) throw new BackendError('protocol', `control ${control.action} answers ${errnoName(answer.errno)}`);
}

/** Has a port change its state. */
export async function setPort(client: Client, state: string, port = 1): Promise<void> {
  await drive(client, { action: 'set_port', device: client.device, port, state });
}

/** How controls name an object. */
export function aboutThing({ context, object, handle }: Thing): About {
  return { pid: context.process.pid, fd: context.fd, object, handle };
}

export async function happen(client: Client, event: string, about?: About): Promise<void> {
  const { device } = client;
  await drive(client, { action: 'raise_event', device, event, ...(about === undefined ? {} : { about }) });
}

/** Sets or clears O_NONBLOCK. */
export async function setNonblocking(file: Context, on: boolean): Promise<void> {
  await file.client.ask(file.process.fcntl(file.fd, 'F_SETFL', on ? O_NONBLOCK : 0), 'fcntl');
}

/** What one read has to say without waiting: bytes, the name of an errno, or undefined where it waits all the same. */
export async function readNow(channel: Thing, length = recordBytes(channel)): Promise<Uint8Array | string | undefined> {
  const file = fileOf(channel);
  const flight = pending.get(file) ?? file.read(length);
  pending.set(file, flight);
  const answer = await flight.within(channel.context.client.session.description.patience);
  if (answer === undefined) return undefined;
  pending.delete(file);
  return answer.ok ? answer.value : errnoName(answer.errno);
}

/** Every record a channel holds. Where fewer than `expected` are there, late ones get the time they may take. */
export async function drain(channel: Thing, expected = 0): Promise<EventReport[]> {
  const { session } = channel.context.client;
  const reports: EventReport[] = [];
  const deadline = Date.now() + timeToHappen(session);
  await setNonblocking(fileOf(channel), true);
  while (reports.length < BOUND) {
    const got = await readNow(channel);
    if (got instanceof Uint8Array && got.length === recordBytes(channel))
      reports.push(session.abi.record(channel.object, got));
    else if (reports.length < expected && Date.now() < deadline) await setTimeout(PAUSE);
    else break;
  }
  await setNonblocking(fileOf(channel), false);
  return reports;
}

/** The names of what a channel holds, as scenarios list them. */
export async function eventsOn(channel: Thing, expected = 0): Promise<string> {
  const names = (await drain(channel, expected)).map(({ event }) => event);
  return names.length === 0 ? 'nothing' : names.join(', ');
}

/** Readers of a channel that were begun and are looked at later, in the order of their beginning. */
const readers = new WeakMap<Thing, Flight<Answer<Uint8Array>>[]>();

export function beginReading(channel: Thing, count: number): void {
  const begun = Array.from({ length: count }, () => fileOf(channel).read(recordBytes(channel)));
  readers.set(channel, [...(readers.get(channel) ?? []), ...begun]);
}

/** What each reader has: the name of its event, the name of an errno, or `nothing` where it still waits. */
export async function heardBy(channel: Thing, milliseconds: number): Promise<string[]> {
  const { abi } = channel.context.client.session;
  const heard: string[] = [];
  for (const reader of readers.get(channel) ?? []) {
    const answer = await reader.within(milliseconds);
    if (answer === undefined) heard.push('nothing');
    else if (!answer.ok) heard.push(errnoName(answer.errno));
    else if (answer.value.length !== recordBytes(channel)) heard.push(`${String(answer.value.length)} bytes`);
    else heard.push(abi.record(channel.object, answer.value).event);
  }
  return heard;
}

/** What closing a channel answered. */
const closings = new WeakMap<Thing, Answer>();

export async function closeChannel(channel: Thing): Promise<void> {
  closings.set(channel, await fileOf(channel).close());
}

/** Undefined where it was not closed. */
export function closingOf(channel: Thing): Answer | undefined {
  return closings.get(channel);
}

/** A poll of a channel that was begun and is looked at later. */
const polls = new WeakMap<Thing, Flight<number>>();

export function beginPolling(channel: Thing, events: number): void {
  polls.set(channel, fileOf(channel).poll(events, true));
}

/** What it reported; undefined as long as it waits. */
export async function polled(channel: Thing, milliseconds: number): Promise<number | undefined> {
  return polls.get(channel)?.within(milliseconds);
}
