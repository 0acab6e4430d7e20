/** What a queue pair is while it lives. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import type { CmId } from '../core/connections.ts';
import type { Instance } from '../core/instance.ts';
import type { ReceiveWork, SendWork } from '../datapath/work.ts';
import type { CqState } from './cq.ts';
import type { Moves } from './qp_transitions.ts';
import type { SrqState } from './srq.ts';

export interface QpParts {
  readonly pd: Instance | undefined;
  readonly sendCq: Instance<CqState> | undefined;
  readonly recvCq: Instance<CqState> | undefined;
  readonly srq: Instance<SrqState> | undefined;
}

export interface QpState {
  readonly qpn: number;
  readonly type: string;
  /** What the table that judges its transitions says of its type. */
  readonly moves: Moves;
  readonly cap: StructValue;
  readonly userHandle: bigint;
  /** Number of the current state in enum `qp_state`. */
  state: number;
  /** Values of the modify attributes by attribute id: u32 and the like. */
  readonly numbers: Uint32Array;
  /** Paths by attribute id. */
  readonly paths: Map<number, StructValue>;
  /** Objects its work requests rest on; undefined where its type has none. */
  readonly parts: QpParts;
  /** Whether every send is reported, also one that does not ask for it. */
  readonly reportsAll: boolean;
  /** Work requests that are outstanding, oldest first. */
  sends: SendWork[];
  receives: ReceiveWork[];
  /** The state whose consequences for work requests have been drawn. */
  settled: number;
  /** True once a message has come in. */
  established: boolean;
  /** True from entering SQD until the last send in flight completes. */
  draining: boolean;
  /** The connection identifier whose connection it is. */
  connection: CmId | undefined;
  /** Multicast groups it is a member of, by GID and LID in words; most never are. */
  readonly memberships: Set<string>;
}
