/** Defects in reading and polling event channels, and in what becomes of them when the context is closed. */
import { ERRNO } from '../../../spec/errno.ts';
import type { CqState } from '../../emulator/classes/cq.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Context } from '../../emulator/core/context.ts';
import type { Happening, Polling, Reading } from '../../emulator/core/events.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import { afterwards, off, replaced, wrongErrno, type Defect } from '../defect.ts';

const POLL_IN = 1;

export const EVENT_READ_DEFECTS: readonly Defect[] = [
  replaced<Reading>(
    'event-read-order',
    'wrong-order',
    { story: 'Events of objects overtake those of ports.', also: ['event-destroy-drops'] },
    () => (reading) => {
      const { records } = reading.channel;
      const first = Math.max(
        0,
        records.findIndex(({ source }) => source !== undefined),
      );
      reading.records = records.splice(first, reading.count);
      return 0;
    },
  ),
  replaced<Reading>(
    'event-read-one',
    'wrong-value',
    { story: 'A read hands out as many records as fit.' },
    () => (reading) => ((reading.count = Math.floor(reading.room / reading.size)), 0),
  ),
  off('event-read-short', { story: 'A record is handed out whatever the room.' }),
  wrongErrno('event-read-short', 'ENOSPC', { story: 'Too little room is a lack of space.' }),
  afterwards<Reading>('event-read-short', { story: 'A record that did not fit is lost.' }, ({ channel }) => {
    channel.records.shift();
  }),
  off('event-read-empty', { story: 'O_NONBLOCK is not looked at.' }),
  wrongErrno('event-read-empty', 'ENODATA', { story: 'An empty channel has no data.' }),
  replaced<Happening>(
    'event-read-wait',
    'late-event',
    {
      story: 'Nobody is woken by an event.',
      pipeline: 'event.raise',
      also: ['event-read-shared', 'event-poll-wait'],
    },
    () => () => 0,
  ),
  replaced<Reading>(
    'event-read-wait',
    'off',
    {
      story: 'A read of an empty channel returns without anything.',
      pipeline: 'event.read',
      also: ['event-read-shared', 'event-async-left', 'event-read-ended'],
    },
    () => () => 0,
  ),
  off('event-read-shared', { story: 'A reader who comes too late returns without anything.' }),
  replaced<Polling>(
    'event-poll',
    'wrong-value',
    {
      story: 'Every channel is readable all the time.',
      also: ['event-poll-wait', 'event-async-left', 'event-poll-ended'],
    },
    () => (polling) => ((polling.events = POLL_IN), 0),
  ),
  replaced<Polling>(
    'event-poll',
    'off',
    { story: 'No channel is ever readable.', also: ['event-poll-wait'] },
    () => () => 0,
  ),
  off('event-poll-wait', { story: 'A poll returns at once.', also: ['event-async-left', 'event-poll-ended'] }),
  replaced<Reading>(
    'event-read-ended',
    'off',
    { story: 'Readers of a completion channel are not told that its context is closed.', pipeline: 'event.read' },
    () => () => 0,
  ),
  wrongErrno('event-read-ended', 'EBADF', { story: 'A channel whose context is closed is no channel.' }),
  replaced<Context>(
    'event-read-ended',
    'late-event',
    {
      story: 'Those who wait for completions when the context is closed wait for ever.',
      pipeline: 'context.close',
      also: ['event-poll-ended'],
    },
    () => (context) => {
      for (const channel of context.channels) if (channel.kind === 'comp_channel') channel.ended = true;
      return 0;
    },
  ),
  off('event-poll-ended', { story: 'A poll does not tell that nothing will come.' }),
  replaced<Context>(
    'event-read-ended',
    'over-strict',
    {
      clauses: ['event-async-left'],
      story: 'Channels for asynchronous events end with their context.',
      pipeline: 'context.close',
      suffix: 'async',
    },
    (inner) => (context) => {
      for (const channel of context.channels) channel.ended = true;
      for (const channel of context.channels) channel.wake();
      return inner(context);
    },
  ),
  replaced<Context>(
    'context-close',
    'wrong-value',
    {
      clauses: ['event-async-left', 'event-destroy-drops'],
      story: 'Closing a context reports a device that has gone.',
      suffix: 'fatal',
    },
    (inner) => (context) => {
      const { device } = context;
      device.raise({ device, event: 'DEVICE_FATAL', channels: [] });
      return inner(context);
    },
  ),
  replaced<Call>(
    'cq-notify',
    'over-strict',
    { story: 'Only completion queues with a completion channel can be armed.', also: ['fd-close-users'] },
    () => (call) => ((call.target as Instance<CqState>).state.compChannel === undefined ? ERRNO.EINVAL : 0),
  ),
];
