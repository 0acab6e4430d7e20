/**
 * The emulator's synchronous core: devices, processes and files, driven by bytes. No clock, no randomness, no Node:
 * time is the number of calls, and the seed decides the rest.
 */
import type { Patch, Region } from '../../spec/abi/abi.ts';
import type { RegisteredRow } from '../backend.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { AbiId, Spec } from '../../spec/model.ts';
import { VirtualClock } from './core/clock.ts';
import { Context } from './core/context.ts';
import { Device } from './core/device.ts';
import { compileTable } from './dispatch_table.ts';
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

/** Standard streams take 0 to 2 in every process. */
const FIRST_FD = 3;

export class Emulator {
  readonly device: Device;
  readonly path: string;
  readonly clock = new VirtualClock();
  readonly #front: Front;
  readonly #closing: Step<Context>;
  readonly #files = new Map<number, Map<number, Context>>();
  readonly #options: EmulatorOptions;
  /** Devices of drivers that registered later, by name. */
  readonly #registered = new Map<string, Device>();
  #nextPid = 100;

  constructor(options: EmulatorOptions) {
    const { spec, model, pipelines } = options;
    const driver = model.driver === undefined ? [] : (DRIVERS[model.driver] ?? []);
    const table = compileTable(spec, pipelines, merge(spec, commonRows(spec, model), driver));
    this.device = new Device(model, table, this.clock, options.seed);
    this.#options = options;
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
    const name = this.registered().find((candidate) => candidate.path === path)?.name ?? '';
    const device = path === this.path ? this.device : this.#registered.get(name);
    if (files === undefined || device === undefined) return -ERRNO.ENOENT;
    let fd = FIRST_FD;
    while (files.has(fd)) fd += 1;
    const { sharedSpace, firstHandle } = this.#front;
    files.set(fd, new Context(device, privileged, device.table.spaces.length, sharedSpace, firstHandle));
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
    context.device.openFiles -= 1;
    return this.#closing(context);
  }

  /** Bytes of the dispatch table of a new device, or a negative errno. */
  register(name: string, rows: readonly RegisteredRow[]): number {
    const { spec, model, pipelines, seed } = this.#options;
    const taken = new Set([FIRST_DEVICE, ...this.#registered.keys()]);
    const registration = new Registration(spec, model, pipelines, taken, name, rows);
    const errno = pipelineOf<Registration>(pipelines, 'driver/registration')(registration);
    if (errno !== 0) return -errno;
    const table = compileTable(registration.spec, registration.pipelines, rowsOf(registration));
    this.#registered.set(name, new Device(model, table, this.clock, seed));
    return table.bytes;
  }

  /** The devices of drivers that registered later. */
  registered(): { readonly name: string; readonly path: string }[] {
    return [...this.#registered.keys()].map((name) => ({ name, path: `/dev/infiniband/${name}` }));
  }

  /** Closes every file of every process, forgets the processes and unregisters what was registered. */
  closeAll(): void {
    for (const [pid, files] of this.#files) for (const fd of [...files.keys()]) this.close(pid, fd);
    this.#files.clear();
    this.#registered.clear();
  }
}
