/** Defects of address handles. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import { off, replaced, stricter, wrongErrno, type Defect } from '../defect.ts';
import { uncounted } from './uncounted.ts';

/** Attribute ids of spec/objects/ah.yaml, and the class. */
const PATH_IB = 2;
const PATH_ROCE = 3;
const AH_CLASS = 11;

export const AH_DEFECTS: readonly Defect[] = [
  ...uncounted('ah', 'address handle', ['ah-kernel', 'ah-atomic-create', 'ah-create-timeout', 'ah-destroy-timeout']),
  stricter<Call>(
    'ah-create',
    'EOPNOTSUPP',
    { story: 'There are no address handles on RoCE ports.', rule: 'ah-create-transport', also: ['ah-create-sgid'] },
    (call) => call.has(PATH_ROCE),
  ),
  off('ah-create-port', { story: 'The port of a path is not looked at.' }),
  wrongErrno('ah-create-port', 'ENODEV', { story: 'A port that does not exist is a missing device.' }),
  replaced<Call>('ah-create-path', 'off', { story: 'Without a path there is one to nowhere.' }, () => (call) => {
    if (call.has(PATH_IB) || call.has(PATH_ROCE)) return 0;
    call.low |= 1 << PATH_IB;
    call.objects[PATH_IB] = { port: 1 };
    return 0;
  }),
  off('ah-create-transport', { story: 'A path of any transport does for any port.' }),
  replaced<Call>(
    'ah-create-transport',
    'off',
    { story: 'On an OPA port a path of RoCE does as well.', suffix: 'opa', model: 'polled' },
    (inner) => (call) => {
      const port = call.has(PATH_ROCE) ? call.struct(PATH_ROCE)['port'] : 0;
      return call.device.model.ports[Number(port) - 1]?.transport === 'OPA' ? 0 : inner(call);
    },
  ),
  off('ah-create-sgid', { story: 'The source GID index is not looked at.' }),
  wrongErrno('ah-create-sgid', 'ENODATA', { story: 'An index beyond the table is answered like an empty entry.' }),
  { ...off('ah-create-grh', { story: 'RoCE paths do without a GRH.' }), abi: 'uverbs' },
  {
    ...replaced<never>(
      'uverbs-handle-type',
      'off',
      {
        story: 'Any object does for a protection domain in a write command.',
        clauses: ['ah-create-pd-type'],
        pipeline: 'uverbs/command',
        suffix: 'in-commands',
      },
      () => () => 0,
    ),
    abi: 'uverbs',
  },
  replaced<Message>(
    'method-unknown',
    'wrong-errno',
    {
      story: 'Query and modify of address handles answer as if they were there for others.',
      clauses: ['ah-unreadable', 'discovery-methods'],
      suffix: 'address-handles',
    },
    (inner) => (message) =>
      inner(message) !== 0 && message.classId === AH_CLASS && message.method < 3 ? ERRNO.EACCES : inner(message),
  ),
];
