/**
 * The emulator's synchronous core: devices, processes and files, driven by bytes. No clock, no randomness, no Node:
 * time is the number of calls, and the seed decides the rest.
 */
import type { Patch, Region } from '../../spec/abi/abi.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { AbiId, Spec } from '../../spec/model.ts';
import { VirtualClock } from './core/clock.ts';
import { Context } from './core/context.ts';
import { Device } from './core/device.ts';
import { compileTable } from './dispatch_table.ts';
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

/** Standard streams take 0 to 2 in every process. */
const FIRST_FD = 3;

export class Emulator {
  readonly device: Device;
  readonly path: string;
  readonly clock = new VirtualClock();
  readonly #front: Front;
  readonly #closing: Step<Context>;
  readonly #files = new Map<number, Map<number, Context>>();
  #nextPid = 100;

  constructor(options: EmulatorOptions) {
    const { spec, model, pipelines } = options;
    const driver = model.driver === undefined ? [] : (DRIVERS[model.driver] ?? []);
    const table = compileTable(spec, pipelines, merge(spec, commonRows(spec, model), driver));
    this.device = new Device(model, table, this.clock, options.seed);
    this.path = '/dev/infiniband/uverbs0';
    this.#front = FRONTS[options.abi](spec, pipelines);
    this.#closing = pipelineOf<Context>(pipelines, 'context.close');
  }

  spawn(): number {
    const pid = this.#nextPid;
    this.#nextPid += 1;
    this.#files.set(pid, new Map());
    return pid;
  }

  /** An fd, or a negative errno. */
  open(pid: number, path: string, privileged: boolean): number {
    const files = this.#files.get(pid);
    if (files === undefined || path !== this.path) return -ERRNO.ENOENT;
    let fd = FIRST_FD;
    while (files.has(fd)) fd += 1;
    const { sharedSpace, firstHandle } = this.#front;
    files.set(fd, new Context(this.device, privileged, this.device.table.spaces.length, sharedSpace, firstHandle));
    return fd;
  }

  /** 0, or an errno. */
  ioctl(pid: number, fd: number, request: number, regions: readonly Region[], patches: readonly Patch[]): number {
    const context = this.#files.get(pid)?.get(fd);
    if (context === undefined) return ERRNO.EBADF;
    this.clock.tick();
    return this.#front.dispatch(context, request, regions, patches);
  }

  close(pid: number, fd: number): number {
    const files = this.#files.get(pid);
    const context = files?.get(fd);
    if (files === undefined || context === undefined) return ERRNO.EBADF;
    files.delete(fd);
    this.device.openFiles -= 1;
    return this.#closing(context);
  }

  /** Closes every file of every process and forgets the processes. */
  closeAll(): void {
    for (const [pid, files] of this.#files) for (const fd of [...files.keys()]) this.close(pid, fd);
    this.#files.clear();
  }
}
