/** The devices an emulator has: the one that is plugged in, those that were removed, those of drivers that registered later; and the system-wide node. */
import type { RegisteredRow } from '../backend.ts';
import type { Spec } from '../../spec/model.ts';
import type { VirtualClock } from './core/clock.ts';
import { Connections } from './core/connections.ts';
import { Device } from './core/device.ts';
import type { Happening } from './core/events.ts';
import type { Removal, Return } from './core/removal.ts';
import { note } from './core/running.ts';
import { DataPath } from './datapath/data_path.ts';
import { compileTable, type DispatchTable, type Made } from './dispatch_table.ts';
import { inOrder, tableNames } from './driver_names.ts';
import { commonSpec } from './driver_rows.ts';
import { Registration, rowsOf, type Naming } from './driver_registration.ts';
import type { Front } from './fronts/front.ts';
import { DRIVERS } from './models/drivers.ts';
import type { DeviceModel } from './models/model.ts';
import { commonRows, merge } from './registration.ts';
import { pipelineOf, type Pipelines, type Step } from './rules.ts';
import { SYSTEM_PATH, systemNode } from './system_node.ts';

/** The name of the device that is there from the start. */
export const FIRST_DEVICE = 'emu0';
const FIRST_PATH = '/dev/infiniband/uverbs0';

export interface DeviceOptions {
  readonly spec: Spec;
  readonly model: DeviceModel;
  readonly seed: number;
  readonly pipelines: Pipelines;
}

export class Devices {
  /** The device that is plugged in now; files of one that was removed keep it to themselves. */
  current: Device;
  readonly path = FIRST_PATH;
  /** The system-wide node, which is served as a device is and never goes; undefined where the ABI has none. */
  system: Device | undefined;
  readonly raise: (happening: Happening) => void;
  readonly #options: DeviceOptions;
  readonly #clock: VirtualClock;
  readonly #asyncEnds: boolean;
  readonly #table: DispatchTable;
  readonly #connections: Connections;
  readonly #departing: Step<Removal>;
  readonly #removing: Step<Removal>;
  readonly #returning: Step<Return>;
  /** Devices that were removed, as long as anything of them is left. */
  #retired: Device[] = [];
  readonly #registered = new Map<string, Device>();
  /** What the devices of drivers that registered later have in common. */
  readonly #made: Made = new WeakMap();

  constructor(options: DeviceOptions, clock: VirtualClock, front: Pick<Front, 'asyncEnds' | 'systemNode'>) {
    const { spec, model, pipelines } = options;
    this.#options = options;
    this.#clock = clock;
    this.#asyncEnds = front.asyncEnds;
    const driver = model.driver === undefined ? [] : (DRIVERS[model.driver] ?? []);
    this.#table = compileTable(spec, pipelines, merge(spec, commonRows(spec, model), driver));
    this.#departing = pipelineOf<Removal>(pipelines, 'device.depart');
    this.#removing = pipelineOf<Removal>(pipelines, 'device.remove');
    this.#returning = pipelineOf<Return>(pipelines, 'device.plug');
    this.raise = pipelineOf<Happening>(pipelines, 'event.raise');
    this.#connections = new Connections(pipelines, () => this.current);
    this.current = this.#powered(this.#table);
    this.system = front.systemNode ? this.#systemNode() : undefined;
  }

  /** The system-wide node; made anew where nobody has it open. */
  #systemOpened(): Device | undefined {
    const { system } = this;
    if (system !== undefined && system.contexts.size + system.channels.size === 0) this.system = this.#systemNode();
    return this.system;
  }

  #systemNode(): Device {
    const { spec, pipelines } = this.#options;
    const { model, table } = systemNode(spec, pipelines);
    return this.#powered(table, model);
  }

  #powered(table: DispatchTable, model = this.#options.model): Device {
    const { spec, pipelines, seed } = this.#options;
    const device = new Device(model, table, this.#clock, seed);
    device.raise = this.raise;
    device.connections = this.#connections;
    device.work = new DataPath(spec, pipelines, device, seed);
    device.asyncEnds = this.#asyncEnds;
    device.names = inOrder(tableNames(spec, table));
    return device;
  }

  /** The one that is plugged in and those that were. */
  get all(): readonly Device[] {
    return [this.current, ...this.#retired];
  }

  /** Everything that files are opened of, beside the devices of drivers that registered later. */
  get nodes(): readonly Device[] {
    return this.system === undefined ? this.all : [...this.all, this.system];
  }

  /** The device, or the node, behind a path; undefined where there never was one. */
  at(path: string): Device | undefined {
    if (path === this.path) return this.current;
    if (path === SYSTEM_PATH) return this.#systemOpened();
    return this.#registered.get(this.registered().find((one) => one.path === path)?.name ?? '');
  }

  /** The device goes away; `gone` is called when it is gone, which waits for the calls that are running. */
  remove(gone: () => void): void {
    const device = this.current;
    const removal: Removal = { device, system: this.system, raise: this.raise };
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
    if (!this.current.gone) return;
    const former = this.current;
    this.#retired.push(former);
    this.current = this.#powered(this.#table);
    this.#returning({ device: this.current, former });
  }

  /** Bytes of the dispatch table of a new device, or a negative errno. */
  register(name: string, rows: readonly RegisteredRow[], naming: Naming = {}): number {
    const { spec, model, pipelines } = this.#options;
    const taken = new Set([FIRST_DEVICE, ...this.#registered.keys()]);
    const registration = new Registration(spec, model, pipelines, taken, name, rows, naming);
    const errno = pipelineOf<Registration>(pipelines, 'driver/registration')(registration);
    if (errno !== 0) return -errno;
    const table = compileTable(registration.spec, registration.pipelines, rowsOf(registration), this.#made);
    const device = this.#powered(table);
    device.driver = registration.driver;
    device.names = inOrder([...tableNames(commonSpec(spec), table), ...registration.given]);
    this.#registered.set(name, device);
    return table.bytes;
  }

  /** The devices of drivers that registered later. */
  registered(): { readonly name: string; readonly path: string }[] {
    return [...this.#registered.keys()].map((name) => ({ name, path: `/dev/infiniband/${name}` }));
  }

  unregister(): void {
    this.#registered.clear();
  }

  /** Devices of which nothing is left need not be counted any more. */
  forget(): void {
    this.#retired = this.#retired.filter((device) => [...device.counts().values()].some((count) => count !== 0));
  }

  /** What was complained of since this was last asked. */
  complaints(): readonly string[] {
    return this.nodes.flatMap((device) => device.complaints.splice(0));
  }

  /** Objects of a kind that exist, on the device, on those that were removed and on the system-wide node. */
  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const device of this.nodes)
      for (const [object, count] of device.counts()) counts.set(object, (counts.get(object) ?? 0) + count);
    return counts;
  }
}
