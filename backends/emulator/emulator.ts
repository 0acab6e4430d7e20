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
import { Devices } from './devices.ts';
import { Process, openFile, type OpenFile } from './core/process.ts';
import type { Mapping } from './core/mapping.ts';
import type { NodeOpening } from './core/removal.ts';
import type { Fork, Passing } from './core/sharing.ts';
import { STALLED, note } from './core/running.ts';
import type { Front } from './fronts/front.ts';
import { uapiFront } from './fronts/uapi/front.ts';
import { uverbsFront } from './fronts/uverbs/front.ts';
import type { DeviceModel } from './models/model.ts';
import { pipelineOf, type Pipelines, type Step } from './rules.ts';

/** The bits of open's flags that say whether it is for reading, writing or both. */
const ACCESS_MODE = 3;

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
  readonly devices: Devices;
  readonly clock = new VirtualClock();
  readonly front: Front;
  readonly processes = new Map<number, Process>();
  readonly #closing: Step<Context>;
  readonly #closingChannel: Step<Channel>;
  readonly #opening: Step<NodeOpening>;
  readonly #inheriting: Step<Mapping>;
  readonly #forking: Step<Fork>;
  readonly #passing: Step<Passing>;
  readonly #ending: Step<OpenFile>;
  /** How many bytes the write took that succeeded last. */
  taken = 0;
  #nextPid = 100;

  constructor(options: EmulatorOptions) {
    const { spec, pipelines } = options;
    this.front = FRONTS[options.abi](spec, pipelines);
    this.#closing = pipelineOf<Context>(pipelines, 'context.close');
    this.#closingChannel = pipelineOf<Channel>(pipelines, 'channel.close');
    this.#opening = pipelineOf<NodeOpening>(pipelines, 'file.open');
    this.#inheriting = pipelineOf<Mapping>(pipelines, 'mapping.inherit');
    this.#forking = pipelineOf<Fork>(pipelines, 'process.fork');
    this.#passing = pipelineOf<Passing>(pipelines, 'file.pass');
    this.#ending = pipelineOf<OpenFile>(pipelines, 'file.end');
    this.devices = new Devices(options, this.clock, this.front);
  }

  get device(): Device {
    return this.devices.current;
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

  /** An fd, or a negative errno. `flags` as open has them. */
  open(process: Process, path: string, flags: number): number {
    const device = this.devices.at(path);
    if (device === undefined) return -ERRNO.ENOENT;
    const errno = this.#opening({ device, plugged: this.device });
    if (errno !== 0) return -errno;
    const { sharedSpace, firstHandle } = this.front;
    const context = new Context(device, process.privileged, device.table.spaces.length, sharedSpace, firstHandle);
    device.contexts.add(context);
    const opened = { by: process, mode: flags & ACCESS_MODE };
    // Close-on-exec as the contract has it, whatever flags a call gives.
    return process.install(openFile(context, undefined, opened), true);
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
    const dispatch = (again: boolean): number =>
      this.front.dispatch(context, request, regions, patches, { process, channel, file, resumed: again });
    return this.#run(file, dispatch, resumed);
  }

  /** The same for what is written to a file of the device. */
  write(
    process: Process,
    file: OpenFile,
    regions: readonly Region[],
    patches: readonly Patch[],
    resumed: (errno: number) => void,
  ): number {
    this.clock.tick();
    const write = (again: boolean): number => {
      const writer = { process, channel: undefined, file, resumed: again, taken: 0 };
      const errno = this.front.write(file.context, regions, patches, writer);
      this.taken = writer.taken;
      return errno;
    };
    return this.#run(file, write, resumed);
  }

  #run(file: OpenFile, call: (again: boolean) => number, resumed: (errno: number) => void): number {
    const errno = call(false);
    if (errno !== STALLED) return errno;
    file.running += 1;
    file.context.device.running.then(() => {
      this.clock.tick();
      resumed(call(true));
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
    for (const device of this.devices.all) {
      device.silent.clear();
      device.running.release();
      note(device);
    }
    for (const process of [...this.processes.values()]) this.exit(process);
    // Channels without a descriptor are those that somebody still waits to read.
    for (const device of this.devices.nodes) for (const channel of [...device.channels]) this.#closingChannel(channel);
    // Contexts without a file are those of consumers inside the kernel.
    for (const device of this.devices.nodes) for (const context of [...device.contexts]) this.#end(context);
    this.devices.unregister();
    this.devices.plug();
  }
}
