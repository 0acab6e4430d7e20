/** Defects of the queue-pair state machine. */
import { qpOf } from '../../emulator/classes/qp_modify.ts';
import type { Call } from '../../emulator/core/call.ts';
import { afterwards, off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';

/** Attribute ids of spec/objects/qp.yaml and state numbers of enum qp_state. */
const STATE = 1;
const ACCESS_FLAGS = 4;
const PORT = 6;
const QKEY = 7;
const PATH_IB = 8;
const ALT_PATH = 15;
const MIN_RNR_TIMER = 16;
const PKEY_INDEX = 5;
const RESET = 0;
const RTR = 2;
const RTS = 3;
const SQD = 4;
const ERR = 6;
const OVERWRITTEN = 9;

function applyPkey(call: Call): void {
  qpOf(call).numbers[PKEY_INDEX] = call.numbers[PKEY_INDEX] ?? 0;
}

function applyAccess(call: Call): void {
  for (const id of [ACCESS_FLAGS, QKEY]) if (call.has(id)) qpOf(call).numbers[id] = call.numbers[id] ?? 0;
}

export const QP_MODIFY_DEFECTS: readonly Defect[] = [
  stricter<Call>(
    'qp-modify-accepts',
    'EINVAL',
    {
      rule: 'qp-modify-foreign',
      story: 'The receiver-not-ready timer cannot be changed in RTS although the table allows it.',
    },
    (call) => qpOf(call).state === RTS && call.numbers[STATE] === RTS && call.has(MIN_RNR_TIMER),
  ),
  replaced<Call>(
    'qp-modify-accepts',
    'off',
    { story: 'A queue pair that leaves SQD stays in SQD, and the call succeeds.', suffix: 'stays' },
    (inner) => (call) => (qpOf(call).state === SQD && call.has(STATE) && call.numbers[STATE] === RTS ? 0 : inner(call)),
  ),
  replaced<Call>(
    'qp-modify-applies',
    'wrong-value',
    { story: 'Queue keys are accepted and forgotten.', also: ['qp-query', 'concurrent-modify-whole'] },
    (inner) => (call) => {
      const before = qpOf(call).numbers[QKEY] ?? 0;
      const errno = inner(call);
      qpOf(call).numbers[QKEY] = before;
      return errno;
    },
  ),
  replaced<Call>(
    'qp-modify-illegal',
    'off',
    { story: 'A queue pair may go from RESET to ERR.' },
    (inner) => (call) =>
      qpOf(call).state === RESET && call.numbers[STATE] === ERR && call.has(STATE) ? 0 : inner(call),
  ),
  wrongErrno('qp-modify-illegal', 'EOPNOTSUPP', {
    story: 'Illegal transitions are refused as unsupported.',
    also: ['qp-modify-no-state'],
  }),
  off('qp-modify-required', { story: 'Required attributes may be missing.' }),
  wrongErrno('qp-modify-required', 'ENODATA', { story: 'A missing attribute answers that there is no data.' }),
  off('qp-modify-foreign', { story: 'Attributes that a transition does not take are applied.' }),
  afterwards<Call>(
    'qp-modify-foreign',
    { story: 'A modify refused for a foreign attribute has moved the queue pair.' },
    (call) => {
      if (call.has(STATE)) qpOf(call).state = call.numbers[STATE] ?? 0;
    },
  ),
  stricter<Call>(
    'qp-modify-no-state',
    'EINVAL',
    { rule: 'qp-modify-cur-state', story: 'Every modify must name a state.' },
    (call) => !call.has(STATE),
  ),
  wrongErrno('qp-modify-driver-attribute', 'EINVAL', {
    story: 'Attributes a sub-type does not understand are bad values.',
    model: 'ud-srd',
  }),
  off('qp-modify-cur-state', { story: 'What the caller believes about the state is not compared with it.' }),
  afterwards<Call>(
    'qp-modify-pkey',
    { story: 'A partition key is stored before it is found to be beyond the table.' },
    applyPkey,
  ),
  off('qp-modify-port', { story: 'Queue pairs can be bound to ports that do not exist.', also: ['qp-modify-atomic'] }),
  afterwards<Call>(
    'qp-modify-port',
    {
      story: 'What stands beside a port that does not exist is stored before the port is looked at.',
      also: ['qp-modify-atomic'],
    },
    applyAccess,
  ),
  off('qp-modify-path-port', { story: 'Paths may leave by any port.' }),
  replaced<Call>(
    'qp-modify-path-port',
    'off',
    { story: 'A path may leave by another port than the one given beside it.', suffix: 'beside-port' },
    (inner) => (call) => (call.has(PORT) ? 0 : inner(call)),
  ),
  off('qp-modify-path-transport', { story: 'A path of any transport is taken on any port.' }),
  stricter<Call>(
    'qp-modify-accepts',
    'EINVAL',
    {
      story: 'Queue pairs on OPA ports take no path of InfiniBand.',
      rule: 'qp-modify-path-transport',
      also: ['qp-modify-applies', 'qp-modify-psn'],
      suffix: 'opa',
      model: 'polled',
    },
    (call) => call.has(PATH_IB) && call.device.model.ports[(qpOf(call).numbers[PORT] ?? 0) - 1]?.transport === 'OPA',
  ),
  off('qp-modify-alt-path', { story: 'Alternate paths are taken where there is no path migration.' }),
  replaced<Call>(
    'qp-modify-alt-path',
    'off',
    { story: 'Only the port of an alternate path is looked at, not that of the queue pair.', suffix: 'own-port' },
    (inner) => (call) => {
      const port = call.has(ALT_PATH) ? call.device.model.ports[Number(call.struct(ALT_PATH)['port']) - 1] : undefined;
      return port?.transport === 'IB' ? 0 : inner(call);
    },
  ),
  off('qp-modify-pkey', { story: 'Partition keys beyond the table are taken.' }),
  off('qp-modify-qkey-privilege', { story: 'Anybody may set privileged queue keys.' }),
  wrongErrno('qp-modify-qkey-privilege', 'EACCES', { story: 'A missing privilege is reported as EACCES.' }),
  off('qp-modify-mtu', { story: 'Any path MTU is taken on any port.' }),
  off('qp-modify-rd-atomic', { story: 'Reads and atomics are not bounded by the device.' }),
  off('qp-modify-psn', { story: 'Packet sequence numbers keep 32 bits.' }),
  off('qp-modify-reset', { story: 'A queue pair moved to RESET keeps its attributes.' }),
  spoiled<Call>(
    'qp-modify-applies',
    'wrong-value',
    { story: 'A modify to RTR overwrites the partition-key index.', suffix: 'neighbour', also: ['qp-query'] },
    (call) => {
      if (call.numbers[STATE] === RTR && call.has(STATE)) qpOf(call).numbers[PKEY_INDEX] = OVERWRITTEN;
    },
  ),
];
