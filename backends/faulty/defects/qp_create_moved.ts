/** Defects in creating queue pairs in a state. */
import type { QpState } from '../../emulator/classes/qp_state.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import { ERRNO } from '../../../spec/errno.ts';
import { off, replaced, spoiled, type Defect } from '../defect.ts';

/** Attribute and states of spec/objects/types.yaml. */
const STATE = 1;
const INIT = 1;
const [RTR, RTS] = [2, 3];

export const QP_CREATE_MOVED_DEFECTS: readonly Defect[] = [
  spoiled<Call>(
    'qp-create-moved',
    'state-changed',
    { story: 'A queue pair that is created in RTS stops in RTR.' },
    (call) => {
      const { state } = call.target as Instance<QpState>;
      if (state.state === RTS) state.state = RTR;
    },
  ),
  replaced<Call>(
    'qp-create-moved',
    'over-strict',
    { story: 'Only the first transition can be asked for.' },
    (inner) => (call) => {
      const far = call.has(STATE) && (call.numbers[STATE] ?? 0) > INIT;
      const errno = inner(call);
      if (far && call.refused === 0) call.refused = ERRNO.EINVAL;
      return errno;
    },
  ),
  replaced<Call>(
    'qp-create-moved-refused',
    'wrong-errno',
    { story: 'Whatever a modify refuses is out of place in a create, and answers EOPNOTSUPP.' },
    (inner) => (call) => (inner(call) === 0 ? 0 : ERRNO.EOPNOTSUPP),
  ),
  off('qp-create-moved-nothing', { story: 'The queue pair stays behind in the state in which a modify was refused.' }),
];
