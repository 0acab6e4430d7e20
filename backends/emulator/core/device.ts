/** A running device: its model, its dispatch table, and what exists on it now. */
import type { DriverIdentity } from '../../backend.ts';
import type { DispatchTable } from '../dispatch_table.ts';
import type { KnownName } from '../driver_names.ts';
import type { DeviceModel } from '../models/model.ts';
import type { Channel } from './channel.ts';
import type { MrState } from '../classes/mr_state.ts';
import type { QpState } from '../classes/qp_state.ts';
import type { VirtualClock } from './clock.ts';
import type { Connections } from './connections.ts';
import type { Context } from './context.ts';
import type { Happening } from './events.ts';
import type { Instance } from './instance.ts';
import type { DataPath } from '../datapath/data_path.ts';
import { Running } from './running.ts';

const QPN_LIMIT = 0x1000000;
/** Queue pair numbers 0 and 1 are the management queue pairs. */
const QPN_FIRST = 2;
const KEY_LIMIT = 0x100000000;
/** Keys are an index with a byte that varies, as devices have them. */
const KEY_STEP = 0x101;

export class Device {
  readonly model: DeviceModel;
  readonly table: DispatchTable;
  readonly clock: VirtualClock;
  openFiles = 0;
  readonly queuePairs = new Map<number, Instance<QpState>>();
  /** Every event channel that is open, in order of creation. */
  readonly channels = new Set<Channel>();
  /** Files of the device that are open, for removal. */
  readonly contexts = new Set<Context>();
  /** State of each port, by name. */
  readonly portStates: string[];
  /** True while calls must be looked at twice: the device is going, or something is stalled or made to fail. */
  disturbed = false;
  readonly running = new Running();
  /** Methods (`ah.create`) whose commands to the hardware are not answered. */
  readonly silent = new Set<string>();
  /** True from the moment its removal begins, and once it is over. */
  removed = false;
  gone = false;
  /** Whether reads of asynchronous channels end when it has gone, once the last record is taken. */
  asyncEnds = false;
  /** Who its driver says it is. */
  driver: DriverIdentity;
  /** Names of what it has, in the order of their list. */
  names: readonly KnownName[] = [];
  /** Tells whoever listens that something happened. */
  raise: (happening: Happening) => void = () => undefined;
  /** Carries out what is posted to queue pairs. */
  work!: DataPath;
  /** The connections of all devices and of the system-wide node. */
  connections!: Connections;
  /** Memory regions by lkey; regions and windows by rkey. */
  readonly lkeys = new Map<number, Instance<MrState>>();
  readonly rkeys = new Map<number, Instance>();
  /** Bytes of device memory that are allocated. */
  memoryTaken = 0n;
  /** Members of each multicast group, by the words of its GID; see classes/mcast.ts. */
  readonly groups = new Map<string, Set<Instance<QpState>>>();
  readonly #counts = new Map<string, number>();
  readonly #numbers = new Map<string, number>();
  #nextQpn: number;
  #lastKey: number;

  constructor(model: DeviceModel, table: DispatchTable, clock: VirtualClock, seed: number) {
    this.model = model;
    this.table = table;
    this.clock = clock;
    this.driver = model.identity;
    this.portStates = model.ports.map((port) => port.state);
    this.#nextQpn = QPN_FIRST + (Math.abs(seed) % 1024);
    this.#lastKey = KEY_STEP * (1 + (Math.abs(seed) % 1024));
  }

  /** Every port back in the state it had at the start. */
  restorePorts(): void {
    this.model.ports.forEach(({ state }, index) => (this.portStates[index] = state));
  }

  /** Faults of its own that the implementation noticed; only defects have any. */
  readonly complaints: string[] = [];

  /** Counts `change` objects of a kind. */
  count(object: string, change: number): void {
    this.#counts.set(object, this.counted(object) + change);
  }

  counted(object: string): number {
    return this.#counts.get(object) ?? 0;
  }

  /** Every object kind with its count, for leak reports. */
  counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** A queue pair number that no live queue pair has. */
  takeQpn(): number {
    do {
      this.#nextQpn = this.#nextQpn + 1 < QPN_LIMIT ? this.#nextQpn + 1 : QPN_FIRST;
    } while (this.queuePairs.has(this.#nextQpn));
    return this.#nextQpn;
  }

  /** A key that no live region or window has; every other number is tried before one comes again. */
  takeKey(): number {
    do {
      this.#lastKey = this.#lastKey + KEY_STEP < KEY_LIMIT ? this.#lastKey + KEY_STEP : (this.#lastKey % KEY_STEP) + 1;
    } while (this.lkeys.has(this.#lastKey) || this.rkeys.has(this.#lastKey));
    return this.#lastKey;
  }

  /** A number of 24 bits for an object of a kind; the same one comes again only after all others. */
  takeNumber(kind: string): number {
    const last = this.#numbers.get(kind) ?? 0;
    const next = last + 1 < QPN_LIMIT ? last + 1 : 1;
    this.#numbers.set(kind, next);
    return next;
  }
}
