/** Defects of the `uverbs` front end, in the rules that keep a shared clause in Linux's own way. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Call } from '../../emulator/core/call.ts';
import { isOpen } from '../../emulator/fronts/uverbs/contexts.ts';
import type { Message } from '../../emulator/fronts/uverbs/message.ts';
import { off, replaced, wrongErrno, type Defect } from '../defect.ts';

const made: readonly Defect[] = [
  off('request-foreign', { story: 'Every ioctl number is taken for the one there is.' }),
  wrongErrno('class-unknown', 'EOPNOTSUPP', { story: "An unknown object is refused in the other ABI's words." }),
  wrongErrno('method-unknown', 'ENOTTY', { story: 'An unknown method is taken for an unknown ioctl.' }),
  wrongErrno('message-length-maximum', 'ENOSPC', { story: 'A message above the maximum is refused for want of room.' }),
  off('attribute-unknown-mandatory', {
    story: 'Unknown attributes are ignored, mandatory or not.',
    also: ['driver-data-foreign'],
  }),
  off('attribute-duplicate', { story: 'The second of two equal attributes counts.' }),
  off('attribute-reserved-zero', { story: 'Reserved fields of attributes are not looked at.' }),
  wrongErrno('attribute-short', 'EFAULT', { story: 'A short attribute is taken for unreadable memory.' }),
  wrongErrno('attribute-missing', 'ENODATA', { story: 'An attribute that is missing is data that are missing.' }),
  wrongErrno('handle-unknown', 'EINVAL', {
    story: 'A handle that names nothing is a bad value.',
    also: ['handle-destroyed', 'handle-context', 'concurrent-create', 'share-destroyed', 'kernel-objects'],
  }),
  wrongErrno('handle-attribute-unknown', 'EBADF', {
    story: 'A handle inside an attribute is taken for a descriptor.',
    also: ['rwq-ind-tbl-unknown'],
  }),
  off('output-room-short', { story: 'Outputs are cut to the room there is.' }),
  replaced<Message>(
    'qp-create-type',
    'wrong-errno',
    { story: 'A type the device lacks is a bad value.', pipeline: 'uverbs/method' },
    (inner) => (message) => (inner(message) === 0 ? 0 : ERRNO.EINVAL),
  ),
  replaced<Call>(
    'removal-calls',
    'off',
    { story: 'A context is made although the device is gone.', suffix: 'first-call', clauses: ['removal-first-call'] },
    (inner) => (call) => (isOpen(call.context) ? inner(call) : 0),
  ),
];

export const UVERBS_FRONT_DEFECTS: readonly Defect[] = made.map((defect) => ({
  ...defect,
  id: `uverbs-${defect.id}`,
  abi: 'uverbs',
}));
