/** Defects in what only the messages of `uverbs` have: fields of the header, driver data. */
import { ERRNO } from '../../../spec/errno.ts';
import { DRIVER_BIT, FLAGS_AT } from '../../../spec/abi/uverbs/layout.ts';
import type { Message } from '../../emulator/fronts/uverbs/message.ts';
import { off, replaced, wrongErrno, type Defect } from '../defect.ts';

const made: readonly Defect[] = [
  wrongErrno('header-length', 'EFAULT', { story: 'A length that lies is taken for memory that ends.' }),
  wrongErrno('header-reserved', 'EINVAL', { story: 'A reserved field that is set is a bad value like any other.' }),
  off('header-driver', { story: 'Nobody compares the driver that a message names.' }),
  off('header-object-length', { story: 'The length of an attribute that names an object is not looked at.' }),
  off('attribute-extensible-nonzero', { story: 'What lies behind a struct that may grow is not looked at.' }),
  replaced<Message>(
    'attribute-extensible-nonzero',
    'over-strict',
    {
      story: 'A struct that is longer than it was is refused, whatever it holds.',
      suffix: 'zero',
      clauses: ['attribute-extensible-zero'],
    },
    (inner) => (message) => {
      const { native, length } = message.attribute;
      if (native?.extensible !== true || native.form !== 'in' || native.open) return inner(message);
      return length > native.bytes ? ERRNO.EOPNOTSUPP : 0;
    },
  ),
  off('attribute-fixed-long', { story: 'An input may be longer than its type.' }),
  replaced<Message>(
    'attribute-unknown-mandatory',
    'off',
    { story: 'Driver data are taken everywhere.', suffix: 'driver-data', clauses: ['driver-data-foreign'] },
    (inner) => (message) => (message.attribute.id === DRIVER_BIT ? 0 : inner(message)),
  ),
  replaced<Message>(
    'output-written',
    'wrong-value',
    {
      story: 'Room for driver data is marked only where somebody says that it was written.',
      suffix: 'driver-data',
      pipeline: 'uverbs/answer',
      clauses: ['driver-data-marked'],
    },
    (inner) => (message) => {
      const errno = inner(message);
      const room = message.given.get('UHW_OUT');
      if (errno === 0 && room !== undefined) message.view.setUint16(room.at + FLAGS_AT, room.flags, true);
      return errno;
    },
  ),
];

export const UVERBS_HEADER_DEFECTS: readonly Defect[] = made.map((defect) => ({
  ...defect,
  id: `uverbs-${defect.id}`,
  abi: 'uverbs',
}));
