/** A running device: its model, its dispatch table, and what exists on it now. */
import type { DispatchTable } from '../dispatch_table.ts';
import type { DeviceModel } from '../models/model.ts';
import type { QpState } from '../classes/qp_state.ts';
import type { VirtualClock } from './clock.ts';
import type { Instance } from './instance.ts';

const QPN_LIMIT = 0x1000000;
/** Queue pair numbers 0 and 1 are the management queue pairs. */
const QPN_FIRST = 2;

export class Device {
  readonly model: DeviceModel;
  readonly table: DispatchTable;
  readonly clock: VirtualClock;
  openFiles = 0;
  readonly queuePairs = new Map<number, Instance<QpState>>();
  readonly #counts = new Map<string, number>();
  readonly #numbers = new Map<string, number>();
  #nextQpn: number;

  constructor(model: DeviceModel, table: DispatchTable, clock: VirtualClock, seed: number) {
    this.model = model;
    this.table = table;
    this.clock = clock;
    this.#nextQpn = QPN_FIRST + (Math.abs(seed) % 1024);
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

  /** A number of 24 bits for an object of a kind; the same one comes again only after all others. */
  takeNumber(kind: string): number {
    const last = this.#numbers.get(kind) ?? 0;
    const next = last + 1 < QPN_LIMIT ? last + 1 : 1;
    this.#numbers.set(kind, next);
    return next;
  }
}
