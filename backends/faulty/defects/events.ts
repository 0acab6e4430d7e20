/** Defects in where events go and in what their records say. */
import type { PortChange } from '../../emulator/classes/fixed.ts';
import { ERRNO } from '../../../spec/errno.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Channel } from '../../emulator/core/channel.ts';
import type { Context } from '../../emulator/core/context.ts';
import type { Happening } from '../../emulator/core/events.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import type { Pipelines, Rule } from '../../emulator/rules.ts';
import { defect, off, replaced, spoiled, wrongErrno, type Defect } from '../defect.ts';

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

/** Gives the rules of a clause in one pipeline another body. */
function withRule<Subject>(
  pipelines: Pipelines,
  pipeline: string,
  clause: string,
  apply: (subject: Subject) => number,
): Pipelines {
  const rules = (pipelines[pipeline] ?? []).map((rule): Rule<never> =>
    rule.clause === clause ? { clause, apply } : rule,
  );
  return { ...pipelines, [pipeline]: rules };
}

export const EVENT_DEFECTS: readonly Defect[] = [
  spoiled<Happening>('event-record', 'wrong-value', { story: 'Records carry handles.' }, (happening) => {
    lastRecords(happening, ({ source, element }) => ({
      element: source === undefined ? element : BigInt(source.handle),
    }));
  }),
  replaced<Happening>(
    'event-record',
    'wrong-value',
    { story: 'Every record is about the device.', suffix: 'class' },
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
      const { source, channels } = happening;
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
  replaced<Happening>(
    'event-associate',
    'wrong-value',
    { story: 'An association with one object is one with all of its kind.', pipeline: RAISE },
    (inner) => (happening) => {
      const errno = inner(happening);
      const { device, source, channels } = happening;
      for (const channel of device.channels)
        if (source !== undefined && channel.associations.some((one) => one.object === source.object))
          if (!channels.includes(channel)) channels.push(channel);
      return errno;
    },
  ),
  replaced<Call>(
    'event-associate-again',
    'over-strict',
    { story: 'An association that exists is refused.' },
    () => (call) => {
      const { associations = [] } = call.channel ?? {};
      const [object, number] = [call.numbers[1], call.numbers[2]];
      const kinds: Readonly<Record<number, string>> = { 2: 'device', 3: 'port', 5: 'cq', 16: 'qp' };
      const there = associations.some((one) => one.object === kinds[object ?? 0] && one.number === number);
      return there ? ERRNO.EINVAL : 0;
    },
  ),
  replaced<Happening>(
    'event-associate',
    'wrong-value',
    {
      clauses: ['event-associate-again'],
      story: 'A channel an object was made with and is associated with hears everything twice.',
      pipeline: RAISE,
      suffix: 'twice',
    },
    (inner) => (happening) => {
      const errno = inner(happening);
      const { source, channels } = happening;
      const own = source?.channel;
      if (own?.associations.some((one) => one.source === source) === true) channels.push(own);
      return errno;
    },
  ),
  off('event-dissociate', { story: 'A dissociation changes nothing.', also: ['event-association-ends'] }),
  off('event-dissociate-unknown', { story: 'Anything can be dissociated.' }),
  wrongErrno('event-dissociate-unknown', 'ENOENT', { story: 'What is not associated counts as not there.' }),
  wrongErrno('event-association-unknown', 'EINVAL', { story: 'A number that names nothing is a bad value.' }),
  defect(
    'event-association-ends',
    'off',
    { story: 'An association is with a handle, whatever is under it.' },
    (pipelines) => {
      const kept = withRule<Call>(pipelines, 'cq.destroy', 'event-association-ends', () => 0);
      const inner = (kept[RAISE] as readonly Rule<Happening>[]).find(({ clause }) => clause === 'event-associate');
      return withRule<Happening>(kept, RAISE, 'event-associate', (happening) => {
        const errno = inner?.apply(happening) ?? 0;
        const { source, device, channels } = happening;
        for (const channel of device.channels) {
          const named = channel.associations.some(
            (one) => one.source !== undefined && one.object === source?.object && one.number === source.handle,
          );
          if (named && !channels.includes(channel)) channels.push(channel);
        }
        return errno;
      });
    },
  ),
  replaced<Happening>(
    'event-affiliated',
    'off',
    {
      clauses: ['event-channel-generic'],
      story: 'An event channel that an object was made with hears nothing of it.',
      suffix: 'generic',
    },
    (inner) => (happening) => (happening.source?.channel?.kind === 'event_channel' ? 0 : inner(happening)),
  ),
  replaced<Message>(
    'fd-kind',
    'over-strict',
    {
      clauses: ['event-channel-generic', 'cq-create', 'qp-create'],
      story: 'Event channels are refused where another kind is wanted.',
      suffix: 'generic',
    },
    (inner) => (message) => {
      const { call, operation } = message;
      for (const { id, kind } of operation?.handles ?? [])
        if (kind === 'fd' && call.has(id) && call.channelAt(id)?.kind === 'event_channel') return ERRNO.EBADF;
      return inner(message);
    },
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
