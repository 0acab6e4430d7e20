/**
 * What steps hand to the runner: one attachment of media type `application/x-ndjson` per step, each line one of these.
 * The runner reads those and nothing else.
 */
import type { Check, ErroredKind } from './check.ts';

/** One call at the fd level as it happened, before any decoding. Hex is lower case. */
export interface TraceLine {
  /** Position in the scenario, from 1. */
  readonly n: number;
  readonly pid: number;
  readonly call:
    | 'open'
    | 'ioctl'
    | 'read'
    | 'write'
    | 'poll'
    | 'fcntl'
    | 'map'
    | 'unmap'
    | 'load'
    | 'store'
    | 'close'
    | 'fork'
    | 'sendFd'
    | 'exit'
    | 'control'
    | 'reset';
  readonly fd?: number;
  /** Path of an open; JSON of a control; arguments of other calls, as C has them. */
  readonly detail?: string;
  /** The ioctl number as 0x… */
  readonly request?: string;
  /** Regions before the call. */
  readonly sent?: readonly string[];
  /** Regions after the call, where they changed. */
  readonly received?: readonly string[];
  /** Addresses put into the memory before the call: of region `region` + `target`, into region `into` at `offset`. */
  readonly patches?: readonly (readonly [into: number, offset: number, region: number, target: number])[];
  /** Regions with nothing mapped behind them. */
  readonly guarded?: readonly number[];
  /** Regions that cannot be written. */
  readonly readOnly?: readonly number[];
  /** Of an open: true where the process lacks CAP_NET_RAW. */
  readonly unprivileged?: boolean;
  /** `0`, a number, or an errno name with a minus sign. */
  readonly answer: string;
}

export type Evidence =
  | { readonly check: Check }
  | { readonly errored: { readonly kind: ErroredKind; readonly reason: string } }
  | { readonly trace: readonly TraceLine[] };

export const EVIDENCE_TYPE = 'application/x-ndjson';
