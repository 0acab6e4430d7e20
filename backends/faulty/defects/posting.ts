/** Defects in taking work requests, and in what states mean for them. */
import type { QpState } from '../../emulator/classes/qp_state.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import { recordOf } from '../../emulator/datapath/complete.ts';
import { LOST, type Sending } from '../../emulator/datapath/sending.ts';
import type { Draining, Settling } from '../../emulator/datapath/states.ts';
import { off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';

const [RTR, SQD, SQE, ERR] = [2, 4, 5, 6];
const WR_FLUSH_ERR = 5;
/** Attribute id of en_sqd_async_notify in spec/objects/qp.yaml. */
const NOTIFY = 3;

function qpOf(call: Call): QpState {
  return (call.target as Instance<QpState>).state;
}

export const POSTING_DEFECTS: readonly Defect[] = [
  stricter<Call>(
    'post-accepts',
    'EINVAL',
    { rule: 'post-send-state', story: 'No send is taken in SQD.' },
    (call) => qpOf(call).state === SQD,
  ),
  off('post-send-state', { story: 'Sends are taken in every state.' }),
  wrongErrno('post-send-state', 'ENODEV', { story: 'A send before RTS is told that there is no connection.' }),
  off('post-recv-state', { story: 'Receives are taken in RESET.' }),
  replaced<Settling>(
    'reset-work',
    'off',
    { story: 'Receives posted in INIT are forgotten in RTR.', clauses: ['recv-held'], suffix: 'init' },
    (inner) => (settling) => {
      if (settling.qp.state.state === RTR) settling.qp.state.receives = [];
      return inner(settling);
    },
  ),
  off('post-queue-full', { story: 'Queues take more than was granted.' }),
  wrongErrno('post-queue-full', 'EAGAIN', { story: 'A full queue asks to try again.' }),
  off('post-sge-maximum', { story: 'Nobody counts the pieces of a work request.' }),
  off('post-inline-maximum', { story: 'Any amount of inline data is taken.' }),
  off('post-opcode', { story: 'Any operation is taken for a send.' }),
  wrongErrno('post-opcode', 'EOPNOTSUPP', { story: 'An operation the type does not have is not supported.' }),
  off('post-recv-srq', { story: 'Receives beside the shared receive queue are taken and never used.' }),
  replaced<Sending>(
    'send-protection',
    'over-strict',
    { story: 'Inline data are judged by the key beside them.', clauses: ['post-inline'], suffix: 'inline' },
    (inner) => (sending) => inner({ ...sending, work: { ...sending.work, inline: undefined } }),
  ),
  replaced<Settling>(
    'err-flush-sends',
    'off',
    { story: 'The newest send is forgotten when the queue pair ends.' },
    (inner) => (settling) => {
      if (settling.qp.state.state === ERR && settling.from !== ERR) settling.qp.state.sends.pop();
      return inner(settling);
    },
  ),
  replaced<Settling>(
    'err-flush-sends',
    'wrong-order',
    { story: 'Sends are given back newest first.' },
    (inner) => (settling) => {
      if (settling.qp.state.state === ERR) settling.qp.state.sends.reverse();
      return inner(settling);
    },
  ),
  replaced<Settling>(
    'err-flush-receives',
    'off',
    { story: 'The newest receive is forgotten when the queue pair ends.' },
    (inner) => (settling) => {
      if (settling.qp.state.state === ERR && settling.from !== ERR) settling.qp.state.receives.pop();
      return inner(settling);
    },
  ),
  replaced<Settling>(
    'err-flush-receives',
    'wrong-order',
    { story: 'Receives are given back newest first.' },
    (inner) => (settling) => {
      if (settling.qp.state.state === ERR) settling.qp.state.receives.reverse();
      return inner(settling);
    },
  ),
  off('post-flushed', { story: 'Work posted to a queue that has stopped stays there.', also: ['sqe-flush'] }),
  off('sqe-flush', { story: 'Sends wait in SQE.' }),
  replaced<Settling>(
    'sqe-flush',
    'wrong-value',
    { story: 'Sends that were outstanding when the queue stopped are forgotten.' },
    (inner) => (settling) => {
      const { state } = settling.qp;
      if (state.state === SQE && settling.from !== SQE) state.sends = [];
      return inner(settling);
    },
  ),
  replaced<Sending>(
    'comm-established',
    'off',
    { story: 'A queue pair in SQE is deaf.', clauses: ['sqe-receives'], suffix: 'sqe-deaf' },
    (inner) => (sending) => (sending.peer?.state.state === SQE ? LOST : inner(sending)),
  ),
  off('reset-work', { story: 'Work requests survive a reset.' }),
  off('reset-completions', { story: 'Completions survive a reset.' }),
  off('qp-destroy-completions', { story: 'Completions survive their queue pair.' }),
  {
    ...spoiled<Call>(
      'post-accepts',
      'wrong-order',
      { story: 'A send posted to an RC queue pair in SQD begins at once.', pipeline: 'qp.post_send' },
      (call) => {
        const work = qpOf(call).sends.at(-1);
        if (qpOf(call).state !== SQD || qpOf(call).type !== 'RC' || work === undefined) return;
        work.begun = true;
        call.device.work.progress(call.target as Instance<QpState>);
      },
    ),
    id: 'sqd-held-wrong-order',
    clauses: ['sqd-held'],
  },
  off('sqd-resume', { story: 'Sends posted in SQD are never begun.' }),
  off('sqd-drained-event', { story: 'Nobody learns that a queue has drained.' }),
  spoiled<Draining>(
    'sqd-drained-event',
    'wrong-value',
    { story: 'Every queue that has drained says so.', pipeline: 'work.drained' },
    ({ device, qp }) => {
      if (qp.state.numbers[NOTIFY] !== 1) device.raise({ device, event: 'SQ_DRAINED', source: qp, channels: [] });
    },
  ),
  off('comm-established', { story: 'The first message is no event.' }),
  replaced<Sending>(
    'srq-receive',
    'wrong-order',
    { story: 'The newest receive of a shared queue is used first.' },
    () => (sending) => {
      const srq = sending.peer?.state.parts.srq;
      if (srq !== undefined) sending.receive = srq.state.receives.pop();
      return 0;
    },
  ),
  {
    ...spoiled<Settling>(
      'srq-last-work-event',
      'over-strict',
      { story: 'A queue pair that ends empties its shared receive queue.' },
      ({ device, qp }) => {
        const { srq } = qp.state.parts;
        if (qp.state.state !== ERR || srq === undefined) return;
        for (const { id } of srq.state.receives.splice(0))
          device.work.report(qp, 'receive', recordOf({ wr_id: id, status: WR_FLUSH_ERR }), false);
      },
    ),
    id: 'srq-kept-over-strict',
    clauses: ['srq-kept'],
  },
  {
    ...spoiled<Settling>(
      'srq-last-work-event',
      'state-changed',
      { story: 'A queue pair that ends takes the receives of its shared receive queue along.' },
      ({ qp }) => {
        if (qp.state.state === ERR) qp.state.parts.srq?.state.receives.splice(0);
      },
    ),
    id: 'srq-kept-state-changed',
    clauses: ['srq-kept'],
  },
  off('srq-limit-event', { story: 'A shared receive queue runs dry without a warning.' }),
  replaced<Sending>(
    'srq-limit-event',
    'wrong-value',
    { story: 'The limit stays armed after its warning.' },
    (inner) => (sending) => {
      const srq = sending.peer?.state.parts.srq;
      const limit = srq?.state.limit ?? 0;
      const status = inner(sending);
      if (srq !== undefined) srq.state.limit = limit;
      return status;
    },
  ),
  replaced<Sending>(
    'srq-limit-event',
    'off',
    { story: 'A shared receive queue warns once in its life.', suffix: 'armed-anew' },
    (inner) => {
      const warned = new WeakSet();
      return (sending) => {
        const srq = sending.peer?.state.parts.srq;
        if (srq !== undefined && warned.has(srq)) return 0;
        const armed = srq?.state.limit;
        const status = inner(sending);
        if (srq !== undefined && srq.state.limit !== armed) warned.add(srq);
        return status;
      };
    },
  ),
  off('srq-last-work-event', { story: 'Nobody learns that a queue pair takes no more from the shared queue.' }),
];
