/** Device memory that a process sees: the doorbell page of a context. */
export interface Mapping {
  readonly bytes: Uint8Array;
  /** True once the device has gone: loads give zeros, stores go nowhere. */
  zapped: boolean;
}

/** The one page a driver of an emulated device offers, at offset 0. */
export const DOORBELL_BYTES = 4096;
