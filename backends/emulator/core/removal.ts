/** What going means to a device: who is told, what becomes of objects, channels and mappings. Source: facts C4. */
import type { Rule } from '../rules.ts';
import type { Device } from './device.ts';
import type { Happening } from './events.ts';

/** A device on its way out. */
export interface Removal {
  readonly device: Device;
  readonly raise: (happening: Happening) => void;
}

export function removalRules(): Readonly<Record<string, readonly Rule<Removal>[]>> {
  return {
    'device.remove': [
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
      {
        clause: 'removal-mappings',
        apply: ({ device }) => {
          for (const context of device.contexts) for (const mapping of context.mappings) mapping.zapped = true;
          return 0;
        },
      },
      {
        clause: 'removal-event',
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
        clause: 'removal-readers',
        apply: ({ device }) => {
          for (const channel of device.channels) {
            channel.ended = true;
            channel.wake();
          }
          return 0;
        },
      },
    ],
  };
}
