/**
 * The emulator's synchronous core: devices, processes and files, driven by bytes. No clock, no randomness, no Node:
 * time is the number of calls, and the seed decides the rest. What waits tells its end by a callback.
 */
import type { Patch, Region } from '../../spec/abi/abi.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { AbiId, Spec } from '../../spec/model.ts';
import type { Channel } from './core/channel.ts';
import { VirtualClock } from './core/clock.ts';
import { Context } from './core/context.ts';
import { Device } from './core/device.ts';
import type { Happening } from './core/events.ts';
import { Process, openFile, type OpenFile } from './core/process.ts';
import type { Removal } from './core/removal.ts';
import type { Fork, Passing } from './core/sharing.ts';
import { STALLED, note } from './core/running.ts';
import { compileTable, type DispatchTable } from './dispatch_table.ts';
import type { Front } from './fronts/front.ts';
import { uapiFront } from './fronts/uapi/front.ts';
import { uverbsFront } from './fronts/uverbs/front.ts';
import { DRIVERS } from './models/drivers.ts';
import type { DeviceModel } from './models/model.ts';
import { commonRows, merge } from './registration.ts';
import { pipelineOf, type Pipelines, type Step } from './rules.ts';

export interface EmulatorOptions {
  readonly spec: Spec;
  readonly model: DeviceModel;
  readonly abi: AbiId;
  readonly seed: number;
  readonly pipelines: Pipelines;
}

const FRONTS: Readonly<Record<AbiId, (spec: Spec, pipelines: Pipelines) => Front>> = {
  uapi: (_spec, pipelines) => uapiFront(pipelines),
  uverbs: uverbsFront,
};

export class Emulator {
  /** The device that is plugged in now; files of one that was removed keep it to themselves. */
  device: Device;
  readonly path = '/dev/infiniband/uverbs0';
  readonly clock = new VirtualClock();
  readonly front: Front;
  readonly processes = new Map<number, Process>();
  readonly raise: (happening: Happening) => void;
  readonly #options: EmulatorOptions;
  readonly #table: DispatchTable;
  readonly #closing: Step<Context>;
  readonly #closingChannel: Step<Channel>;
  readonly #removing: Step<Removal>;
  readonly #forking: Step<Fork>;
  readonly #passing: Step<Passing>;
  readonly #ending: Step<OpenFile>;
  readonly #retired: Device[] = [];
  #nextPid = 100;

  constructor(options: EmulatorOptions) {
    const { spec, model, pipelines } = options;
    this.#options = options;
    const driver = model.driver === undefined ? [] : (DRIVERS[model.driver] ?? []);
    this.#table = compileTable(spec, pipelines, merge(spec, commonRows(spec, model), driver));
    this.front = FRONTS[options.abi](spec, pipelines);
    this.#closing = pipelineOf<Context>(pipelines, 'context.close');
    this.#closingChannel = pipelineOf<Channel>(pipelines, 'channel.close');
    this.#removing = pipelineOf<Removal>(pipelines, 'device.remove');
    this.#forking = pipelineOf<Fork>(pipelines, 'process.fork');
    this.#passing = pipelineOf<Passing>(pipelines, 'file.pass');
    this.#ending = pipelineOf<OpenFile>(pipelines, 'file.end');
    this.raise = pipelineOf<Happening>(pipelines, 'event.raise');
    this.device = this.#plugged();
  }

  #plugged(): Device {
    const device = new Device(this.#options.model, this.#table, this.clock, this.#options.seed);
    device.raise = this.raise;
    return device;
  }

  /** The device goes away; `gone` is called when it is gone, which waits for the calls that are running. */
  remove(gone: () => void): void {
    const { device } = this;
    device.removed = true;
    note(device);
    device.running.afterwards(() => {
      this.#removing({ device, raise: this.raise });
      gone();
    });
  }

  /** A removed device comes back. */
  plug(): void {
    if (!this.device.removed) return;
    this.#retired.push(this.device);
    this.device = this.#plugged();
  }

