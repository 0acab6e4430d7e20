/** Defects in how messages go from one queue pair to another, and in what they may touch. */
import { write, type Reach } from '../../emulator/datapath/memory.ts';
import { LOST, NOT_READY, NO_PEER, type Sending } from '../../emulator/datapath/sending.ts';
import { afterwards, off, replaced, spoiled, type Defect } from '../defect.ts';

/** Numbers of enum wc_status. */
const [LOC_QP_OP_ERR, REM_OP_ERR, RETRY_EXC_ERR, RNR_RETRY_EXC_ERR] = [2, 11, 12, 13];
/** Attribute id of rnr_retry in spec/objects/qp.yaml. */
const RNR_RETRY = 12;
const WITHOUT_LIMIT = 7;
/** A message that only scenarios with many of them send. */
const SEVENTH = 7n;
/** A key that no device has given yet. */
const NEVER_GIVEN = 0xfffffff0;

/** What a rule answers is taken for something else. */
function mistaken(
  clause: string,
  rule: string,
  story: string,
  instead: (answer: number, sending: Sending) => number,
  more: { readonly model?: string; readonly also?: readonly string[]; readonly suffix?: string } = {},
): Defect {
  const { also = [], model, suffix = 'wrong-value' } = more;
  const about = { story, clauses: [clause, ...also], ...(model === undefined ? {} : { model }) };
  const made = replaced<Sending>(rule, 'wrong-value', about, (inner) => (sending) => instead(inner(sending), sending));
  return { ...made, id: `${clause}-${suffix}` };
}

const rnrRetry = ({ qp }: Sending): number => qp.state.numbers[RNR_RETRY] ?? 0;

export const DELIVERY_DEFECTS: readonly Defect[] = [
  spoiled<Sending>('send-data', 'wrong-order', { story: 'Pieces of memory are sent back to front.' }, (sending) => {
    if (sending.work.pieces.length > 1) sending.bytes.reverse();
  }),
  mistaken('send-connected', 'send-connected', 'A peer of another file is not found.', (answer, { qp, peer }) =>
    answer === 0 && peer !== undefined && peer.context !== qp.context ? LOST : answer,
  ),
  off('datagram-area', {
    story: 'The payload of a datagram begins where the buffer begins.',
    also: ['send-data', 'recv-held', 'post-inline', 'recv-completion', 'srq-receive'],
  }),
  off('datagram-grh', { story: 'A GRH is reported and not there.' }),
  off('datagram-mtu', { story: 'A datagram can be of any length.' }),
  off('datagram-qkey', { story: 'Queue keys are not compared.' }),
  mistaken('datagram-address', 'datagram-address', 'The sender of a datagram to nobody is told.', (answer) =>
    answer === LOST ? RETRY_EXC_ERR : answer,
  ),
  mistaken(
    'srd-reliable',
    'datagram-qkey',
    'The seventh message is lost.',
    (answer, { work, qp }) => (work.id === SEVENTH && qp.state.type === 'DRIVER' ? LOST : answer),
    { model: 'ud-srd', suffix: 'off' },
  ),
  mistaken(
    'srd-undeliverable',
    'datagram-address',
    'A message to nobody counts as delivered.',
    (answer) => (answer === NO_PEER ? LOST : answer),
    { model: 'ud-srd' },
  ),
  mistaken('recv-missing', 'recv-missing', 'The sender is told that nobody receives.', (answer) =>
    answer === LOST ? RNR_RETRY_EXC_ERR : answer,
  ),
  mistaken(
    'rnr-wait',
    'recv-missing',
    'No receiver is waited for.',
    (answer, sending) => (answer === NOT_READY && rnrRetry(sending) === WITHOUT_LIMIT ? RNR_RETRY_EXC_ERR : answer),
    { also: ['err-flush-sends', 'post-queue-full', 'qp-modify-accepts'] },
  ),
  mistaken('rnr-exceeded', 'recv-missing', 'A receiver that is not ready counts as absent.', (answer, sending) =>
    answer === NOT_READY && rnrRetry(sending) < WITHOUT_LIMIT ? RETRY_EXC_ERR : answer,
  ),
  mistaken('retry-exceeded', 'send-connected', 'A message to an absent peer counts as delivered.', (answer) =>
    answer === NO_PEER ? LOST : answer,
  ),
  mistaken('send-lkey', 'send-protection', 'Keys are good after their region is gone.', (answer, { device, work }) =>
    work.pieces.some(({ lkey }) => !device.lkeys.has(lkey) && lkey !== NEVER_GIVEN && lkey !== 0) ? LOST : answer,
  ),
  off('send-domain', { story: 'Memory is sent from whatever protection domain it is of.' }),
  off('send-range', { story: 'Sends read beyond their region.' }),
  {
    ...replaced<Reach>(
      'recv-lkey',
      'wrong-value',
      { story: 'An unknown key is an error of the queue pair.' },
      (inner) => (reach) => (inner(reach) === 0 ? 0 : LOC_QP_OP_ERR),
    ),
  },
  off('recv-domain', { story: 'Memory is written whatever protection domain it is of.', also: ['recv-protection'] }),
  off('recv-range', { story: 'Receives write beyond their region.' }),
  ...['recv-domain', 'recv-range'].map((clause) =>
    afterwards<Reach>(clause, { story: 'A receive is refused when its memory has been written.' }, (reach) => {
      write(reach.device, reach.piece, new Uint8Array(reach.piece.length));
    }),
  ),
  off('recv-write-access', { story: 'Memory is written whether that is allowed or not.' }),
  mistaken('recv-protection', 'recv-protection', 'The sender does not learn that nothing was placed.', (answer) =>
    answer === REM_OP_ERR ? LOST : answer,
  ),
  off('recv-length', { story: 'What does not fit is cut off.' }),
  off('send-ah-domain', { story: 'Address handles serve every protection domain.' }),
];
