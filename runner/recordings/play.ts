/**
 * Plays what one program sent on another implementation: the same bytes, but with the handles, descriptors and numbers that this one
 * gave out. Which bytes those are, the tables say.
 */
import type { Backend, Process } from '../../backends/backend.ts';
import type { Abi, EventReport } from '../../spec/abi/abi.ts';
import { errnoName } from '../../spec/errno.ts';
import { bytesOf } from '../views/calls.ts';
import { memoryOf, type RecordedCall } from './recorded.ts';
import { namedIn, wordsOf } from './words.ts';

/** One call as it was answered there and here. */
export interface Played {
  readonly word: string;
  readonly call: RecordedCall;
  /** Errno with a minus sign, or `0`; then the attributes that were written, in an ioctl. */
  readonly there: string;
  readonly here: string;
}

export interface Stage {
  readonly backend: Backend;
  readonly abi: Abi;
  readonly device: string;
  readonly path: string;
}

/** Where the header of an ioctl names the driver, its first attribute lies, and an attribute has its flags; the bit for written. */
const [DRIVER_AT, FIRST, ATTRIBUTE, FLAGS, WRITTEN] = [16, 24, 16, 4, 2];

export async function play(stage: Stage, calls: readonly RecordedCall[]): Promise<readonly Played[]> {
  const { abi } = stage;
  const words = wordsOf(calls, abi);
  const process = await stage.backend.process();
  const given = new Map<string, number>();
  const made: { readonly object: string; readonly fd: number; readonly handle: number; readonly call: RecordedCall }[] =
    [];
  const played: Played[] = [];
  for (const [index, call] of calls.entries()) {
    const word = words[index] ?? '';
    const fd = given.get(`fd ${String(call.fd)}`) ?? -1;
    if (call.call === 'open') {
      const opened = await process.open(stage.path);
      given.set(`fd ${call.answer}`, opened.ok ? opened.value : -1);
      played.push({ word, call, there: 'open', here: opened.ok ? 'open' : errnoName(opened.errno) });
    } else if (call.call === 'close') {
      const closed = await process.close(fd);
      played.push({ word, call, there: call.answer, here: closed.ok ? '0' : `-${errnoName(closed.errno)}` });
    } else if (call.call === 'read') {
      const channel = word.split(' ')[1] ?? '';
      const there = abi.record(channel, bytesOf(call.received?.[0] ?? call.sent?.[0] ?? ''));
      const about = aboutOf(there, made);
      if (channel !== 'async_event' || about === undefined) continue;
      const { event } = there;
      const subject = 'port' in about ? about : { ...about, pid: process.pid };
      await stage.backend.control({ action: 'raise_event', device: stage.device, event, about: subject });
      const read = await process.read(fd, abi.recordBytes(channel));
      const here = read.ok ? abi.record(channel, read.value) : undefined;
      played.push({ word, call, there: eventText(there), here: here === undefined ? 'nothing' : eventText(here) });
    } else {
      const { answer, after } = await again(process, abi, call, fd, given);
      played.push({
        word,
        call,
        there: outcome(call.answer, memoryOf(call, true).regions[0], call),
        here: outcome(answer, after[0], call),
      });
      if (answer.startsWith('-')) continue;
      for (const { place, value } of namedIn(call, abi)) {
        if (place.use !== 'made') continue;
        const here = numberAt(after[place.region], place.offset);
        given.set(`${place.names === 'fd' ? 'fd' : place.of} ${String(value)}`, here);
        if (place.names === 'handle') made.push({ object: place.of, fd, handle: here, call });
      }
    }
  }
  await process.exit();
  return played;
}

async function again(
  process: Process,
  abi: Abi,
  call: RecordedCall,
  fd: number,
  given: ReadonlyMap<string, number>,
): Promise<{ answer: string; after: readonly Uint8Array[] }> {
  const { regions, patches } = memoryOf(call);
  const memory = regions.map((bytes) => ({ bytes }));
  for (const { place, value } of namedIn({ ...call, received: call.sent ?? [] }, abi)) {
    const here = given.get(`${place.names === 'fd' ? 'fd' : place.of} ${String(value)}`);
    const bytes = memory[place.region]?.bytes;
    if (place.use === 'made' || here === undefined || bytes === undefined) continue;
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(place.offset, here, true);
  }
  // Each device has its own driver; the emulator's has the number 0.
  if (call.call === 'ioctl') memory[0]?.bytes.fill(0, DRIVER_AT, DRIVER_AT + 4);
  const sent = { fd, regions: memory, patches };
  const answered =
    call.call === 'write' ? await process.write(sent) : await process.ioctl({ ...sent, request: Number(call.request) });
  const answer = answered.ok ? String(answered.value) : `-${errnoName(answered.errno)}`;
  return { answer, after: memory.map(({ bytes }) => bytes) };
}

/** The answer, and which attributes the kernel marked as written. */
function outcome(answer: string, message: Uint8Array | undefined, { call }: RecordedCall): string {
  if (call === 'write' || message === undefined) return answer;
  const written: number[] = [];
  const view = Buffer.from(message);
  for (let at = FIRST; at + ATTRIBUTE <= view.length; at += ATTRIBUTE)
    if ((view.readUInt16LE(at + FLAGS) & WRITTEN) !== 0) written.push(view.readUInt16LE(at));
  return [answer, ...written].join(' ');
}

/** The port, or the object whose create carried the number that the record has. */
function aboutOf(
  { event, element }: EventReport,
  made: readonly {
    readonly object: string;
    readonly fd: number;
    readonly handle: number;
    readonly call: RecordedCall;
  }[],
): { port: number } | { fd: number; object: string; handle: number } | undefined {
  if (event.startsWith('PORT_')) return { port: Number(element) };
  const number = Buffer.alloc(8);
  number.writeBigUInt64LE(element);
  const found = made.findLast(({ call }) => call.sent?.some((bytes) => bytes.includes(number.toString('hex'))));
  return found === undefined ? undefined : { fd: found.fd, object: found.object, handle: found.handle };
}

function eventText({ event, element }: EventReport): string {
  return `${event} of ${String(element)}`;
}

function numberAt(bytes: Uint8Array | undefined, offset: number): number {
  return bytes === undefined ? -1 : Buffer.from(bytes).readUInt32LE(offset);
}
