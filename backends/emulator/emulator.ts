/**
 * The emulator's synchronous core: devices, processes and files, driven by bytes. No clock, no randomness, no Node:
 * time is the number of calls, and the seed decides the rest. What waits tells its end by a callback.
 */
import type { Patch, Region } from '../../spec/abi/abi.ts';
import type { RegisteredRow } from '../backend.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { AbiId, Spec } from '../../spec/model.ts';
import type { Channel } from './core/channel.ts';
import { VirtualClock } from './core/clock.ts';
import { Context } from './core/context.ts';
import { Device } from './core/device.ts';
import type { Happening } from './core/events.ts';
import { Process, openFile, type OpenFile } from './core/process.ts';
import type { Mapping } from './core/mapping.ts';
import type { Removal, Return } from './core/removal.ts';
import type { Fork, Passing } from './core/sharing.ts';
import { STALLED, note } from './core/running.ts';
import { DataPath } from './datapath/data_path.ts';
import { compileTable, type DispatchTable } from './dispatch_table.ts';
import type { Front } from './fronts/front.ts';
import { uapiFront } from './fronts/uapi/front.ts';
import { uverbsFront } from './fronts/uverbs/front.ts';
import { Registration, rowsOf } from './driver_registration.ts';
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

/** The name of the device that is there from the start. */
export const FIRST_DEVICE = 'emu0';

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
  readonly #departing: Step<Removal>;
  readonly #removing: Step<Removal>;
  readonly #returning: Step<Return>;
  readonly #opening: Step<{ readonly device: Device }>;
  readonly #inheriting: Step<Mapping>;
  readonly #forking: Step<Fork>;
  readonly #passing: Step<Passing>;
  readonly #ending: Step<OpenFile>;
  /** Devices that were removed, as long as anything of them is left. */
  #retired: Device[] = [];
  /** Devices of drivers that registered later, by name. */
  readonly #registered = new Map<string, Device>();
  #nextPid = 100;

  constructor(options: EmulatorOptions) {
    const { spec, model, pipelines } = options;
    this.#options = options;
    const driver = model.driver === undefined ? [] : (DRIVERS[model.driver] ?? []);
    this.#table = compileTable(spec, pipelines, merge(spec, commonRows(spec, model), driver));
    this.front = FRONTS[options.abi](spec, pipelines);
    this.#closing = pipelineOf<Context>(pipelines, 'context.close');
    this.#closingChannel = pipelineOf<Channel>(pipelines, 'channel.close');
    this.#departing = pipelineOf<Removal>(pipelines, 'device.depart');
    this.#removing = pipelineOf<Removal>(pipelines, 'device.remove');
    this.#returning = pipelineOf<Return>(pipelines, 'device.plug');
    this.#opening = pipelineOf<{ readonly device: Device }>(pipelines, 'file.open');
    this.#inheriting = pipelineOf<Mapping>(pipelines, 'mapping.inherit');
    this.#forking = pipelineOf<Fork>(pipelines, 'process.fork');
    this.#passing = pipelineOf<Passing>(pipelines, 'file.pass');
    this.#ending = pipelineOf<OpenFile>(pipelines, 'file.end');
    this.raise = pipelineOf<Happening>(pipelines, 'event.raise');
    this.device = this.#plugged();
  }

  #plugged(): Device {
    return this.#powered(this.#options.model, this.#table);
  }

  #powered(model: DeviceModel, table: DispatchTable): Device {
    const device = new Device(model, table, this.clock, this.#options.seed);
    device.raise = this.raise;
    device.work = new DataPath(this.#options.spec, this.#options.pipelines, device, this.#options.seed);
    device.asyncEnds = this.front.asyncEnds;
    return device;
  }

  /** The device goes away; `gone` is called when it is gone, which waits for the calls that are running. */
  remove(gone: () => void): void {
    const { device } = this;
    const removal: Removal = { device, raise: this.raise };
    const go = (): void => {
      device.gone = true;
      this.#removing(removal);
      gone();
    };
    device.removed = true;
    note(device);
    if (this.#departing(removal) === 0) go();
    else device.running.afterwards(go);
  }

  /** A removed device comes back. */
  plug(): void {
    if (!this.device.gone) return;
    const former = this.device;
    this.#retired.push(former);
    this.device = this.#plugged();
    this.#returning({ device: this.device, former });
  }

  spawn(privileged: boolean): Process {
    return this.#enter(new Process(this.#takePid(), privileged));
  }

  fork(parent: Process): Process {
    const child = new Process(this.#takePid(), parent.privileged);
    this.#forking({ parent, child });
    for (const mapping of child.memory.mappings()) this.#inheriting(mapping);
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

  #deviceAt(path: string): Device | undefined {
    if (path === this.path) return this.device;
    return this.#registered.get(this.registered().find((one) => one.path === path)?.name ?? '');
  }

  /** An fd, or a negative errno. */
  open(process: Process, path: string): number {
    const device = this.#deviceAt(path);
    if (device === undefined) return -ERRNO.ENOENT;
    const errno = this.#opening({ device });
    if (errno !== 0) return -errno;
    const { sharedSpace, firstHandle } = this.front;
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
      this.leave(file);
    });
    return STALLED;
  }

  /** EBADF where the descriptor is none; the file ends with its last descriptor and its last call. */
  close(process: Process, fd: number): number {
    const file = process.file(fd);
    if (file === undefined) return ERRNO.EBADF;
    process.descriptors.delete(fd);
    file.references -= 1;
    return this.#endIfUnused(file);
  }

  /** A call on a file returns, or goes with its process. */
  leave(file: OpenFile): void {
    file.running -= 1;
    if (file.references === 0) this.#endIfUnused(file);
  }

  #endIfUnused(file: OpenFile): number {
    if (this.#ending(file) !== 0) return 0;
    if (file.channel !== undefined) return this.#closingChannel(file.channel);
    this.#end(file.context);
    return 0;
  }

  #end(context: Context): void {
    context.closed = true;
    context.device.contexts.delete(context);
    context.device.openFiles -= 1;
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
    for (const wake of process.sleeping) wake();
    process.sleeping.clear();
    for (const fd of [...process.descriptors.keys()]) this.close(process, fd);
    this.processes.delete(process.pid);
  }

  /** Ends every process and everything that stands still, and plugs the device in again. */
  reset(): void {
    this.device.restorePorts();
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
    this.#registered.clear();
    this.plug();
  }

  /** Devices of which nothing is left need not be counted any more. */
  forget(): void {
    this.#retired = this.#retired.filter((device) => [...device.counts().values()].some((count) => count !== 0));
  }

  /** Objects of a kind that exist, on the device and on those that were removed. */
  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const device of [this.device, ...this.#retired])
      for (const [object, count] of device.counts()) counts.set(object, (counts.get(object) ?? 0) + count);
    return counts;
  }

  /** Bytes of the dispatch table of a new device, or a negative errno. */
  register(name: string, rows: readonly RegisteredRow[]): number {
    const { spec, model, pipelines } = this.#options;
    const taken = new Set([FIRST_DEVICE, ...this.#registered.keys()]);
    const registration = new Registration(spec, model, pipelines, taken, name, rows);
    const errno = pipelineOf<Registration>(pipelines, 'driver/registration')(registration);
    if (errno !== 0) return -errno;
    const table = compileTable(registration.spec, registration.pipelines, rowsOf(registration));
    this.#registered.set(name, this.#powered(model, table));
    return table.bytes;
  }

  /** The devices of drivers that registered later. */
  registered(): { readonly name: string; readonly path: string }[] {
    return [...this.#registered.keys()].map((name) => ({ name, path: `/dev/infiniband/${name}` }));
  }
}
