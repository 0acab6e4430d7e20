/** Defects of the driver class of the device without queue pairs. */
import { hwContextOf, type HwContextState } from '../../emulator/classes/hw_context.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import type { Happening } from '../../emulator/core/events.ts';
import { afterwards, off, replaced, spoiled, wrongErrno, type Defect } from '../defect.ts';

const model = 'no-qp';
/** Attribute ids of spec/objects/hw_context.yaml. */
const NUMBER = 2;
const SUBCONTEXTS = 3;
const PKEY = 7;
const REPORTED = 10;
/** Class of the device. */
const DEVICE_CLASS = 2;

export const HW_CONTEXT_DEFECTS: readonly Defect[] = [
  off('hw-context-version', { story: 'Callers of any version are served.', model }),
  wrongErrno('hw-context-version', 'EINVAL', { story: 'Another major version is a bad value.', model }),
  spoiled<Call>('hw-context-number', 'wrong-value', { story: 'Numbers are counted in each file.', model }, (call) => {
    call.outNumbers[NUMBER] = [...call.context.instances].length;
  }),
  spoiled<Call>(
    'hw-context-query',
    'wrong-value',
    { story: 'Every context is reported as unshared.', model },
    (call) => {
      call.outNumbers[SUBCONTEXTS] = 0;
    },
  ),
  spoiled<Call>(
    'hw-context-settings',
    'wrong-value',
    { story: 'Of two contexts of a file both get the partition key of the one addressed.', model },
    (call) => {
      const { pkey } = hwContextOf(call);
      const all = [...call.context.instances].filter(({ object }) => object === 'hw_context');
      if (all.length === 2) for (const { state } of all) (state as HwContextState).pkey = pkey;
    },
  ),
  off('hw-context-pkey', { story: 'Any partition key is set.', model }),
  afterwards<Call>(
    'hw-context-pkey',
    { story: 'A partition key of the management is refused and set all the same.', model },
    (call) => {
      (call.target as Instance<HwContextState>).state.pkey = call.numbers[PKEY] ?? 0;
    },
  ),
  off('driver-class-room', { story: 'Hardware contexts are assigned without end.', model }),
  wrongErrno('driver-class-room', 'EBUSY', { story: 'A device without room is busy.', model }),
  off('hw-context-reset', { story: 'A reset does nothing.', model }),
  replaced<Happening>(
    'event-record',
    'wrong-value',
    {
      story: "Records of a driver's objects have the class of the device.",
      model,
      suffix: 'of-a-driver',
      clauses: ['event-driver', 'event-record'],
    },
    (inner) => (happening) => {
      const known = happening.channels.map(({ records }) => records.length);
      const errno = inner(happening);
      if (happening.source?.object !== 'hw_context') return errno;
      happening.channels.forEach((channel, index) => {
        channel.records = channel.records.map((record, at) =>
          at < (known[index] ?? 0) ? record : { ...record, classId: DEVICE_CLASS },
        );
      });
      return errno;
    },
  ),
  {
    ...spoiled<Happening>(
      'event-default',
      'off',
      {
        story: 'Objects of drivers report to no default channel.',
        model,
        suffix: 'of-a-driver',
      },
      (happening) => {
        if (happening.source?.object === 'hw_context' && happening.source.channel === undefined)
          happening.channels = [];
      },
    ),
    clauses: ['event-driver', 'hw-context-linkdown'],
  },
  off('hw-context-event', {
    story: 'Events are reported and not shown.',
    model,
    also: ['hw-context-ack', 'hw-context-linkdown', 'hw-context-tid-invalid'],
  }),
  replaced<Call>(
    'hw-context-ack',
    'wrong-value',
    { story: 'An acknowledgement forgets every event.', model },
    () => (call) => {
      hwContextOf(call).events = 0;
      return 0;
    },
  ),
  off('hw-context-linkdown', { story: 'A link that goes down is not told.', model }),
  spoiled<Call>('hw-context-destroy', 'wrong-value', { story: 'Destroy reports one event more.', model }, (call) => {
    call.outNumbers[REPORTED] = (call.outNumbers[REPORTED] ?? 0) + 1;
  }),
];
