/** Defects of write commands: in the frame, in what both ways in have in common, and in who may write. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Message } from '../../emulator/fronts/uverbs/message.ts';
import type { Written } from '../../emulator/fronts/uverbs/written.ts';
import { defect, off, replaced, stricter, swapped, withRule, wrongErrno, type Defect } from '../defect.ts';

const FRAME: readonly Defect[] = [
  replaced<Written>(
    'write-count',
    'wrong-value',
    { story: 'A write answers 0, as an ioctl does.' },
    () => (written) => ((written.writer.taken = 0), 0),
  ),
  wrongErrno('write-header', 'ENOSPC', { story: 'A piece of a header is a request that is too short.' }),
  wrongErrno('write-length', 'ENOSPC', { story: 'A length that lies is a request that is too short.' }),
  off('write-reserved', { story: 'Nobody looks at the reserved field of an extended command.' }),
  off('write-vector', { story: 'The pieces of a writev are put together before anybody looks at them.' }),
  off('write-response-pair', { story: 'Room and address of a response are taken as they come.' }),
];

const BOTH: readonly Defect[] = [
  wrongErrno('command-bits', 'EOPNOTSUPP', {
    story: 'Bits beside the number make another number, which is no command.',
  }),
  wrongErrno('command-unknown', 'ENOSYS', { story: 'An unknown command is a system call nobody wrote.' }),
  wrongErrno('command-request-short', 'EINVAL', { story: 'A short request is a bad value.' }),
  wrongErrno('command-room-short', 'EFAULT', { story: 'Too little room is memory that cannot be written.' }),
  off('command-tail', { story: 'What lies behind a request is not looked at.' }),
  stricter<Message>(
    'command-tail-zero',
    'EOPNOTSUPP',
    { story: 'A request that is longer than it need be is refused, whatever it holds.', rule: 'command-tail' },
    ({ given, command }) => {
      if (command === undefined || command.command.tail.length > 0 || command.command.work !== undefined) return false;
      return (given.get('CORE_IN')?.length ?? 0) > command.command.request.bytes;
    },
  ),
  replaced<Message>(
    'output-written',
    'wrong-value',
    {
      story: 'Room beyond a response keeps what was in it.',
      suffix: 'command-room',
      pipeline: 'uverbs/answer',
      clauses: ['command-room-long'],
    },
    (inner) => (message) => {
      const room = message.given.get('CORE_OUT');
      const bytes = message.command?.command.response.bytes ?? 0;
      if (room === undefined || message.command?.command.answers !== undefined || room.length <= bytes)
        return inner(message);
      message.given.set('CORE_OUT', { ...room, length: bytes });
      return inner(message);
    },
  ),
  replaced<Message>(
    'output-written',
    'leak',
    {
      story: 'A command whose response cannot be written succeeds all the same.',
      suffix: 'command-response',
      pipeline: 'uverbs/answer',
      clauses: ['command-response-fault'],
    },
    (inner) => (message) => {
      const { target } = message.call;
      const errno = inner(message);
      // The object is there, and nobody knows its handle.
      if (errno !== 0 && target !== undefined && message.command !== undefined) return 0;
      return errno;
    },
  ),
  replaced<Message>(
    'handle-unknown',
    'wrong-errno',
    {
      story: 'By write, a handle that names nothing is a bad value.',
      suffix: 'by-write',
      pipeline: 'uverbs/command',
      clauses: ['command-same'],
    },
    (inner) => (message) => (inner(message) === 0 ? 0 : message.framed ? ERRNO.EINVAL : ERRNO.ENOENT),
  ),
  replaced<Message>(
    'output-written',
    'state-changed',
    {
      story: 'What was made by write is not found by any method.',
      suffix: 'by-write',
      pipeline: 'uverbs/answer',
      clauses: ['command-objects', 'command-same'],
    },
    (inner) => (message) => {
      const errno = inner(message);
      const { target } = message.call;
      if (
        errno === 0 &&
        message.framed &&
        message.operation?.creates === true &&
        target !== undefined &&
        target.space >= 0
      )
        message.context.detach(target);
      return errno;
    },
  ),
];

const WRITERS: readonly Defect[] = [
  defect('write-credentials', 'off', { story: 'Whoever has the descriptor may write.' }, (pipelines) =>
    ['write-credentials', 'write-other-process'].reduce(
      (altered, clause) => withRule(altered, 'uverbs/write', clause, () => 0),
      pipelines,
    ),
  ),
  stricter<Message>(
    'write-other-process-ioctl',
    'EACCES',
    {
      story: 'The ioctl asks for the credentials of the opening, as write does.',
      rule: 'request-foreign',
      pipeline: 'uverbs/frame',
    },
    ({ call, context }) => call.process !== undefined && call.process.privileged !== context.privileged,
  ),
  swapped('write-credentials', 'uverbs/write', 'write-header', 'write-credentials', {
    story: 'The header is looked at before the credentials.',
    suffix: 'order',
  }),
  off('write-mode', { story: 'A file that is open for reading takes writes.' }),
];

export const WRITE_COMMAND_DEFECTS: readonly Defect[] = [...FRAME, ...BOTH, ...WRITERS].map((made) => ({
  ...made,
  id: made.id.startsWith('write-') || made.id.startsWith('command-') ? made.id : `write-${made.id}`,
  abi: 'uverbs',
}));
