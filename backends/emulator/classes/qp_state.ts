/** What a queue pair is while it lives. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import type { Moves } from './qp_transitions.ts';

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
  /** Send work requests in flight. */
  sendsInFlight: number;
  /** True from entering SQD until the last send in flight completes. */
  draining: boolean;
  /** Multicast groups it is a member of, by GID and LID in words; most never are. */
  readonly memberships: Set<string>;
}
