/** Defects in telling of completions: when it is done, on which channel, and what becomes of what nobody has read. */
import type { CqState } from '../../emulator/classes/cq.ts';
import type { Completed } from '../../emulator/classes/cq_notify.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { EventRecord } from '../../emulator/core/channel.ts';
import type { Context } from '../../emulator/core/context.ts';
import type { Happening, Reading } from '../../emulator/core/events.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import type { Removal } from '../../emulator/core/removal.ts';
import { defect, off, replaced, withRule, type Defect } from '../defect.ts';

/** Attribute ids of spec/objects/cq.yaml. */
const SOLICITED_ONLY = 7;
const COMP_EVENTS = 4;
/** Number in enum event. */
const COMPLETION = 64;
/** As many completions as nobody asked for in the scenarios of one clause, and in no others. */
const THIRD = 3;

const stateOf = (call: Call): CqState => (call.target as Instance<CqState>).state;

/** Takes other records out of the channels that know of something. */
function keepOnly(source: Instance, kept: (record: EventRecord) => boolean): void {
  for (const channel of source.heardBy ?? []) channel.records = channel.records.filter(kept);
}

const ARMING: readonly Defect[] = [
  replaced<Call>(
    'cq-notify-stronger',
    'wrong-value',
    { story: 'An arming for solicited completions takes the one for all back.' },
    () => (call) => ((stateOf(call).armed = call.numbers[SOLICITED_ONLY] === 1 ? 'solicited' : 'next'), 0),
  ),
  replaced<Call>(
    'cq-notify-stronger',
    'over-strict',
    { story: 'The first arming counts.', clauses: ['cq-notify-strengthened'] },
    (inner) => (call) => (stateOf(call).armed === 'none' ? inner(call) : 0),
  ),
];

const COMPLETING: readonly Defect[] = [
  off('cq-notify-event', {
    story: 'Completions arrive without a word.',
    also: [
      'cq-notify-once',
      'cq-notify-solicited',
      'cq-notify-failed',
      'cq-notify-stronger',
      'cq-notify-strengthened',
      'cq-destroy-delivered',
      'event-record',
      'event-read-wait',
      'event-completion',
      'event-associate',
      'event-channel-generic',
      'event-destroy-drops',
    ],
  }),
  off('cq-notify-once', { story: 'A completion queue that was armed once stays so.' }),
  replaced<Completed>(
    'cq-notify-solicited',
    'wrong-value',
    { story: 'Solicited and ordinary completions are not told apart.' },
    () => (completed) => ((completed.wanted = completed.cq.state.armed !== 'none'), 0),
  ),
  replaced<Completed>(
    'cq-notify-solicited',
    'off',
    { story: 'A failure does not count as solicited.', clauses: ['cq-notify-failed'], suffix: 'failed' },
    (inner) => (completed) => inner(Object.assign(completed, { failed: false })),
  ),
  replaced<Completed>(
    'cq-notify-once',
    'wrong-value',
    { story: 'The third completion that nobody asked for is told of.', suffix: 'unasked' },
    (inner) => (completed) => {
      const { device, cq, wanted } = completed;
      if (!wanted && cq.state.armed === 'none' && cq.state.completions.length === THIRD)
        device.raise({ device, event: 'COMPLETION', source: cq, channels: [] });
      return inner(completed);
    },
  ),
];

const CHANNELS: readonly Defect[] = [
  replaced<Happening>(
    'event-completion',
    'wrong-value',
    { story: 'The first completion channel of a context hears of every completion.' },
    () => (happening) => {
      const first = [...(happening.source?.context.channels ?? [])].find(({ kind }) => kind !== 'async_event');
      if (happening.event === 'COMPLETION' && first !== undefined) happening.channels.push(first);
      return 0;
    },
  ),
  replaced<Happening>(
    'event-completion',
    'off',
    {
      story: 'An event channel in the place of a completion channel hears of no completion.',
      clauses: ['event-channel-generic', 'event-record'],
      suffix: 'generic',
    },
    (inner) => (happening) => {
      const { compChannel } = (happening.source?.state ?? {}) as Partial<CqState>;
      return compChannel?.kind === 'event_channel' ? 0 : inner(happening);
    },
  ),
  replaced<Call>(
    'cq-destroy-counts',
    'wrong-value',
    { story: 'Completion events are not counted.', clauses: ['cq-destroy-delivered'], suffix: 'completions' },
    (inner) => (call) => {
      const errno = inner(call);
      call.outNumbers[COMP_EVENTS] = 0;
      return errno;
    },
  ),
];

const UNREAD: readonly Defect[] = [
  replaced<Call>(
    'event-destroy-drops',
    'state-changed',
    { story: 'Records of completions outlive their queue.', pipeline: 'cq.destroy', suffix: 'completions-kept' },
    () => (call) => {
      const source = call.target as Instance;
      keepOnly(source, (record) => record.source !== source || record.event === COMPLETION);
      return 0;
    },
  ),
  replaced<Call>(
    'event-destroy-drops',
    'state-changed',
    { story: 'Records of all completions go with one queue.', pipeline: 'cq.destroy', suffix: 'completions-lost' },
    (inner) => (call) => {
      keepOnly(call.target as Instance, (record) => record.event !== COMPLETION);
      return inner(call);
    },
  ),
  defect(
    'event-read-ended',
    'state-changed',
    {
      story: 'Completions that nobody has read can be read when the file is closed.',
      also: ['event-poll-ended'],
      suffix: 'kept',
    },
    (pipelines) => {
      const kept = withRule<Context>(pipelines, 'context.close', 'event-destroy-drops', ({ instances }) => {
        for (const source of instances)
          keepOnly(source, (record) => record.source !== source || record.event === COMPLETION);
        return 0;
      });
      return withRule<Context>(kept, 'context.close', 'event-read-ended', ({ channels }) => {
        for (const channel of channels) {
          channel.ended ||= channel.kind === 'comp_channel';
          channel.wake();
        }
        return 0;
      });
    },
  ),
  defect(
    'removal-comp-channel',
    'state-changed',
    {
      story: 'Completions that nobody has read can be read when the device is gone.',
      also: ['removal-poll'],
      suffix: 'kept',
    },
    (pipelines) => {
      const records = withRule<Removal>(pipelines, 'device.remove', 'removal-records', ({ device }) => {
        for (const channel of device.channels)
          channel.records = channel.records.filter(({ source, event }) => source === undefined || event === COMPLETION);
        return 0;
      });
      const kept = withRule<Removal>(records, 'device.remove', 'removal-comp-channel', () => 0);
      const read = (kept['event.read'] ?? []).find(({ clause }) => clause === 'removal-comp-channel');
      return withRule<Reading>(kept, 'event.read', 'removal-comp-channel', (reading) =>
        reading.channel.records.length > 0
          ? 0
          : ((read as { apply: (one: Reading) => number } | undefined)?.apply(reading) ?? 0),
      );
    },
  ),
];

export const CQ_NOTIFY_DEFECTS: readonly Defect[] = [...ARMING, ...COMPLETING, ...CHANNELS, ...UNREAD];
