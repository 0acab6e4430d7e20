/** Defects of work queues, of the tables they are put into and of queue pairs that receive through one. */
import { ERRNO } from '../../../spec/errno.ts';
import type { WqState } from '../../emulator/classes/wq.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import { afterwards, off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';
import { lifetimeDefects, unheld } from './lifetimes.ts';

/** Attribute ids of spec/objects/wq.yaml. */
const MAX_WR = 4;
const NUMBER = 8;
const STATE = 9;
const EVENTS = 12;
/** Attribute ids of spec/objects/rwq_ind_tbl.yaml and spec/objects/qp.yaml. */
const WQS = 1;
const SEND_CQ = 33;
const TABLE = 46;
const [RDY, ERR] = [1, 2];

const stateOf = (call: Call): WqState => (call.target as Instance<WqState>).state;

export const WQ_DEFECTS: readonly Defect[] = [
  ...lifetimeDefects('wq', 'work queue', {
    create: ['wq-create-granted'],
    stays: ['handle-destroyed', 'handle-attribute-unknown', 'limit-objects', 'wq-uses'],
  }),
  spoiled<Call>(
    'wq-create',
    'wrong-value',
    { story: 'Work queues are made ready.', also: ['wq-modify', 'wq-modify-illegal', 'wq-modify-cur-state'] },
    (call) => {
      stateOf(call).state = RDY;
    },
  ),
  spoiled<Call>('wq-create-granted', 'wrong-value', { story: 'Half of what was asked is granted.' }, (call) => {
    call.outNumbers[MAX_WR] = Math.max(1, (call.numbers[MAX_WR] ?? 0) >> 1);
  }),
  off('wq-create-zero', { story: 'Work queues of no work requests are made.' }),
  off('wq-create-maximum', { story: 'Work queues of any size are made.' }),
  wrongErrno('wq-create-maximum', 'ENOMEM', { story: 'A size above the maximum is refused for lack of memory.' }),
  spoiled<Call>('wq-number', 'wrong-value', { story: 'Every work queue has the number 1.' }, (call) => {
    call.outNumbers[NUMBER] = 1;
  }),
  stricter<Call>(
    'wq-modify',
    'EINVAL',
    { rule: 'wq-modify-illegal', story: 'A work queue cannot stay in RDY.', also: ['wq-modify-cur-state'] },
    (call) => call.has(STATE) && call.numbers[STATE] === RDY && stateOf(call).state === RDY,
  ),
  replaced<Call>(
    'wq-modify',
    'off',
    { story: 'Moves are accepted and not done.', also: ['wq-modify-illegal', 'wq-modify-cur-state'] },
    () => () => 0,
  ),
  off('wq-modify-illegal', { story: 'Every move is done.', also: ['wq-modify', 'wq-modify-cur-state', 'wq-create'] }),
  wrongErrno('wq-modify-illegal', 'EOPNOTSUPP', { story: 'A move the table does not have is not supported.' }),
  afterwards<Call>('wq-modify-illegal', { story: 'A refused move ends in ERR.' }, (call) => {
    stateOf(call).state = ERR;
  }),
  off('wq-modify-cur-state', { story: 'The caller is believed.' }),
  wrongErrno('wq-modify-cur-state', 'EBUSY', { story: 'A wrong current state is a matter of time.' }),
  off('wq-modify-empty', { story: 'A modify of nothing succeeds.' }),
  unheld('wq-create', 'wq-uses', 'What a work queue uses can be destroyed under it.'),
  stricter<Call>(
    'wq-destroy',
    'EBUSY',
    { rule: 'wq-destroy-count', story: 'A work queue in ERR cannot be destroyed.', pipeline: 'wq.destroy' },
    (call) => stateOf(call).state === ERR,
  ),
  spoiled<Call>(
    'wq-destroy-count',
    'wrong-value',
    { story: 'A destroy reports an event that nobody was handed.' },
    (call) => {
      call.outNumbers[EVENTS] = 1;
    },
  ),
  wrongErrno('wq-destroy-busy', 'EINVAL', { story: 'A work queue in a table is a bad value.' }),
  ...lifetimeDefects('rwq_ind_tbl', 'indirection table', {
    create: ['attribute-unknown-optional'],
    stays: ['handle-destroyed', 'limit-objects', 'wq-destroy-busy'],
  }),
  stricter<Call>(
    'rwq-ind-tbl-create',
    'EINVAL',
    { rule: 'rwq-ind-tbl-power', story: 'A work queue can stand in one entry only.', suffix: 'distinct' },
    (call) => new Set(call.instances(WQS)).size < call.instances(WQS).length,
  ),
  off('rwq-ind-tbl-power', { story: 'Tables of any number of entries are made.' }),
  off('rwq-ind-tbl-maximum', { story: 'Tables of any size are made.' }),
  wrongErrno('rwq-ind-tbl-maximum', 'ENOMEM', { story: 'A size above the maximum is refused for lack of memory.' }),
  leakingTable(),
  unknownEntry(),
  wrongErrno('rwq-ind-tbl-destroy-busy', 'EINVAL', { story: 'A table in use is a bad value.' }),
  stricter<Call>(
    'qp-create-table',
    'EINVAL',
    { rule: 'qp-create-table-excludes', story: 'A table does not go with a send completion queue.' },
    (call) => call.has(TABLE) && call.has(SEND_CQ),
  ),
  off('qp-create-table-excludes', { story: 'A table goes with anything.' }),
];

/** A refused create has taken its entries that exist into use. */
function leakingTable(): Defect {
  const made = replaced<Message>(
    'handle-attribute-unknown',
    'state-changed',
    { story: 'A refused table keeps the entries that exist in use.' },
    (inner) => (message) => {
      const errno = inner(message);
      if (errno !== 0 && message.operation?.object === 'rwq_ind_tbl')
        for (const wq of message.context.instances) if (wq.object === 'wq') wq.users += 1;
      return errno;
    },
  );
  return { ...made, id: 'rwq-ind-tbl-unknown-state-changed', clauses: ['rwq-ind-tbl-unknown'] };
}

/** An entry that names nothing is a bad value. */
function unknownEntry(): Defect {
  const made = replaced<Message>(
    'handle-attribute-unknown',
    'wrong-errno',
    { story: 'An entry that names nothing is a bad value.' },
    (inner) => (message) => {
      const errno = inner(message);
      return errno !== 0 && message.operation?.object === 'rwq_ind_tbl' ? ERRNO.EINVAL : errno;
    },
  );
  return {
    ...made,
    id: 'rwq-ind-tbl-unknown-wrong-errno',
    clauses: ['rwq-ind-tbl-unknown', 'handle-attribute-unknown'],
  };
}
