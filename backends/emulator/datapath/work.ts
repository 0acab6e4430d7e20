/** Work requests and completions as a device keeps them. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import type { AhState } from '../classes/ah.ts';
import type { QpState } from '../classes/qp_state.ts';
import type { Instance } from '../core/instance.ts';

/** One piece of memory. */
export interface Piece {
  readonly addr: bigint;
  readonly length: number;
  readonly lkey: number;
}

/** Where a datagram goes. */
export interface Destination {
  readonly ah: Instance<AhState>;
  readonly qpn: number;
  readonly qkey: number;
}

export interface SendWork {
  readonly id: bigint;
  readonly opcode: number;
  readonly reported: boolean;
  readonly solicited: boolean;
  readonly pieces: readonly Piece[];
  /** Data taken when it was posted; undefined where they are read from memory when they are sent. */
  readonly inline: Uint8Array | undefined;
  readonly immediate: number | undefined;
  readonly destination: Destination | undefined;
  /** True from the moment the device begins it: it is in flight. */
  begun: boolean;
  /** True while something will happen to it at a later tick. */
  timed: boolean;
}

export interface ReceiveWork {
  readonly id: bigint;
  readonly pieces: readonly Piece[];
}

/** A struct `work_completion`, and whose it is. */
export interface Completion {
  readonly source: Instance<QpState>;
  readonly record: StructValue;
}

export function inFlight({ sends }: QpState): number {
  return sends.filter((work) => work.begun).length;
}

export function bytesOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
