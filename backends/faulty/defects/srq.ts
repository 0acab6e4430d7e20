/** Defects of shared receive queues and of queue pairs that receive from them. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { ERRNO } from '../../../spec/errno.ts';
import type { SrqState } from '../../emulator/classes/srq.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import { afterwards, off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';
import { lifetimeDefects } from './lifetimes.ts';

/** Attribute ids of spec/objects/srq.yaml. */
const XRCD = 3;
const MAX_WR = 5;
const LIMIT = 7;
const USER_HANDLE = 9;
const NUMBER = 10;
const EVENTS = 11;
/** Attribute ids of spec/objects/qp.yaml. */
const CAP = 20;
const SRQ = 35;
const XRC_INI_CLASS = 20;

const stateOf = (call: Call): SrqState => (call.target as Instance<SrqState>).state;

export const SRQ_DEFECTS: readonly Defect[] = [
  ...lifetimeDefects('srq', 'shared receive queue', {
    create: ['srq-create-granted'],
    stays: ['handle-destroyed', 'limit-objects', 'srq-uses'],
  }),
  stricter<Call>(
    'srq-create',
    'EOPNOTSUPP',
    { rule: 'srq-create-type', story: 'XRC shared receive queues are not offered.', suffix: 'no-xrc' },
    (call) => call.has(XRCD),
  ),
  wrongErrno('srq-create-type', 'EINVAL', { story: 'A type that is not supported is a bad value.' }),
  spoiled<Call>('srq-create-granted', 'wrong-value', { story: 'Half of what was asked is granted.' }, (call) => {
    call.outNumbers[MAX_WR] = Math.max(1, (call.numbers[MAX_WR] ?? 0) >> 1);
  }),
  off('srq-create-zero', { story: 'Shared receive queues of no work requests are made.' }),
  off('srq-create-maximum', { story: 'Shared receive queues of any size are made.' }),
  wrongErrno('srq-create-maximum', 'ENOMEM', { story: 'A size above the maximum is refused for lack of memory.' }),
  off('srq-create-limit', { story: 'Any limit is armed at creation.' }),
  forgetsLimit(),
  off('srq-create-xrc', { story: 'XRC shared receive queues are made without a domain.' }),
  wrongErrno('srq-create-xrc', 'ENOENT', { story: 'What a type needs and lacks is looked for and not found.' }),
  off('srq-create-foreign', { story: 'Attributes of other types are ignored.' }),
  spoiled<Call>('srq-number', 'wrong-value', { story: 'Every XRC queue has the number 1.' }, (call) => {
    call.outNumbers[NUMBER] = Math.min(1, call.outNumbers[NUMBER] ?? 0);
  }),
  spoiled<Call>('srq-query', 'wrong-value', { story: 'A query knows no user handle.' }, (call) => {
    call.outObjects[USER_HANDLE] = 0n;
  }),
  replaced<Call>(
    'srq-modify',
    'off',
    { story: 'A limit is accepted and not armed.', also: ['srq-modify-range'] },
    () => () => 0,
  ),
  stricter<Call>(
    'srq-modify',
    'EINVAL',
    { rule: 'srq-modify-range', story: 'A limit cannot be as large as the queue.' },
    (call) => call.has(LIMIT) && (call.numbers[LIMIT] ?? 0) === stateOf(call).maxWr,
  ),
  replaced<Call>('srq-modify-resize', 'off', { story: 'A resize is accepted and not done.' }, () => () => 0),
  off('srq-modify-range', { story: 'Sizes and limits of any number are accepted.' }),
  wrongErrno('srq-modify-range', 'ENOMEM', { story: 'Values out of range are refused for lack of memory.' }),
  afterwards<Call>('srq-modify-range', { story: 'A refused modify has armed its limit.' }, (call) => {
    if (call.has(LIMIT)) stateOf(call).limit = call.numbers[LIMIT] ?? 0;
  }),
  unheld(),
  wrongErrno('srq-destroy-busy', 'EINVAL', { story: 'A shared receive queue in use is a bad value.' }),
  spoiled<Call>(
    'srq-destroy-count',
    'wrong-value',
    { story: 'A destroy reports an event that nobody was handed.' },
    (call) => {
      call.outNumbers[EVENTS] = 1;
    },
  ),
  stricter<Call>(
    'qp-create-srq',
    'EINVAL',
    { rule: 'qp-create-srq-type', story: 'Receive sizes are judged although nothing comes of them.' },
    (call) => call.has(SRQ) && Number(call.struct(CAP)['max_recv_wr']) > (call.device.model.limits['max_qp_wr'] ?? 0),
  ),
  replaced<Call>('qp-create-srq-granted', 'off', { story: 'Receive sizes are reported as asked.' }, () => (call) => {
    if (call.has(SRQ)) call.outObjects[CAP] = { ...(call.outObjects[CAP] as StructValue) };
    return 0;
  }),
  off('qp-create-srq-type', { story: 'Any queue pair receives from an XRC shared receive queue.' }),
  foreignToXrc(),
];

/** Creation judges the limit and then forgets it. */
function forgetsLimit(): Defect {
  const made = spoiled<Call>(
    'srq-create',
    'wrong-value',
    { story: 'A limit given at creation is forgotten.', suffix: 'forgets-limit' },
    (call) => {
      stateOf(call).limit = 0;
    },
  );
  return { ...made, id: 'srq-create-limit-wrong-value', clauses: ['srq-create-limit'] };
}

/** The queue does not count as using its protection domain and the others. */
function unheld(): Defect {
  const made = spoiled<Call>(
    'srq-create',
    'off',
    { story: 'What a shared receive queue uses can be destroyed under it.', suffix: 'unheld' },
    (call) => {
      for (const used of call.target?.uses ?? []) used.users -= 1;
    },
  );
  return { ...made, id: 'srq-uses-off', clauses: ['srq-uses'] };
}

/** A shared receive queue given to an initiator is a bad value, in `uapi` an attribute the class does not have. */
function foreignToXrc(): Defect {
  const made = replaced<Message>(
    'attribute-unknown-mandatory',
    'wrong-errno',
    { story: 'A shared receive queue given to an initiator is a bad value.', suffix: 'srq' },
    (inner) => (message) => {
      const errno = inner(message);
      const named = Array.from({ length: message.count }, (_, index) => message.idAt(index)).includes(SRQ);
      return errno !== 0 && message.classId === XRC_INI_CLASS && named ? ERRNO.EINVAL : errno;
    },
  );
  return {
    ...made,
    id: 'qp-create-srq-foreign-wrong-errno',
    clauses: ['qp-create-srq-foreign', 'qp-create-foreign', 'attribute-unknown-mandatory', 'discovery-attributes'],
  };
}
