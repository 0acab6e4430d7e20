/** A running device: its model, its dispatch table, and what exists on it now. */
import type { DispatchTable } from '../dispatch_table.ts';
import type { DeviceModel } from '../models/model.ts';
import type { Channel } from './channel.ts';
import type { QpState } from '../classes/qp_state.ts';
import type { VirtualClock } from './clock.ts';
import type { Context } from './context.ts';
import type { Happening } from './events.ts';
import type { Instance } from './instance.ts';
import { Running } from './running.ts';

const QPN_LIMIT = 0x1000000;
/** Queue pair numbers 0 and 1 are the management queue pairs. */
const QPN_FIRST = 2;

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
  /** Tells whoever listens that something happened. */
  raise: (happening: Happening) => void = () => undefined;
  readonly #counts = new Map<string, number>();
  #nextQpn: number;

  constructor(model: DeviceModel, table: DispatchTable, clock: VirtualClock, seed: number) {
    this.model = model;
    this.table = table;
    this.clock = clock;
    this.portStates = model.ports.map((port) => port.state);
    this.#nextQpn = QPN_FIRST + (Math.abs(seed) % 1024);
  }

  /** Every port back in the state it had at the start. */
  restorePorts(): void {
    this.model.ports.forEach(({ state }, index) => (this.portStates[index] = state));
  }

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
}
