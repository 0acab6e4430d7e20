/**
 * A device that goes, and comes back: who is told, what becomes of objects, channels and mappings.
 * Source: core/uverbs_main.c ib_uverbs_remove_one, core/rdma_core.c uverbs_destroy_ufile_hw; decisions 0080 to 0085.
 */
import { ERRNO } from '../../../spec/errno.ts';
import type { Rule } from '../rules.ts';
import type { Device } from './device.ts';
import type { Happening } from './events.ts';

/** A device on its way out. */
export interface Removal {
  readonly device: Device;
  /** The system-wide node, where there is one. */
  readonly system: Device | undefined;
  readonly raise: (happening: Happening) => void;
}

/** A file that is to be opened. */
export interface NodeOpening {
  readonly device: Device;
  /** The device that is plugged in, which another node can be opened beside. */
  readonly plugged: Device;
}

/** A device that comes back, and what it was before. */
export interface Return {
  readonly device: Device;
  readonly former: Device;
}

export function removalRules(): Readonly<Record<string, readonly Rule<never>[]>> {
  return { 'device.depart': DEPART, 'device.remove': REMOVE, 'device.plug': PLUG, 'file.open': OPEN };
}

/** Asked when removal begins: whether the device can go at once. */
const DEPART: readonly Rule<Removal>[] = [
  { clause: 'removal-waits', apply: ({ device }) => (device.running.count > 0 ? ERRNO.EBUSY : 0) },
];

/** Done once no call runs any more. */
const REMOVE: readonly Rule<Removal>[] = [
  {
    clause: 'removal-objects',
    apply: ({ device }) => {
      for (const context of device.contexts) {
        for (const instance of [...context.instances].reverse()) if (instance.space >= 0) context.expire(instance);
      }
      device.queuePairs.clear();
      return 0;
    },
  },
  { clause: 'system-removal', apply: () => 0 },
  {
    clause: 'removal-mapping',
    apply: ({ device }) => {
      for (const context of device.contexts) for (const mapping of context.mappings) mapping.zapped = true;
      return 0;
    },
  },
  {
    // What is left unread is about ports and the device: records about an object end with it.
    clause: 'removal-records',
    apply: ({ device }) => {
      for (const channel of device.channels)
        channel.records = channel.records.filter(({ source }) => source === undefined);
      return 0;
    },
  },
  {
    clause: 'removal-fatal',
    apply: ({ device, raise }) => {
      raise({ device, event: 'DEVICE_FATAL', channels: [] });
      return 0;
    },
  },
  {
    clause: 'removal-comp-channel',
    apply: ({ device }) => {
      for (const channel of device.channels) if (channel.kind === 'comp_channel') channel.records = [];
      return 0;
    },
  },
  {
    clause: 'removal-reader',
    apply: ({ device }) => {
      for (const channel of device.channels) channel.wake();
      return 0;
    },
  },
];

/** Done when it is back: nothing of what it was before comes with it. */
const PLUG: readonly Rule<Return>[] = [
  { clause: 'plug-fresh', apply: () => 0 },
  { clause: 'plug-old-files', apply: () => 0 },
];

/** Asked for a file of a device, or of the system-wide node. */
const OPEN: readonly Rule<NodeOpening>[] = [
  { clause: 'removal-open', apply: ({ device }) => (device.removed ? ERRNO.ENOENT : 0) },
  { clause: 'system-open', apply: () => 0 },
];
