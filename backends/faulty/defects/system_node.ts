/** Defects of the system-wide node. */
import type { Call } from '../../emulator/core/call.ts';
import type { NodeOpening, Removal } from '../../emulator/core/removal.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import type { SystemPart } from '../../emulator/system_node.ts';
import { replaced, spoiled, stricter, type Defect } from '../defect.ts';

const ON_NODE = 'system';

export const SYSTEM_NODE_DEFECTS: readonly Defect[] = [
  stricter<NodeOpening>(
    'system-open',
    'ENODEV',
    { rule: 'system-open', story: 'The node can be opened only as long as there is a device.' },
    ({ device, plugged }) => device.model.id === ON_NODE && plugged.removed,
  ),
  spoiled<SystemPart>(
    'system-classes',
    'wrong-value',
    { story: 'On the node channels cannot be dissociated.', also: ['system-discovery', 'system-removal'] },
    (system) => {
      const { event_channel: channel } = system.part.objects;
      if (channel === undefined) return;
      const kept = Object.entries(channel.methods).filter(([method]) => method !== 'dissociate');
      const table = { ...channel, methods: Object.fromEntries(kept) };
      system.part = { ...system.part, objects: { ...system.part.objects, event_channel: table } };
    },
  ),
  spoiled<SystemPart>(
    'system-class-foreign',
    'off',
    { story: 'Protection domains can be asked for on the node too.', also: ['system-discovery'] },
    (system) => {
      const { pd } = system.whole.objects;
      if (pd !== undefined) system.part = { ...system.part, objects: { ...system.part.objects, pd } };
    },
  ),
  replaced<Call>(
    'discovery-classes',
    'wrong-value',
    {
      story: 'The node does not list the last of its classes.',
      suffix: 'on-system-node',
      pipeline: 'interface.query',
      clauses: ['system-discovery'],
    },
    (inner) => (call) => {
      const errno = inner(call);
      if (errno !== 0 || call.device.model.id !== ON_NODE) return errno;
      call.outObjects.forEach((list, id) => {
        if (Array.isArray(list) && call.wants(id)) call.outObjects[id] = (list as readonly number[]).slice(0, -1);
      });
      return 0;
    },
  ),
  replaced<Message>(
    'attribute-reserved-zero',
    'off',
    {
      story: 'On the node nobody looks at the reserved field of an attribute.',
      suffix: 'on-system-node',
      clauses: ['system-format'],
    },
    (inner) => (message) => (message.context.device.model.id === ON_NODE ? 0 : inner(message)),
  ),
  spoiled<Removal>(
    'system-removal',
    'over-strict',
    { story: 'With the device the channels of the node end too.' },
    ({ system }) => {
      for (const channel of system?.channels ?? []) channel.ended = true;
    },
  ),
];
