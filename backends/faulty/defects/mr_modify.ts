/** Defects in changing memory regions. */
import type { MrState } from '../../emulator/classes/mr_state.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import { afterwards, off, replaced, spoiled, wrongErrno, type Defect } from '../defect.ts';

/** Attribute id of spec/objects/mr.yaml. */
const START = 2;
const LOCAL_WRITE = 1;

const stateOf = (call: Call): MrState => (call.target as Instance<MrState>).state;

export const MR_MODIFY_DEFECTS: readonly Defect[] = [
  replaced<Call>(
    'mr-modify',
    'off',
    { story: 'A change of a memory region succeeds and changes nothing.' },
    () => () => 0,
  ),
  spoiled<Call>(
    'mr-modify',
    'state-changed',
    { story: 'A memory region that gets another range loses its permissions.', suffix: 'permissions-lost' },
    (call) => {
      if (call.has(START)) stateOf(call).access = 0;
    },
  ),
  off('mr-modify-pd', { story: 'A memory region stays in the protection domain it was registered in.' }),
  replaced<Call>(
    'mr-modify-pd',
    'leak',
    { story: 'The protection domain a memory region has left stays in use.' },
    (inner) => (call) => {
      const before = stateOf(call).pd;
      const errno = inner(call);
      if (stateOf(call).pd !== before) before.users += 1;
      return errno;
    },
  ),
  off('mr-modify-nothing', { story: 'A change that asks for nothing succeeds.' }),
  off('mr-modify-range-whole', { story: 'Half a range is filled up from the old one.' }),
  afterwards<Call>('mr-modify-range-whole', { story: 'A new start that is refused is taken all the same.' }, (call) => {
    if (call.has(START)) stateOf(call).start = call.objects[START] as bigint;
  }),
  off('mr-modify-values', { story: 'A memory region can become what it could not be registered as.' }),
  afterwards<Call>('mr-modify-values', { story: 'A change that is refused has given permissions.' }, (call) => {
    stateOf(call).access = LOCAL_WRITE;
  }),
  wrongErrno('mr-modify-values', 'EFAULT', { story: 'Bad values of a change are faults.' }),
  off('mr-modify-bounds', { story: 'A memory region can become of any length.' }),
  wrongErrno('mr-modify-bounds', 'ENOMEM', { story: 'A length no region can have is refused for lack of memory.' }),
  afterwards<Call>(
    'mr-modify-bounds',
    { story: 'A change of the length that is refused gives permissions.' },
    (call) => {
      stateOf(call).access = LOCAL_WRITE;
    },
  ),
  off('mr-modify-dm', { story: 'A memory region over device memory is changed into one over the process.' }),
  wrongErrno('mr-modify-dm', 'EOPNOTSUPP', { story: 'Changing a region over device memory is not supported.' }),
];
