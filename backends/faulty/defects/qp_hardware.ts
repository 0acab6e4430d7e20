/** Defects in what the device does by itself. */
import type { SendCompletion } from '../../emulator/classes/qp_hardware.ts';
import { off, replaced, spoiled, type Defect } from '../defect.ts';
import type { Call } from '../../emulator/core/call.ts';

const ERR = 6;
const RTS = 3;
const SQE = 5;
const SECOND = 2n;
/** Attribute id of sq_draining in spec/objects/qp.yaml. */
const SQ_DRAINING = 41;
/** Calls after which a late device gets round to it. */
const LATE = 3;

export const QP_HARDWARE_DEFECTS: readonly Defect[] = [
  off('qp-hardware-sqe', { story: 'A failed send of an unreliable queue pair has no consequence.' }),
  spoiled<SendCompletion>(
    'qp-hardware-sqe',
    'wrong-value',
    { story: 'A failed send of a datagram queue pair ends it.' },
    ({ qp }) => {
      if (qp.state === SQE) qp.state = ERR;
    },
  ),
  replaced<SendCompletion>(
    'qp-hardware-sqe',
    'late-event',
    { story: 'The send queue stops some calls after the failed completion.' },
    (inner) => (completion) => {
      completion.device.clock.after(LATE, () => inner(completion));
      return 0;
    },
  ),
  off('qp-hardware-err', { story: 'A failed send of a connection has no consequence.' }),
  spoiled<SendCompletion>(
    'qp-hardware-success',
    'wrong-value',
    {
      story: 'A queue pair ends when its second send has completed.',
      also: ['srq-receive', 'completion-once', 'completion-order'],
    },
    ({ qp, work, failed }) => {
      if (!failed && work.id === SECOND && qp.state === RTS) qp.state = ERR;
    },
  ),
  spoiled<Call>('qp-sqd-draining', 'wrong-value', { story: 'A send queue never says that it is draining.' }, (call) => {
    call.outNumbers[SQ_DRAINING] = 0;
  }),
  {
    ...spoiled<SendCompletion>(
      'qp-hardware-success',
      'wrong-value',
      { story: 'A send queue has drained when the first send completes.' },
      ({ qp }) => {
        qp.draining = false;
      },
    ),
    id: 'qp-sqd-draining-too-soon',
    clauses: ['qp-sqd-draining'],
  },
  off('qp-sqd-drained', { story: 'A send queue that drained says so never.', also: ['sqd-drained-event'] }),
  replaced<SendCompletion>(
    'qp-sqd-drained',
    'late-event',
    { story: 'That a send queue has drained shows only some calls later.', also: ['sqd-drained-event'] },
    (inner) => (completion) => {
      completion.device.clock.after(completion.qp.sends.length === 0 ? LATE : 0, () => inner(completion));
      return 0;
    },
  ),
];
