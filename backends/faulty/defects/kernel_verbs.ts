/** Defects of drivers and of the core towards consumers inside the kernel that make queues and regions. */
import type { Call } from '../../emulator/core/call.ts';
import { Instance } from '../../emulator/core/instance.ts';
import { replaced, spoiled, stricter, type Defect } from '../defect.ts';

/** Attribute ids of spec/objects/cq.yaml, mr.yaml and qp.yaml, and states. */
const VECTOR = 2;
const PD = 1;
const RKEY = 8;
const STATE = 1;
const MIN_RNR_TIMER = 16;
const RESET = 0;
const RTS = 3;
const ONE_KEY = 0x100;

const byKernel = ({ consumer }: Call): boolean => consumer !== undefined;

/** A rule that is left out for the kernel alone. */
function notForKernel(rule: string, clause: string, story: string): Defect {
  const made = replaced<Call>(
    rule,
    'off',
    { story, clauses: [clause] },
    (inner) => (call) => (byKernel(call) ? 0 : inner(call)),
  );
  return { ...made, id: `${clause}-without-${rule}` };
}

export const KERNEL_VERBS_DEFECTS: readonly Defect[] = [
  stricter<Call>(
    'kernel-cq',
    'EOPNOTSUPP',
    { story: 'The driver has no completion queues for the kernel but those on the first vector.', rule: 'cq-create' },
    (call) => byKernel(call) && (call.numbers[VECTOR] ?? 0) > 0,
  ),
  notForKernel('cq-destroy-busy', 'kernel-cq-busy', 'A completion queue of the kernel goes under its queue pairs.'),
  stricter<Call>(
    'kernel-qp',
    'EOPNOTSUPP',
    { story: 'The driver has no queue pairs for the kernel.', rule: 'qp-create' },
    byKernel,
  ),
  stricter<Call>(
    'kernel-qp-modify',
    'EINVAL',
    { story: 'Queue pairs of the kernel cannot be moved back to RESET.', rule: 'qp-modify-accepts' },
    (call) => byKernel(call) && call.numbers[STATE] === RESET,
  ),
  notForKernel('qp-modify-foreign', 'kernel-qp-refuse', 'Attributes that the table has not are taken of the kernel.'),
  notForKernel(
    'qp-modify-required',
    'kernel-qp-refuse',
    'Attributes that the table requires are not asked of the kernel.',
  ),
  stricter<Call>(
    'kernel-qp-destroy',
    'EBUSY',
    { story: 'A queue pair of the kernel that is not in RESET cannot be destroyed.', rule: 'qp-destroy' },
    (call) => byKernel(call) && (call.target as Instance<{ state: number }>).state.state !== RESET,
  ),
  stricter<Call>(
    'kernel-mr',
    'ENOMEM',
    { story: 'The driver has one region for the kernel.', rule: 'kernel-mr' },
    (call) => call.device.counted('mr') > 0,
  ),
  spoiled<Call>('kernel-mr-keys', 'wrong-value', { story: 'All regions of the kernel have one key.' }, (call) => {
    call.outNumbers[RKEY] = ONE_KEY;
  }),
  {
    ...spoiled<Call>('kernel-mr', 'off', { story: 'Regions of the kernel are no users of their domain.' }, (call) => {
      const pd = call.objects[PD];
      if (pd instanceof Instance) pd.users -= 1;
    }),
    id: 'kernel-uses-off',
    clauses: ['kernel-uses'],
  },
  notForKernel('cq-create-maximum', 'kernel-limits', 'The limit of completion queues is not held towards the kernel.'),
  stricter<Call>(
    'kernel-qp-modify',
    'EINVAL',
    {
      story: 'Queue pairs of the kernel take no timer on the way to RTS.',
      rule: 'qp-modify-accepts',
      suffix: 'optional',
    },
    (call) => byKernel(call) && call.numbers[STATE] === RTS && call.has(MIN_RNR_TIMER),
  ),
];
