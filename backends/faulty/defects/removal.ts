/** Defects of devices that go: too early, too late, with too much or with too little. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Reading } from '../../emulator/core/events.ts';
import type { Mapping } from '../../emulator/core/mapping.ts';
import type { Removal, Return } from '../../emulator/core/removal.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import { defect, off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';

const isDestroy = ({ operation }: Call): boolean => operation.method === 'destroy';
const isGone = ({ device }: Call): boolean => device.removed;

const CALLS: readonly Defect[] = [
  replaced<Call>(
    'removal-running',
    'wrong-errno',
    { story: 'Calls that run when removal begins end with EIO and nothing done.' },
    () => (call) => (isGone(call) && !isDestroy(call) ? ERRNO.EIO : 0),
  ),
  off('removal-waits', { story: 'The device goes while calls are still running on it.' }),
  off('removal-calls', {
    story: 'Calls work on as though nothing had happened.',
    also: ['removal-before-content', 'plug-old-files'],
  }),
  wrongErrno('removal-calls', 'ENODEV', {
    story: 'Calls on a device that is gone are refused with ENODEV.',
    also: ['removal-before-content', 'plug-old-files'],
  }),
  replaced<Call>(
    'removal-calls',
    'wrong-order',
    { story: 'Calls are let in as long as removal waits for others.' },
    (inner) => (call) => (call.device.gone ? inner(call) : 0),
  ),
  stricter<Call>(
    'removal-destroy',
    'EIO',
    {
      rule: 'removal-calls',
      story: 'Destroy is refused as everything else is.',
      also: ['removal-destroy-order', 'removal-handles', 'removal-destroy-counts', 'plug-old-files'],
    },
    (call) => isGone(call) && isDestroy(call),
  ),
  stricter<Call>(
    'removal-discovery',
    'EIO',
    { rule: 'removal-calls', story: 'Discovery is refused as everything else is.' },
    (call) => isGone(call) && call.operation.object === 'interface',
  ),
  replaced<Message>(
    'class-unknown',
    'wrong-order',
    {
      story: 'A device that is gone refuses messages of unknown classes with EIO.',
      clauses: ['removal-after-method'],
      suffix: 'after-removal',
    },
    (inner) => (message) => {
      const errno = inner(message);
      return errno !== 0 && message.context.device.removed ? ERRNO.EIO : errno;
    },
  ),
  defect(
    'removal-before-content',
    'wrong-order',
    { story: 'Removal is noticed only when attributes and objects have been judged.' },
    (pipelines) => {
      const admit = pipelines['call.admit'] ?? [];
      return { ...pipelines, 'call.admit': [], 'call.hold': [...admit, ...(pipelines['call.hold'] ?? [])] };
    },
  ),
];

const OBJECTS: readonly Defect[] = [
  replaced<Removal>(
    'removal-objects',
    'off',
    {
      story: 'Objects keep their use counts when the device goes.',
      clauses: ['removal-destroy-order', 'removal-handles'],
    },
    () => () => 0,
  ),
  replaced<Removal>(
    'removal-objects',
    'over-strict',
    {
      story: 'Handles go with the objects.',
      clauses: ['removal-destroy', 'removal-destroy-order', 'removal-destroy-counts', 'plug-old-files'],
    },
    () =>
      ({ device }) => {
        for (const context of device.contexts)
          for (const instance of [...context.instances]) if (instance.space >= 0) context.detach(instance);
        return 0;
      },
  ),
  replaced<Removal>(
    'removal-objects',
    'leak',
    {
      story: 'What a queue pair took of the device is not given back when the device goes.',
      clauses: ['context-close'],
      suffix: 'leak',
    },
    (inner) => (removal) => {
      if (removal.device.queuePairs.size > 0) removal.device.count('doorbell page', 1);
      return inner(removal);
    },
  ),
  replaced<Removal>(
    'removal-objects',
    'wrong-value',
    { story: 'Counts of events end with the device.', clauses: ['removal-destroy-counts'], suffix: 'counts-lost' },
    (inner) => (removal) => {
      for (const context of removal.device.contexts)
        for (const instance of context.instances) instance.compEvents = instance.asyncEvents = 0;
      return inner(removal);
    },
  ),
];

const CHANNELS: readonly Defect[] = [
  off('removal-reader', { story: 'Nobody wakes those who wait for events of a device that is gone.' }),
  replaced<Reading>(
    'removal-comp-channel',
    'wrong-errno',
    { story: 'A completion channel of a device that is gone has ENODEV for its readers.', pipeline: 'event.read' },
    (inner) => (reading) => (inner(reading) === 0 ? 0 : ERRNO.ENODEV),
  ),
  replaced<Reading>(
    'removal-comp-channel',
    'off',
    {
      story: 'Reads of a completion channel wait for a device that is gone.',
      pipeline: 'event.read',
      also: ['removal-reader'],
    },
    () => () => 0,
  ),
  off('removal-poll', {
    story: 'A poll of a channel says nothing of a device that is gone.',
    also: ['removal-reader'],
  }),
  off('removal-fatal', {
    story: 'A device goes without a word.',
    also: ['removal-records', 'removal-event-channel'],
  }),
  replaced<Removal>(
    'removal-fatal',
    'wrong-value',
    {
      story: 'The end of a device is told twice.',
      also: ['removal-records'],
    },
    (inner) => (removal) => inner(removal) || inner(removal),
  ),
  spoiled<Removal>('removal-records', 'state-changed', { story: 'What was not read is lost.' }, ({ device }) => {
    for (const channel of device.channels) channel.records = [];
  }),
  off('removal-async-end', { story: 'A reader waits behind the last event.', also: ['removal-reader'] }),
  replaced<Removal>(
    'removal-fatal',
    'over-strict',
    {
      story: 'Event channels hear of the end of the device whatever they listen to.',
      clauses: ['removal-event-channel', 'removal-poll', 'removal-async-end'],
      suffix: 'to-all',
    },
    (inner) => (removal) => {
      const errno = inner(removal);
      const last = [...removal.device.channels].flatMap(({ records }) => records.at(-1) ?? [])[0];
      const record = last ?? { event: DEVICE_FATAL, classId: 0, element: 0n, source: undefined };
      for (const channel of removal.device.channels)
        if (channel.kind === 'event_channel' && channel.records.length === 0) channel.push(record);
      return errno;
    },
  ),
];

/** Number in enum event. */
const DEVICE_FATAL = 8;

