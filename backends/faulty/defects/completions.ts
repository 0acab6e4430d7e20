/** Defects in what is reported of work requests. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { ERRNO } from '../../../spec/errno.ts';
import type { CqState } from '../../emulator/classes/cq.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import type { Completing } from '../../emulator/datapath/complete.ts';
import type { Sending } from '../../emulator/datapath/sending.ts';
import { off, replaced, type Defect } from '../defect.ts';

const SEND = 0;
const RECEIVE = 128;
const GRH = 1;
/** As many messages as the scenarios of one clause send, and as no other scenario does. */
const FIVE = 5;
const EIGHT = 8;

/** The record of every completion that `concerns` picks is changed before it enters its queue. */
function altered(
  clause: string,
  story: string,
  concerns: (record: StructValue) => boolean,
  change: (record: StructValue) => StructValue,
): Defect {
  return replaced<Completing>(
    'completion-order',
    'wrong-value',
    { story, clauses: [clause] },
    (inner) => (completing) => {
      const { record } = completing.completion;
      if (!concerns(record)) return inner(completing);
      return inner({
        ...completing,
        completion: { ...completing.completion, record: { ...record, ...change(record) } },
      });
    },
  );
}

const succeeded = (opcode: number) => (record: StructValue) => record['status'] === 0 && record['opcode'] === opcode;

/** A send is reported, or is not, whatever was asked for. */
function reporting(clause: string, story: string, concerns: (sending: Sending) => boolean, reported: boolean): Defect {
  return replaced<Sending>('send-ah-domain', 'wrong-value', { story, clauses: [clause] }, (inner) => (sending) => {
    if (concerns(sending)) Object.assign(sending.work, { reported });
    return inner(sending);
  });
}

const named = (id: string, defect: Defect): Defect => ({ ...defect, id });

export const COMPLETION_DEFECTS: readonly Defect[] = [
  replaced<Call>(
    'completion-once',
    'wrong-value',
    { story: 'A poll that takes five completions leaves them in the queue.' },
    (inner) => (call) => {
      const { state } = call.target as Instance<CqState>;
      const before = [...state.completions];
      const errno = inner(call);
      if (before.length === FIVE) state.completions = before;
      return errno;
    },
  ),
  named(
    'completion-unsignaled-wrong-value',
    reporting(
      'completion-unsignaled',
      'Every send is reported.',
      ({ qp }) => (qp.state.parts.sendCq?.state.cqe ?? 0) > 1,
      true,
    ),
  ),
  named(
    'completion-all-off',
    reporting('completion-all', 'SQ_SIG_ALL has no effect.', ({ qp }) => qp.state.reportsAll, false),
  ),
  replaced<Completing>(
    'completion-order',
    'wrong-order',
    { story: 'The eighth completion overtakes the seventh.' },
    (inner) => (completing) => {
      const errno = inner(completing);
      const { completions } = completing.cq.state;
      if (completions.length === EIGHT) completions.push(...completions.splice(EIGHT - 2).reverse());
      return errno;
    },
  ),
  {
    ...replaced<Call>(
      'completion-once',
      'over-strict',
      { story: 'A poll of an empty queue fails.' },
      (inner) => (call) => {
        const { state } = call.target as Instance<CqState>;
        return state.completions.length === 0 ? ERRNO.EAGAIN : inner(call);
      },
    ),
    id: 'poll-empty-over-strict',
    clauses: ['poll-empty'],
  },
  named(
    'completion-send-wrong-value',
    altered('completion-send', 'A send is reported of the next queue pair.', succeeded(SEND), (record) => ({
      qp_num: Number(record['qp_num']) + 1,
    })),
  ),
  named(
    'recv-completion-wrong-value',
    altered('recv-completion', 'The length of what came is not reported.', succeeded(RECEIVE), () => ({ byte_len: 0 })),
  ),
  named(
    'recv-sender-wrong-value',
    altered('recv-sender', 'A datagram does not say where it came from.', succeeded(RECEIVE), () => ({ src_qp: 0 })),
  ),
  named(
    'recv-immediate-wrong-value',
    altered('recv-immediate', 'Immediate data are lost.', succeeded(RECEIVE), (record) => ({
      imm_data: 0,
      wc_flags: Number(record['wc_flags']) & GRH,
    })),
  ),
  off('cq-overflow-event', { story: 'A completion queue overflows in silence.', also: ['cq-overflow-qp'] }),
  replaced<Completing>(
    'cq-overflow-qp',
    'off',
    { story: 'A queue pair goes on although its completions are lost.' },
    () =>
      ({ cq }) => {
        const full = cq.state.overrun || cq.state.completions.length >= cq.state.cqe;
        if (full) cq.state.overrun = true;
        return full ? 1 : 0;
      },
  ),
];
