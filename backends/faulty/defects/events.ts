/** Defects in where events go and in what their records say. */
import type { PortChange } from '../../emulator/classes/fixed.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Channel } from '../../emulator/core/channel.ts';
import type { Context } from '../../emulator/core/context.ts';
import type { Happening } from '../../emulator/core/events.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import type { Rule } from '../../emulator/rules.ts';
import { defect, off, replaced, spoiled, withRule, type Defect } from '../defect.ts';

const RAISE = 'event.raise';
/** Attribute ids of spec/objects/cq.yaml and qp.yaml. */
const ASYNC_EVENTS = 5;
const EVENTS_REPORTED = 45;

/** Changes the record that was put last on every channel that an event went to. */
function lastRecords({ channels }: Happening, change: (record: Channel['records'][number]) => object): void {
  for (const channel of channels) {
    const last = channel.records.at(-1);
    if (last !== undefined) channel.records[channel.records.length - 1] = { ...last, ...change(last) };
  }
}

function asyncChannels({ channels }: Context): Channel[] {
  return [...channels].filter(({ kind }) => kind === 'async_event');
}

export const EVENT_DEFECTS: readonly Defect[] = [
  spoiled<Happening>(
    'event-record',
    'wrong-value',
    { story: 'Records carry handles.', also: ['event-destroy-drops'] },
    (happening) => {
      lastRecords(happening, ({ source, element }) => ({
        element: source === undefined ? element : BigInt(source.handle),
      }));
    },
  ),
  replaced<Happening>(
    'event-record',
    'wrong-value',
    { story: 'Every record is about the device.', suffix: 'class', also: ['event-destroy-drops'] },
    (inner) => (happening) => {
      const errno = inner(happening);
      lastRecords(happening, () => ({ classId: 2 }));
      return errno;
    },
  ),
  spoiled<Happening>(
    'event-affiliated',
    'wrong-value',
    { story: 'The first channel of a context hears what goes to the others.' },
    (happening) => {
      const { source, channels, event } = happening;
      if (event === 'COMPLETION') return;
      const first = source && asyncChannels(source.context)[0];
      if (first !== undefined && channels.length > 0 && !channels.includes(first)) channels.push(first);
    },
  ),
  off('event-default', {
    story: 'An object that names no channel reports to none.',
    also: ['event-read-order', 'cq-destroy-delivered', 'qp-destroy-delivered', 'event-destroy-drops'],
  }),
  replaced<Happening>(
    'event-default',
    'wrong-value',
    { story: 'The latest channel of a context is its default.', also: ['event-default-none'], suffix: 'latest' },
    () => (happening) => {
      const latest = happening.source?.defaultChannel && asyncChannels(happening.source.context).at(-1);
      if (latest !== undefined) happening.channels.push(latest);
      return 0;
    },
  ),
  replaced<Happening>(
    'event-default',
    'late-event',
    { clauses: ['event-default-none'], story: 'Older objects report to a channel made later.', suffix: 'older' },
    (inner) => (happening) => {
      const { source } = happening;
      const late = source?.channel === undefined && source?.defaultChannel === undefined;
      if (late && source?.context.defaultChannel !== undefined) happening.channels.push(source.context.defaultChannel);
      return inner(happening);
    },
  ),
  spoiled<Happening>(
    'event-unaffiliated',
    'wrong-value',
    { story: 'One channel of a device hears of its ports.' },
    (happening) => {
      happening.channels.splice(1);
    },
  ),
  replaced<PortChange>(
    'event-port-state',
    'wrong-value',
    { story: 'Every port that is not active reports an error again and again.' },
    (inner) => (change) => {
      const { device, port, before, state } = change;
      if (before !== 'ACTIVE' && state !== 'ACTIVE') device.raise({ device, event: 'PORT_ERR', port, channels: [] });
      return inner(change);
    },
  ),
  replaced<PortChange>(
    'event-port-state',
    'off',
    { story: 'Ports change without a word.' },
    () =>
      ({ device, port, state }) => ((device.portStates[port - 1] = state), 0),
  ),
  off('event-destroy-drops', { story: 'Records outlive their object.' }),
  replaced<Call>(
    'event-destroy-drops',
    'wrong-value',
    { story: 'A destroy empties every channel its object reported to.', pipeline: 'cq.destroy', suffix: 'all' },
    () => (call) => {
      for (const channel of (call.target as Instance).heardBy ?? []) channel.records = [];
      return 0;
    },
  ),
  replaced<Call>(
    'cq-destroy-counts',
    'off',
    { clauses: ['cq-destroy-delivered'], story: 'A completion queue is destroyed without a count.', suffix: 'none' },
    (inner) => (call) => {
      const errno = inner(call);
      call.outNumbers[ASYNC_EVENTS] = 0;
      return errno;
    },
  ),
  replaced<Call>(
    'qp-destroy-count',
    'off',
    { clauses: ['qp-destroy-delivered'], story: 'A queue pair is destroyed without a count.', suffix: 'none' },
    (inner) => (call) => {
      const errno = inner(call);
      call.outNumbers[EVENTS_REPORTED] = 0;
      return errno;
    },
  ),
  defect(
    'cq-destroy-delivered',
    'wrong-value',
    {
      story: 'Events count when they happen, not when they are read.',
      clauses: ['cq-destroy-delivered', 'qp-destroy-delivered'],
      suffix: 'raised',
    },
    (pipelines) => {
      const [raise, read] = [RAISE, 'event.read'];
      const record = (pipelines[raise] as readonly Rule<Happening>[]).find(({ clause }) => clause === 'event-record');
      const uncounted = withRule(pipelines, read, 'event-count', () => 0);
      return withRule<Happening>(uncounted, raise, 'event-record', (happening) => {
        if (happening.source !== undefined) happening.source.asyncEvents += happening.channels.length;
        return record?.apply(happening) ?? 0;
      });
    },
  ),
];
