/** Defects of a driver of iWARP. */
import type { Call } from '../../emulator/core/call.ts';
import { qpOf } from '../../emulator/classes/qp_modify.ts';
import { off, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';

/** Attribute ids of spec/objects/qp.yaml and state numbers of enum qp_state. */
const STATE = 1;
const CUR_STATE = 2;
const ACCESS_FLAGS = 4;
const RESET = 0;
const RTR = 2;
const ERR = 6;

const asksFor = (call: Call, state: number): boolean => call.has(STATE) && call.numbers[STATE] === state;

const made: readonly Defect[] = [
  stricter<Call>(
    'iwarp-idle',
    'EINVAL',
    { rule: 'iwarp-idle', story: 'RTR is refused, because iWARP has no such state.' },
    (call) => asksFor(call, RTR),
  ),
  stricter<Call>(
    'iwarp-nothing',
    'EINVAL',
    { rule: 'iwarp-nothing', story: 'A modify must carry something.' },
    (call) => !call.has(STATE) && !call.has(ACCESS_FLAGS),
  ),
  off('iwarp-connection', { story: 'A move to RTS succeeds without a connection and does nothing.' }),
  wrongErrno('iwarp-connection', 'ENOTCONN', { story: 'A missing connection is told as that of a socket.' }),
  stricter<Call>(
    'iwarp-error',
    'EINVAL',
    { rule: 'iwarp-nothing', story: 'A queue pair can be given up once.' },
    (call) => asksFor(call, ERR) && qpOf(call).state === ERR,
  ),
  off('iwarp-error-connection', { story: 'A move from ERR to RTS succeeds and does nothing.' }),
  spoiled<Call>('iwarp-state', 'wrong-value', { story: 'The current state is left as it was cleared.' }, (call) => {
    call.outNumbers[CUR_STATE] = RESET;
  }),
  off('iwarp-attribute-unknown', { story: 'A rate limit is accepted and does nothing.' }),
  wrongErrno('iwarp-attribute-unknown', 'EINVAL', { story: 'An attribute that is not supported is a bad value.' }),
];

export const IWARP_DEFECTS: readonly Defect[] = made.map((defect) => ({ ...defect, abi: 'uverbs', models: ['rnic'] }));
