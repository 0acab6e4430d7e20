/** What a memory region is while it lives. Whether its range is mapped is found out when a work request reaches into it. */
import type { AddressSpace } from '../core/address_space.ts';
import type { Instance } from '../core/instance.ts';

export interface MrState {
  pd: Instance;
  /** The device memory it covers; undefined where it covers memory of the process. */
  readonly dm: Instance | undefined;
  /** The memory of the process that registered it; undefined where that was no process, or device memory. */
  readonly memory: AddressSpace | undefined;
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
