/** Device memory that a process sees: the doorbell page of a context. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Rule } from '../rules.ts';
import type { Context } from './context.ts';

export interface Mapping {
  readonly context: Context;
  /** What is behind the addresses; of no length where nothing is any more. */
  bytes: Uint8Array;
  /** True once the device has gone: loads give zeros, stores go nowhere. */
  zapped: boolean;
}

/** The one page a driver of an emulated device offers, at offset 0. */
export const DOORBELL_BYTES = 4096;

/** What a process asks for. */
export interface MapRequest {
  readonly context: Context;
  readonly length: number;
  readonly offset: number;
}

export function mappingRules(): Readonly<Record<string, readonly Rule<never>[]>> {
  const map: readonly Rule<MapRequest>[] = [
    { clause: 'removal-map', apply: ({ context }) => (context.device.removed ? ERRNO.EIO : 0) },
    {
      clause: 'doorbell-page',
      apply: ({ length, offset }) => (offset !== 0 || length > DOORBELL_BYTES ? ERRNO.EINVAL : 0),
    },
  ];
  // A mapping that a child was born with is one more that has to go with the device.
  const inherit: readonly Rule<Mapping>[] = [
    { clause: 'removal-mapping-child', apply: (mapping) => (mapping.context.mappings.add(mapping), 0) },
  ];
  return { 'device.map': map, 'mapping.inherit': inherit };
}
