/** Defects on the way from an ioctl number to a method. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import type { Rule } from '../../emulator/rules.ts';
import { defect, replaced, swapped, wrongErrno, type Defect } from '../defect.ts';

export const DISPATCH_DEFECTS: readonly Defect[] = [
  wrongErrno('request-foreign', 'EINVAL', {
    story: 'A foreign request number is a bad value instead of no such ioctl.',
    also: ['message-vectors'],
  }),
  wrongErrno('header-unreadable', 'EINVAL', {
    story: 'A header that faults is reported as a bad value.',
    also: ['message-vectors'],
  }),
  wrongErrno('class-unknown', 'ENOSYS', {
    story: 'Unknown classes answer with the errno of 2011.',
    also: ['message-vectors', 'qp-create-type'],
  }),
  wrongErrno('class-driver-unknown', 'ENOSYS', { story: 'Driver classes nobody registered answer ENOSYS.' }),
  wrongErrno('method-unknown', 'ENOSYS', {
    story: 'Unknown methods answer ENOSYS.',
    also: ['device-read-only', 'ah-unreadable', 'driver-unsupported'],
  }),
  wrongErrno('method-reserved', 'ENOSYS', {
    story: 'Reserved method numbers answer ENOSYS.',
    also: ['message-vectors'],
  }),
  swapped('precedence', 'uapi/attributes', 'attribute-reserved-zero', 'attribute-unknown-mandatory', {
    story: 'Unknown attributes are looked for before the fields of attributes are.',
  }),
  swapped('precedence', 'uapi/frame', 'message-read-only', 'class-unknown', {
    story: 'The class is looked up before it is known that the answer can be written.',
    suffix: 'late-mapping',
  }),
  defect(
    'message-read-only',
    'wrong-order',
    {
      story: 'That the message cannot be written is found out when the answer is, after the work was done.',
      also: ['precedence', 'removal-after-method'],
      suffix: 'too-late',
    },
    (pipelines) => {
      const frame = (pipelines['uapi/frame'] ?? []) as readonly Rule<Message>[];
      const rule = frame.find((candidate) => candidate.clause === 'message-read-only');
      if (rule === undefined) throw new Error('uapi/frame has no rule for message-read-only');
      const answer = (pipelines['uapi/answer'] ?? []) as readonly Rule<Message>[];
      return { ...pipelines, 'uapi/frame': frame.filter((other) => other !== rule), 'uapi/answer': [rule, ...answer] };
    },
  ),
  replaced<Message>(
    'method-unknown',
    'wrong-errno',
    {
      story: 'Changing the device is answered as if the caller lacked a privilege that nobody has.',
      clauses: ['device-read-only'],
      suffix: 'fixed-objects',
    },
    (inner) => (message) =>
      inner(message) !== 0 && message.method < 4 && message.classId === 2 ? ERRNO.ENOSYS : inner(message),
  ),
];
