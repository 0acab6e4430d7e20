/** What a memory region is while it lives. Whether the range is mapped is nobody's knowledge yet: the emulator has no memory of processes. */
import type { Instance } from '../core/instance.ts';

export interface MrState {
  pd: Instance;
  /** The device memory it covers; undefined where it covers memory of the process. */
  readonly dm: Instance | undefined;
  /** Address in the process, or offset in the device memory. */
  start: bigint;
  length: bigint;
  iova: bigint;
  /** Bits of flags `mr_access`. */
  access: number;
  /** Keys of Device.lkeys and Device.rkeys. */
  readonly lkey: number;
  readonly rkey: number;
}
