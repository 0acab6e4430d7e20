/** Defects in creating, reading and destroying queue pairs. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { ERRNO } from '../../../spec/errno.ts';
import type { QpState } from '../../emulator/classes/qp_state.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import { off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';

/** Attribute ids of spec/objects/qp.yaml. */
const CUR_STATE = 2;
const CAP = 20;
const RECV_CQ = 34;
const XRCD = 36;
const QPN = 39;
const EVENTS = 45;
/** Class ids of the queue-pair types. */
const FIRST_QP_CLASS = 16;
const LAST_QP_CLASS = 22;
const BIT_25 = 0x1000000;
const SQD = 4;

function stateOf(call: Call): number {
  return (call.target as Instance<QpState>).state.state;
}

export const QP_DEFECTS: readonly Defect[] = [
  stricter<Call>(
    'qp-create',
    'EOPNOTSUPP',
    { rule: 'qp-create-maximum', story: 'A type that is listed as supported is refused.', also: ['qp-create-xrc'] },
    (call) => call.operation.variant === 'XRC_INI',
  ),
  spoiled<Call>('qp-create-number', 'wrong-value', { story: 'Queue pair numbers have 25 bits.' }, (call) => {
    call.outNumbers[QPN] = (call.outNumbers[QPN] ?? 0) | BIT_25;
  }),
  {
    ...replaced<Message>(
      'class-unknown',
      'wrong-errno',
      {
        story: 'Queue-pair types the device does not offer answer ENOSYS.',
        clauses: ['qp-create-type'],
        suffix: 'queue-pairs',
      },
      (inner) => (message) => {
        const errno = inner(message);
        return errno !== 0 && message.classId >= FIRST_QP_CLASS && message.classId <= LAST_QP_CLASS
          ? ERRNO.ENOSYS
          : errno;
      },
    ),
    id: 'qp-create-type-wrong-errno',
  },
  spoiled<Call>(
    'qp-create-granted',
    'wrong-value',
    { story: 'One work request less than asked is granted.' },
    (call) => {
      const cap = call.outObjects[CAP] as StructValue;
      call.outObjects[CAP] = {
        ...cap,
        max_send_wr: Math.max(0, Number(call.has(CAP) ? call.struct(CAP)['max_send_wr'] : 0) - 1),
      };
    },
  ),
  off('qp-create-maximum', { story: 'Queue pairs of any capacity are made.' }),
  {
    ...replaced<Message>(
      'attribute-unknown-mandatory',
      'wrong-errno',
      {
        story: 'An XRC domain given to a type that takes none is a bad value instead of an unknown attribute.',
        clauses: ['qp-create-foreign', 'attribute-unknown-mandatory'],
        suffix: 'xrcd',
      },
      (inner) => (message) => {
        const errno = inner(message);
        return errno !== 0 &&
          message.operation?.object === 'qp' &&
          Array.from({ length: message.count }, (_, index) => message.idAt(index)).includes(XRCD)
          ? ERRNO.ENOSYS
          : errno;
      },
    ),
    id: 'qp-create-foreign-wrong-errno',
  },
  stricter<Call>(
    'qp-create-xrc',
    'EINVAL',
    { rule: 'qp-create-maximum', story: 'XRC initiators need a receive completion queue.', also: ['qp-create'] },
    (call) => call.operation.variant === 'XRC_INI' && !call.has(RECV_CQ),
  ),
  wrongErrno('qp-create-driver-type', 'EINVAL', { story: 'An unknown sub-type is a bad value.', model: 'ud-srd' }),
  off('qp-create-raw-privilege', { story: 'Anybody may send raw packets.' }),
  spoiled<Call>(
    'qp-query',
    'wrong-value',
    { story: 'The current state is reported as RESET whatever it is.' },
    (call) => {
      call.outNumbers[CUR_STATE] = 0;
    },
  ),
  stricter<Call>(
    'qp-destroy',
    'EBUSY',
    { rule: 'qp-destroy-count', story: 'A draining queue pair cannot be destroyed.', pipeline: 'qp.destroy' },
    (call) => stateOf(call) === SQD,
  ),
  replaced<Call>(
    'qp-destroy',
    'leak',
    {
      story: 'Destroying a queue pair does not give up what it uses.',
      also: [
        'pd-destroy-busy',
        'cq-destroy-busy',
        'xrcd-destroy-busy',
        'srq-destroy-busy',
        'rwq-ind-tbl-destroy-busy',
        'lifecycle-order',
        'concurrent-destroy',
        'concurrent-modify',
        'concurrent-share',
      ],
    },
    (inner) => (call) => {
      const uses = call.target?.uses ?? [];
      const errno = inner(call);
      for (const used of uses) used.users += 1;
      return errno;
    },
  ),
  spoiled<Call>(
    'qp-destroy-count',
    'wrong-value',
    { story: 'A destroy reports an event that nobody was handed.', also: ['qp-destroy-delivered'] },
    (call) => {
      call.outNumbers[EVENTS] = 1;
    },
  ),
];
