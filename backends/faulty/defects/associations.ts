/** Defects of event channels: what they are associated with, and where they stand for other channels. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Happening } from '../../emulator/core/events.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import type { Rule } from '../../emulator/rules.ts';
import { defect, off, replaced, withRule, wrongErrno, type Defect } from '../defect.ts';

const RAISE = 'event.raise';

export const ASSOCIATION_DEFECTS: readonly Defect[] = [
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
];
