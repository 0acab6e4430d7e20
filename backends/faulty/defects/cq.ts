/** Defects of completion queues beside their lifetime. */
import { ERRNO } from '../../../spec/errno.ts';
import type { CqState } from '../../emulator/classes/cq.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import { afterwards, off, replaced, spoiled, wrongErrno, type Defect } from '../defect.ts';

/** Attribute ids of spec/objects/cq.yaml. */
const CQE = 1;
const VECTOR = 2;
const COMP_EVENTS = 4;

export const CQ_DEFECTS: readonly Defect[] = [
  spoiled<Call>('cq-create-granted', 'wrong-value', { story: 'Half of what was asked is granted.' }, (call) => {
    call.outNumbers[CQE] = Math.max(1, (call.numbers[CQE] ?? 0) >> 1);
  }),
  off('cq-create-zero', { story: 'Completion queues without entries are made.' }),
  off('cq-create-maximum', { story: 'Completion queues of any size are made.' }),
  wrongErrno('cq-create-maximum', 'ENOMEM', {
    story: 'A completion queue above the maximum is refused for lack of memory.',
  }),
  off('cq-create-vector', { story: 'Completion vectors wrap around.' }),
  spoiled<Call>('cq-query', 'wrong-value', { story: 'Every completion queue is reported on vector 0.' }, (call) => {
    call.outNumbers[VECTOR] = 0;
  }),
  replaced<Call>('cq-modify', 'wrong-value', { story: 'A resize is granted and not done.' }, () => (call) => {
    call.outNumbers[CQE] = call.numbers[CQE] ?? 0;
    return 0;
  }),
  off('cq-modify-limit', { story: 'A resize goes to any size.' }),
  afterwards<Call>('cq-modify-limit', { story: 'A refused resize has changed the size.' }, (call) => {
    (call.target as Instance<CqState>).state.cqe = call.numbers[CQE] ?? 0;
  }),
  {
    ...off('cq-modify-limit', { story: 'RESIZE_CQ goes to any size.', suffix: 'command' }),
    abi: 'uverbs',
  },
  {
    ...spoiled<Call>(
      'cq-modify',
      'wrong-value',
      { story: 'RESIZE_CQ answers with half of what was asked.', suffix: 'command' },
      (call) => {
        call.outNumbers[CQE] = Math.max(0, (call.numbers[CQE] ?? 0) >> 1);
      },
    ),
    abi: 'uverbs',
  },
  off('cq-modify-unpolled', { story: 'A resize cuts off what waits to be polled.' }),
  afterwards<Call>('cq-modify-unpolled', { story: 'A refused resize has lost the oldest completion.' }, (call) => {
    (call.target as Instance<CqState>).state.completions.shift();
  }),
  spoiled<Call>(
    'cq-destroy-counts',
    'wrong-value',
    { story: 'A destroy reports an event that nobody was handed.' },
    (call) => {
      call.outNumbers[COMP_EVENTS] = 1;
    },
  ),
  wrongErrno('cq-destroy-busy', 'EINVAL', {
    story: 'A completion queue in use is a bad value.',
    also: ['srq-uses', 'wq-uses'],
  }),
  replaced<Call>(
    'limit-objects',
    'wrong-errno',
    { story: 'One object too many is refused as a bad value.', suffix: 'wrong-errno' },
    (inner) => (call) => (inner(call) === 0 ? 0 : ERRNO.EINVAL),
  ),
];
