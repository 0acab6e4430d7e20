/** The calls beside ioctl: reading, polling, flags, memory. Each answers at once or calls back when it can. */
import { FD_CLOEXEC, O_NONBLOCK, POLL, type FcntlCommand, type PollEntry, type WriteCall } from '../backend.ts';
import type { Patch, Region } from '../../spec/abi/abi.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { Channel } from './core/channel.ts';
import type { Polling, Reading } from './core/events.ts';
import { DOORBELL_BYTES, type MapRequest } from './core/mapping.ts';
import type { Process } from './core/process.ts';
import type { Flagging } from './core/sharing.ts';
import type { Emulator } from './emulator.ts';
import type { Writing } from './pieces.ts';
import { pipelineOf, type Pipelines, type Step } from './rules.ts';

export class Calls {
  readonly #emulator: Emulator;
  readonly #reading: Step<Reading>;
  readonly #polling: Step<Polling>;
  readonly #mapping: Step<MapRequest>;
  readonly #writing: Step<Channel>;
  readonly #flagging: Step<Flagging>;
  readonly #cutting: Step<Writing>;

  constructor(emulator: Emulator, pipelines: Pipelines) {
    this.#emulator = emulator;
    this.#reading = pipelineOf<Reading>(pipelines, 'event.read');
    this.#writing = pipelineOf<Channel>(pipelines, 'event.write');
    this.#polling = pipelineOf<Polling>(pipelines, 'event.poll');
    this.#flagging = pipelineOf<Flagging>(pipelines, 'file.flag');
    this.#mapping = pipelineOf<MapRequest>(pipelines, 'device.map');
    this.#cutting = pipelineOf<Writing>(pipelines, 'file.cut');
  }

  /** `done` gets the bytes, or an errno, as soon as there is something to say. */
  read(process: Process, fd: number, length: number, done: (answer: Uint8Array | number) => void): void {
    this.#emulator.clock.tick();
    const file = process.file(fd);
    if (file === undefined) {
      done(ERRNO.EBADF);
      return;
    }
    if (file.channel === undefined) {
      done(ERRNO.EINVAL);
      return;
    }
    const { channel, nonblock } = file;
    file.running += 1;
    let woken = false;
    let over = false;
    const end = (): void => {
      over = true;
      this.#emulator.leave(file);
    };
    const attempt = (): boolean => {
      if (over) return true;
      const answer = this.#attempt(channel, length, nonblock, woken);
      woken = true;
      if (answer === undefined) return false;
      process.sleeping.delete(end);
      end();
      done(answer);
      return true;
    };
    if (attempt()) return;
    process.sleeping.add(end);
    channel.wait(attempt);
  }

  /** The bytes of a record, an errno, or undefined where the reader has to wait. */
  #attempt(channel: Channel, room: number, nonblock: boolean, woken: boolean): Uint8Array | number | undefined {
    const { front } = this.#emulator;
    const size = front.recordBytes(channel.kind);
    const state = { waits: false, count: 0, records: [] };
    const reading: Reading = { channel, room, size, nonblock, woken, ...state };
    const errno = this.#reading(reading);
    if (errno !== 0) return errno;
    if (reading.waits) return undefined;
    const bytes = new Uint8Array(size * reading.records.length);
    reading.records.forEach((record, index) => {
      bytes.set(front.recordOf(channel.kind, record), index * size);
    });
    return bytes;
  }

  /** What a write is carried out as, one after the other. */
  piecesOf(call: WriteCall): readonly WriteCall[] {
    const writing: Writing = { call, pieces: [call] };
    this.#cutting(writing);
    return writing.pieces;
  }

  /** 0, an errno, or STALLED; then `resumed` is called with the errno later. */
  write(
    process: Process,
    fd: number,
    regions: readonly Region[],
    patches: readonly Patch[],
    resumed: (errno: number) => void,
  ): number {
    const file = process.file(fd);
    if (file === undefined) return ERRNO.EBADF;
    if (file.channel !== undefined) return this.#writing(file.channel);
    return this.#emulator.write(process, file, regions, patches, resumed);
  }

  poll(
    process: Process,
    entries: readonly PollEntry[],
    wait: boolean,
    done: (events: readonly number[]) => void,
  ): void {
    this.#emulator.clock.tick();
    const attempt = (): boolean => {
      const looks = entries.map((entry) => this.#look(process, entry));
      if (wait && looks.every(({ waits }) => waits)) return false;
      done(looks.map(({ events }) => events));
      return true;
    };
    if (attempt()) return;
    // Whichever channel wakes it first ends the wait; the others find it ended.
    let over = false;
    const once = (): boolean => over || (over = attempt());
    for (const { fd } of entries) process.file(fd)?.channel?.wait(once);
  }

  #look(process: Process, { fd, events }: PollEntry): Pick<Polling, 'events' | 'waits'> {
    const file = process.file(fd);
    if (file === undefined) return { events: POLL.NVAL, waits: false };
    if (file.channel === undefined) return { events: 0, waits: true };
    const polling: Polling = { channel: file.channel, events: 0, waits: false };
    this.#polling(polling);
    const ready = polling.events & (events | POLL.ERR | POLL.HUP | POLL.NVAL);
    return { events: ready, waits: polling.waits || (ready === 0 && polling.events !== 0) };
  }

  /** A value, or a negative errno. */
  fcntl(process: Process, fd: number, command: FcntlCommand, argument: number): number {
    const descriptor = process.descriptors.get(fd);
    if (descriptor === undefined) return -ERRNO.EBADF;
    switch (command) {
      case 'F_GETFD':
        return descriptor.closeOnExec ? FD_CLOEXEC : 0;
      case 'F_SETFD':
        return -this.#flagging({ descriptor, closeOnExec: (argument & FD_CLOEXEC) !== 0 });
      case 'F_GETFL':
        return descriptor.file.nonblock ? O_NONBLOCK : 0;
      case 'F_SETFL':
        descriptor.file.nonblock = (argument & O_NONBLOCK) !== 0;
        return 0;
    }
  }

  /** An address, or an errno as a number. */
  map(process: Process, fd: number, length: number, offset: number): bigint | number {
    if (length <= 0) return ERRNO.EINVAL;
    if (fd === -1) return process.memory.map(length);
    const file = process.file(fd);
    if (file === undefined) return ERRNO.EBADF;
    if (file.channel !== undefined) return ERRNO.ENODEV;
    const { context } = file;
    const errno = this.#mapping({ context, length, offset });
    if (errno !== 0) return errno;
    const mapping = { context, bytes: new Uint8Array(DOORBELL_BYTES), zapped: false };
    context.mappings.add(mapping);
    return process.memory.map(length, mapping);
  }
}