  spawn(privileged: boolean): Process {
    return this.#enter(new Process(this.#takePid(), privileged));
  }

  fork(parent: Process): Process {
    const child = new Process(this.#takePid(), parent.privileged);
    this.#forking({ parent, child });
    return this.#enter(child);
  }

  #takePid(): number {
    this.#nextPid += 1;
    return this.#nextPid - 1;
  }

  #enter(process: Process): Process {
    this.processes.set(process.pid, process);
    return process;
  }

  /** An fd, or a negative errno. */
  open(process: Process, path: string): number {
    if (path !== this.path || this.device.removed) return -ERRNO.ENOENT;
    const { sharedSpace, firstHandle } = this.front;
    const { device } = this;
    const context = new Context(device, process.privileged, device.table.spaces.length, sharedSpace, firstHandle);
    device.contexts.add(context);
    return process.install(openFile(context), false);
  }

  /** 0, an errno, or STALLED; then `resumed` is called with the errno later. */
  ioctl(
    process: Process,
    fd: number,
    request: number,
    regions: readonly Region[],
    patches: readonly Patch[],
    resumed: (errno: number) => void,
  ): number {
    const file = process.file(fd);
    if (file === undefined) return ERRNO.EBADF;
    this.clock.tick();
    const { context, channel } = file;
    const errno = this.front.dispatch(context, request, regions, patches, { process, channel, resumed: false });
    if (errno !== STALLED) return errno;
    file.running += 1;
    context.device.running.then(() => {
      this.clock.tick();
      resumed(this.front.dispatch(context, request, regions, patches, { process, channel, resumed: true }));
      this.left(file);
    });
    return STALLED;
  }

  /** EBADF where the descriptor is none; the file ends with its last descriptor and its last call. */
  close(process: Process, fd: number): number {
    const file = process.file(fd);
    if (file === undefined) return ERRNO.EBADF;
    process.descriptors.delete(fd);
    file.references -= 1;
    this.#endIfUnused(file);
    return 0;
  }

  /** A call on a file has returned. */
  left(file: OpenFile): void {
    file.running -= 1;
    if (file.references === 0) this.#endIfUnused(file);
  }

  #endIfUnused(file: OpenFile): void {
    if (this.#ending(file) !== 0) return;
    if (file.channel === undefined) this.#end(file.context);
    else this.#closingChannel(file.channel);
  }

  #end(context: Context): void {
    if (!context.closed) context.device.openFiles -= 1;
    context.closed = true;
    context.device.contexts.delete(context);
    this.#closing(context);
  }

  /** The new number in the process that receives it, or a negative errno. */
  sendFd(from: Process, fd: number, to: Process): number {
    const file = from.file(fd);
    if (file === undefined) return -ERRNO.EBADF;
    const passing: Passing = { file, to, fd: -ERRNO.EBADF };
    this.#passing(passing);
    return passing.fd;
  }

  exit(process: Process): void {
    for (const fd of [...process.descriptors.keys()]) this.close(process, fd);
    this.processes.delete(process.pid);
  }

  /** Ends every process and everything that stands still, and plugs the device in again. */
  reset(): void {
    for (const device of [this.device, ...this.#retired]) {
      device.silent.clear();
      device.running.release();
      note(device);
    }
    for (const process of [...this.processes.values()]) this.exit(process);
    // Channels without a descriptor are those that somebody still waits to read.
    for (const device of [this.device, ...this.#retired])
      for (const channel of [...device.channels]) this.#closingChannel(channel);
    // Contexts without a file are those of consumers inside the kernel.
    for (const device of [this.device, ...this.#retired])
      for (const context of [...device.contexts]) this.#end(context);
    this.plug();
  }

  /** Objects of a kind that exist, on the device and on those that were removed. */
  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const device of [this.device, ...this.#retired])
      for (const [object, count] of device.counts()) counts.set(object, (counts.get(object) ?? 0) + count);
    return counts;
  }
}
