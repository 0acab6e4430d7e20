/** Defects of the data path as `uverbs` shows it: in the write commands that post and poll, and behind them. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import type { Message } from '../../emulator/fronts/uverbs/message.ts';
import { off, replaced, wrongErrno, type Defect } from '../defect.ts';

/** Attribute id in spec/objects/cq.yaml. */
const COMPLETIONS = 16;

/** Changes the completions of every poll before they are written. */
const polled = (clause: string, story: string, change: (record: StructValue) => StructValue): Defect =>
  replaced<Message>(
    'handle-returned',
    'wrong-value',
    { story, pipeline: 'uverbs/answer', clauses: [clause], suffix: clause },
    (inner) => (message) => {
      const { outObjects } = message.call;
      if (message.command?.command.answers !== undefined)
        outObjects[COMPLETIONS] = (outObjects[COMPLETIONS] as readonly StructValue[]).map(change);
      return inner(message);
    },
  );

const made: readonly Defect[] = [
  off('post-send-state', { story: 'Sends are taken in every state.' }),
  wrongErrno('post-queue-full', 'EAGAIN', { story: 'A full queue asks to try again.' }),
  off('post-sge-maximum', { story: 'Nobody counts the pieces of a work request.' }),
  polled('recv-immediate', 'Immediate data are taken for a key to invalidate and dropped.', (record) => ({
    ...record,
    imm_data: 0,
  })),
  polled('recv-sender', 'The sender of a datagram is left out.', (record) => ({ ...record, src_qp: 0 })),
];

export const UVERBS_POSTING_DEFECTS: readonly Defect[] = made.map((defect) => ({
  ...defect,
  id: `uverbs-${defect.id}`,
  abi: 'uverbs',
}));
