/** Defects of flow rules and counter sets. */
import type { QpState } from '../../emulator/classes/qp_state.ts';
import type { Call } from '../../emulator/core/call.ts';
import { afterwards, off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';
import { lifetimeDefects } from './lifetimes.ts';

/** Attribute ids of spec/objects/flow.yaml and spec/objects/counters.yaml. */
const QP = 1;
const PORT = 2;
const IPV4 = 7;
const VALUES = 1;
/** Number of the state in enum qp_state. */
const ERR = 6;
const COUNTERS_READ = 'counters.read';

export const FLOW_DEFECTS: readonly Defect[] = [
  stricter<Call>(
    'flow-create',
    'EOPNOTSUPP',
    { rule: 'flow-create-port', story: 'IPv4 headers are not looked into.' },
    (call) => call.has(IPV4),
  ),
  stricter<Call>(
    'flow-create',
    'EINVAL',
    { rule: 'flow-create-qp-type', story: 'Raw packets are not steered.', suffix: 'no-raw' },
    (call) => call.instance(QP)?.variant === 'RAW_PACKET',
  ),
  stricter<Call>(
    'flow-create',
    'EINVAL',
    { rule: 'flow-create-qp-type', story: 'A queue pair in the state ERR takes no rules.', suffix: 'no-err' },
    (call) => (call.instance(QP)?.state as QpState | undefined)?.state === ERR,
  ),
  off('flow-create-port', { story: 'Rules for ports that do not exist are made.' }),
  stricter<Call>(
    'flow-create-port',
    'ENOENT',
    { rule: 'flow-create-dont-trap', story: 'A port that does not exist is not found.', suffix: 'wrong-errno' },
    (call) => call.device.model.ports[(call.numbers[PORT] ?? 0) - 1] === undefined,
  ),
  off('flow-create-qp-type', { story: 'Rules on any queue pair are made.' }),
  wrongErrno('flow-create-qp-type', 'EOPNOTSUPP', { story: 'Other queue pairs are not supported.' }),
  off('flow-create-dont-trap', { story: 'What no rule wants is left to other rules.' }),
  off('flow-create-privilege', { story: 'Anybody may steer packets.' }),
  wrongErrno('flow-create-privilege', 'EACCES', { story: 'A missing privilege is a missing permission.' }),
  off('flow-uses', { story: 'The queue pair of a flow rule can be destroyed.' }),
  wrongErrno('flow-uses', 'EINVAL', { story: 'A queue pair with a flow rule is a bad value.' }),
  afterwards<Call>('flow-uses', { story: 'A queue pair whose destroy is refused is gone all the same.' }, (call) => {
    if (call.target !== undefined) call.context.detach(call.target);
  }),
  replaced<Call>(
    'flow-destroy',
    'off',
    {
      story: 'Destroying a flow rule succeeds and does nothing.',
      also: ['handle-destroyed', 'limit-objects', 'flow-uses', 'counters-destroy-busy', 'counters-read-unattached'],
    },
    () => () => 0,
  ),
  ...lifetimeDefects('counters', 'counter set', { stays: ['handle-destroyed', 'limit-objects'] }),
  wrongErrno('counters-destroy-busy', 'EINVAL', { story: 'A counter set in use is a bad value.' }),
  spoiled<Call>(
    'counters-read',
    'wrong-value',
    { story: 'Counters start at one.', pipeline: COUNTERS_READ },
    (call) => {
      call.outObjects[VALUES] = [1n, 1n];
    },
  ),
  off('counters-read-unattached', { story: 'A set that nothing counts in reads as zero.' }),
  wrongErrno('counters-read-unattached', 'ENOENT', { story: 'A set that nothing counts in has no counters.' }),
  off('counters-read-room', { story: 'As many counters as fit are reported.' }),
  wrongErrno('counters-read-room', 'EINVAL', { story: 'Too little room is a bad value.' }),
];