function eachMapping({ device }: Removal, harm: (mapping: Mapping) => void): void {
  for (const context of device.contexts) for (const mapping of context.mappings) harm(mapping);
}

const MEMORY: readonly Defect[] = [
  off('removal-mapping', {
    story: 'Mappings show what the device was left with.',
    also: ['removal-mapping-forget', 'removal-mapping-child'],
  }),
  replaced<Removal>(
    'removal-mapping',
    'over-strict',
    {
      story: 'Mappings are taken away, so that the next doorbell is a fault.',
      also: ['removal-mapping-store', 'removal-mapping-forget', 'removal-mapping-child'],
    },
    () => (removal) => {
      eachMapping(removal, (mapping) => {
        mapping.bytes = new Uint8Array(0);
      });
      return 0;
    },
  ),
  replaced<Removal>(
    'removal-mapping',
    'state-changed',
    { story: 'What is stored to the page behind a mapping stays there.', clauses: ['removal-mapping-forget'] },
    () => (removal) => {
      eachMapping(removal, (mapping) => {
        mapping.bytes = new Uint8Array(mapping.bytes.length);
      });
      return 0;
    },
  ),
  off('removal-mapping-child', { story: 'Mappings of children are forgotten.' }),
  off('removal-map', { story: 'Devices that are gone can be mapped.' }),
  wrongErrno('removal-map', 'ENODEV', { story: 'Mapping a device that is gone is refused with ENODEV.' }),
];

const RETURN: readonly Defect[] = [
  off('removal-open', { story: 'The node of a device that is gone opens.' }),
  replaced<{ readonly device: Removal['device'] }>(
    'removal-open',
    'wrong-order',
    { story: 'A device can be opened while its removal waits.' },
    (inner) => (opening) => (opening.device.gone ? inner(opening) : 0),
  ),
  spoiled<Return>(
    'plug-fresh',
    'leak',
    { story: 'A device that comes back has no room where it had objects before.', also: ['context-close'] },
    ({ device, former }) => {
      if (former.contexts.size > 0) device.count('pd', 1);
    },
  ),
  spoiled<Return>('plug-old-files', 'off', { story: 'Old files work again when the device is back.' }, ({ former }) => {
    former.removed = former.disturbed = false;
  }),
];

export const REMOVAL_DEFECTS: readonly Defect[] = [...CALLS, ...OBJECTS, ...CHANNELS, ...MEMORY, ...RETURN];
