/** A process as the emulated kernel sees it: descriptors, open files behind them, memory. */
import { AddressSpace } from './address_space.ts';
import type { Channel } from './channel.ts';
import type { Context } from './context.ts';

/** What a descriptor refers to; descriptors that were inherited or passed on share it. */
export interface OpenFile {
  readonly context: Context;
  /** The channel of an event descriptor; undefined for the device itself. */
  readonly channel: Channel | undefined;
  /** Descriptors that refer to it, and calls that run on it: it ends when both are gone. */
  references: number;
  running: number;
  nonblock: boolean;
  /** The process that opened it, and how; undefined for what no open made. */
  readonly opened: Opening | undefined;
}

export interface Opening {
  readonly by: Process;
  /** The access mode of its flags. */
  readonly mode: number;
}

export interface Descriptor {
  readonly file: OpenFile;
  closeOnExec: boolean;
}

/** Standard streams take 0 to 2 in every process. */
const FIRST_FD = 3;

export class Process {
  readonly pid: number;
  readonly privileged: boolean;
  memory = new AddressSpace();
  readonly descriptors = new Map<number, Descriptor>();
  /** Ends of its calls that wait for something; they go with the process. */
  readonly sleeping = new Set<() => void>();

  constructor(pid: number, privileged: boolean) {
    this.pid = pid;
    this.privileged = privileged;
  }

  file(fd: number): OpenFile | undefined {
    return this.descriptors.get(fd)?.file;
  }

  /** The lowest number that is free. */
  get lowest(): number {
    let fd = FIRST_FD;
    while (this.descriptors.has(fd)) fd += 1;
    return fd;
  }

  /** Gives a file the lowest number that is free, as kernels do. */
  install(file: OpenFile, closeOnExec: boolean): number {
    const fd = this.lowest;
    this.take(fd, file, closeOnExec);
    return fd;
  }

  /** One more descriptor of a file, under a number that is free. */
  take(fd: number, file: OpenFile, closeOnExec: boolean): void {
    this.descriptors.set(fd, { file, closeOnExec });
    file.references += 1;
  }
}

export function openFile(context: Context, channel?: Channel, opened?: Opening): OpenFile {
  return { context, channel, references: 0, running: 0, nonblock: false, opened };
}
