/** Test support: two queue pairs of a bare device that are each other's peer in RTS, with memory, and no calls around them. */
import type { AhState } from '../classes/ah.ts';
import type { CqState } from '../classes/cq.ts';
import { idOf } from '../classes/ids.ts';
import type { MrState } from '../classes/mr_state.ts';
import type { QpParts, QpState } from '../classes/qp_state.ts';
import type { Moves } from '../classes/qp_transitions.ts';
import type { SrqState } from '../classes/srq.ts';
import { BareDevice } from '../bare_device.ts';
import { AddressSpace } from '../core/address_space.ts';
import { Instance } from '../core/instance.ts';
import { DataPath } from './data_path.ts';
import type { Destination, Piece, SendWork } from './work.ts';

export const LKEY = 0x101;
const REGION_BYTES = 4096;
const CQE = 16;
const ATTRIBUTES = 64;
const QKEY = 0x1111;

export interface PairOptions {
  readonly seed?: number;
  /** The receiver takes from this one. */
  readonly srq?: boolean;
}

export class BarePair {
  readonly bare = new BareDevice();
  readonly context = this.bare.open();
  readonly memory = new AddressSpace();
  readonly start = this.memory.map(REGION_BYTES);
  readonly pd = new Instance(this.context, 'pd', undefined, [], undefined);
  readonly srq: Instance<SrqState> | undefined;
  readonly sender: Instance<QpState>;
  readonly receiver: Instance<QpState>;
  readonly region: MrState;

  constructor(type: string, { seed = 1, srq = false }: PairOptions = {}) {
    const { bare, context, pd } = this;
    bare.device.work = new DataPath(bare.spec, bare.pipelines, bare.device, seed);
    const shared = { pd, receives: [], limit: 0 } as unknown as SrqState;
    this.srq = srq ? new Instance(context, 'srq', undefined, [], shared) : undefined;
    this.sender = this.#queuePair(type, undefined);
    this.receiver = this.#queuePair(type, this.srq);
    this.set(this.sender, 'dest_qpn', this.receiver.state.qpn);
    this.set(this.receiver, 'dest_qpn', this.sender.state.qpn);
    const at = { dm: undefined, memory: this.memory, start: this.start, iova: this.start };
    this.region = { ...at, pd, length: BigInt(REGION_BYTES), access: 1, lkey: LKEY, rkey: LKEY };
    bare.device.lkeys.set(LKEY, new Instance(context, 'mr', undefined, [], this.region));
  }

  get work(): DataPath {
    return this.bare.device.work;
  }

  /** The number of a name in an enum of the spec. */
  number(kind: string, name: string): number {
    return this.bare.spec.enums[kind]?.[name] ?? -1;
  }

  /** Sets an attribute of modify. */
  set(qp: Instance<QpState>, name: string, value: number): void {
    qp.state.numbers[idOf(this.bare.spec, 'qp', name)] = value;
  }

  ticks(count: number): void {
    for (let tick = 0; tick < count; tick += 1) this.bare.device.clock.tick();
  }

  piece(offset: number, length: number): Piece {
    return { addr: this.start + BigInt(offset), length, lkey: LKEY };
  }

  /** Where datagrams to the receiver go. */
  destination(path: AhState['path'] = {}): Destination {
    const state = { pd: this.pd, port: 1, path } as AhState;
    const ah = new Instance(this.context, 'ah', undefined, [], state);
    return { ah, qpn: this.receiver.state.qpn, qkey: QKEY };
  }

  send(id: number, pieces: readonly Piece[] = [this.piece(0, 8)], altered: Partial<SendWork> = {}): void {
    const datagram = this.sender.state.type === 'UD' || this.sender.state.type === 'DRIVER';
    const work: SendWork = {
      id: BigInt(id),
      opcode: this.number('send_opcode', 'SEND'),
      reported: true,
      solicited: false,
      pieces,
      inline: undefined,
      immediate: undefined,
      destination: datagram ? this.destination() : undefined,
      begun: true,
      timed: false,
      ...altered,
    };
    this.sender.state.sends.push(work);
    this.work.launch(this.sender, work);
  }

  receive(id: number, pieces: readonly Piece[] = [this.piece(1024 + id * 128, 128)]): void {
    (this.srq ?? this.receiver).state.receives.push({ id: BigInt(id), pieces });
    this.work.wake();
  }

  /** `id STATUS` of what was reported and not looked at yet, the oldest first. */
  reported(queue: 'sends' | 'receives'): string[] {
    const { sendCq } = this.sender.state.parts;
    const { recvCq } = this.receiver.state.parts;
    const names = Object.entries(this.bare.spec.enums['wc_status'] ?? {});
    const status = (number: unknown): string => names.find(([, one]) => one === number)?.[0] ?? String(number);
    const records = ((queue === 'sends' ? sendCq : recvCq)?.state.completions ?? []).splice(0);
    return records.map(({ record }) => `${String(record['wr_id'])} ${status(record['status'])}`);
  }

  #queuePair(type: string, srq: QpParts['srq']): Instance<QpState> {
    const { bare, context, pd } = this;
    const RTS = this.number('qp_state', 'RTS');
    const cq = (): Instance<CqState> => {
      const queue = { cqe: CQE, vector: 0, userHandle: 0n, compChannel: undefined };
      return new Instance(context, 'cq', undefined, [], { ...queue, completions: [], overrun: false, armed: 'none' });
    };
    const state: QpState = {
      qpn: bare.device.takeQpn(),
      type,
      moves: {} as Moves,
      cap: {},
      userHandle: 0n,
      state: RTS,
      numbers: new Uint32Array(ATTRIBUTES),
      paths: new Map(),
      parts: { pd, sendCq: cq(), recvCq: cq(), srq },
      reportsAll: false,
      sends: [],
      receives: [],
      settled: RTS,
      established: false,
      draining: false,
      connection: undefined,
      memberships: new Set(),
    };
    const qp = new Instance(context, 'qp', type, [], state);
    this.set(qp, 'qkey', QKEY);
    bare.device.queuePairs.set(state.qpn, qp);
    return qp;
  }
}
