/** Defects of objects that are descriptors. */
import { ERRNO } from '../../../spec/errno.ts';
import type { CqState } from '../../emulator/classes/cq.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Channel } from '../../emulator/core/channel.ts';
import type { OpenFile } from '../../emulator/core/process.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import { off, replaced, spoiled, wrongErrno, type Defect } from '../defect.ts';

/** Channels of a kind in one context after which a faulty create gives up. */
const FEW = 9;
/** How far above the lowest descriptor a faulty create goes. */
const FAR = 40;

export const DESCRIPTOR_DEFECTS: readonly Defect[] = [
  spoiled<Call>(
    'fd-create',
    'wrong-value',
    { story: 'Channels get descriptors from a range of their own.' },
    (call) => {
      const { process, target } = call;
      const entry = process?.descriptors.get(target?.handle ?? -1);
      if (process === undefined || target === undefined || entry === undefined) return;
      process.descriptors.delete(target.handle);
      target.handle += FAR;
      while (process.descriptors.has(target.handle)) target.handle += 1;
      process.descriptors.set(target.handle, entry);
    },
  ),
  replaced<Call>(
    'fd-create',
    'off',
    {
      clauses: ['fd-close-on-exec'],
      story: 'A new channel is inherited by programs that are started.',
      suffix: 'inherited',
    },
    (inner) => (call) => {
      const errno = inner(call);
      const entry = call.process?.descriptors.get(call.target?.handle ?? -1);
      if (entry !== undefined) entry.closeOnExec = false;
      return errno;
    },
  ),
  replaced<Call>(
    'fd-create',
    'over-strict',
    { clauses: ['fd-several'], story: 'A context gets no more than a few channels of a kind.', suffix: 'few' },
    (inner) => (call) => {
      const { object } = call.operation;
      const mine = [...call.context.channels].filter(({ kind }) => kind === object && kind !== 'event_channel');
      return mine.length >= FEW ? ERRNO.EMFILE : inner(call);
    },
  ),
  replaced<Message>(
    'fd-methods',
    'over-strict',
    {
      clauses: ['fd-format', 'event-associate', 'event-associate-again', 'event-dissociate-unknown'],
      story: 'A channel cannot be told to listen to the device.',
      suffix: 'format',
    },
    (inner) => (message) => {
      const { operation, objectId, call } = message;
      const own = operation?.creates === false && call.channel?.kind === operation.object;
      const device = call.numbers[1] === 2 && call.numbers[2] === 0;
      return own && device && objectId === 0 ? ERRNO.ENOTTY : inner(message);
    },
  ),
  off('fd-methods', { story: 'Methods of a channel are served on any descriptor.' }),
  wrongErrno('fd-methods', 'EOPNOTSUPP', { story: 'On the wrong descriptor a method counts as unknown.' }),
  off('fd-methods-foreign', { story: 'The descriptor of a channel serves whatever that of the device serves.' }),
  wrongErrno('fd-methods-foreign', 'ENOTTY', { story: 'On the descriptor of a channel other classes are foreign.' }),
  off('fd-object-id', { story: 'The object id of a message to a channel is not looked at.' }),
  wrongErrno('fd-object-id', 'EINVAL', { story: 'An object id on the descriptor of a channel is a bad value.' }),
  off('fd-write', { story: 'What is written to a channel vanishes.' }),
  wrongErrno('fd-write', 'EINVAL', { story: 'A write to a channel is a bad value.' }),
  wrongErrno('fd-attribute', 'EINVAL', { story: 'A descriptor that is no channel is a bad value.' }),
  replaced<Message>('fd-attribute', 'off', { story: 'Channels of other contexts are taken.' }, (inner) => (message) => {
    const errno = inner(message);
    if (errno === 0) return 0;
    const { call } = message;
    for (const { kind, id } of message.operation?.handles ?? []) {
      if (kind !== 'fd' || !call.has(id)) continue;
      const channel = call.process?.file(call.numbers[id] ?? -1)?.channel;
      if (channel === undefined) return errno;
      call.objects[id] = channel;
    }
    return 0;
  }),
  off('fd-kind', { story: 'Any channel does for any purpose.' }),
  wrongErrno('fd-kind', 'EINVAL', { story: 'A channel of the wrong kind is a bad value.' }),
  replaced<Channel>(
    'fd-close',
    'over-strict',
    { story: 'A channel that holds records cannot be closed.', also: ['context-close'] },
    (inner) => (channel) => (channel.records.length > 0 ? ERRNO.EBUSY : inner(channel)),
  ),
  replaced<Channel>(
    'fd-close',
    'leak',
    { also: ['context-close'], story: 'A channel that was closed stays for good.' },
    () => () => 0,
  ),
  replaced<OpenFile>(
    'share-close',
    'over-strict',
    {
      clauses: ['fd-close'],
      story: 'A channel ends with the first of its descriptors that is closed.',
      suffix: 'channels',
    },
    (inner) => (file) => (file.channel === undefined ? inner(file) : 0),
  ),
  replaced<Channel>(
    'fd-close',
    'state-changed',
    {
      clauses: ['fd-close-users'],
      story: 'What reported to a closed channel counts as used for ever.',
      suffix: 'users',
    },
    (inner) => (channel) => {
      const errno = inner(channel);
      for (const instance of channel.context.instances) {
        const state = instance.state as Partial<CqState> | undefined;
        if (instance.channel === channel || state?.compChannel === channel) instance.users += 1;
      }
      return errno;
    },
  ),
];
