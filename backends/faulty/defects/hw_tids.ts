/** Defects of expected receives of hardware contexts, and of what else hfi1 has calls for. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { hwContextOf } from '../../emulator/classes/hw_context.ts';
import type { Call } from '../../emulator/core/call.ts';
import { afterwards, off, replaced, spoiled, wrongErrno, type Defect } from '../defect.ts';

const model = 'no-qp';
/** Attribute ids of spec/objects/hw_context.yaml. */
const AREAS = 14;
const LENGTH = 16;
const TIDS = 17;
const COUNT = 18;
const A_BIT = 1;

function listed(call: Call): readonly number[] {
  return (call.objects[TIDS] ?? []) as readonly number[];
}

export const HW_TID_DEFECTS: readonly Defect[] = [
  spoiled<Call>(
    'hw-context-user-info',
    'wrong-value',
    { story: 'Contexts that nobody shares have areas for sharing.', model },
    (call) => {
      const areas = call.outObjects[AREAS] as StructValue;
      call.outObjects[AREAS] = { ...areas, shared_headers: areas['headers'] ?? 0 };
    },
  ),
  spoiled<Call>('hw-context-tid', 'wrong-value', { story: 'Every buffer is said to be covered.', model }, (call) => {
    call.outNumbers[LENGTH] = call.numbers[LENGTH] ?? 0;
  }),
  spoiled<Call>(
    'hw-context-tid',
    'wrong-value',
    {
      story: 'Every page of a buffer has the number of the first.',
      model,
      suffix: 'numbers',
      also: ['hw-context-tid-invalid', 'hw-context-tid-free', 'hw-context-tid-unknown'],
    },
    (call) => {
      const tids = call.outObjects[TIDS] as readonly number[];
      call.outObjects[TIDS] = tids.map(() => tids[0] ?? 0);
    },
  ),
  off('hw-context-tid-buffer', { story: 'A buffer begins where it likes.', model }),
  wrongErrno('hw-context-tid-memory', 'EINVAL', { story: 'Memory that is not there is a bad value.', model }),
  wrongErrno('hw-context-tid-room', 'ENOMEM', { story: 'A full context is out of memory.', model }),
  afterwards<Call>('hw-context-tid-room', { story: 'A refused update keeps what it took.', model }, (call) => {
    const { tids } = hwContextOf(call);
    if (tids.free > 0) tids.add(() => () => undefined);
  }),
  replaced<Call>(
    'hw-context-tid-free',
    'off',
    { story: 'What is taken back stays in use.', model, also: ['hw-context-tid', 'hw-context-tid-unknown'] },
    () => (call) => {
      call.outNumbers[COUNT] = listed(call).length;
      return 0;
    },
  ),
  wrongErrno('hw-context-tid-unknown', 'EINVAL', { story: 'A number that is not in use is a bad value.', model }),
  replaced<Call>(
    'hw-context-tid-unknown',
    'state-changed',
    { story: 'What stands before a number that is not in use is taken back.', model },
    (inner) => (call) => {
      const errno = inner(call);
      if (errno !== 0) for (const tid of listed(call)) hwContextOf(call).tids.remove(tid);
      return errno;
    },
  ),
  replaced<Call>(
    'hw-context-tid-invalid',
    'wrong-value',
    { story: 'Memory that went away is told again and again.', model },
    (inner) => (call) => {
      const { tids } = hwContextOf(call);
      const before = tids.invalid;
      const errno = inner(call);
      tids.invalid = before;
      return errno;
    },
  ),
  off('hw-context-tid-release', { story: 'A reset leaves what is expected as it is.', model }),
  spoiled<Call>(
    'hw-context-credit',
    'state-changed',
    { story: 'Credits that come back are an event.', model },
    (call) => {
      hwContextOf(call).events |= A_BIT;
    },
  ),
];
