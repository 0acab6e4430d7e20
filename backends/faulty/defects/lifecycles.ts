/** Defects that show only in the course of a life: after a resize, after a queue pair has been in ERR. */
import { ERRNO } from '../../../spec/errno.ts';
import type { QpState } from '../../emulator/classes/qp_state.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Context } from '../../emulator/core/context.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import { replaced, spoiled, type Defect } from '../defect.ts';

/** Numbers of enum qp_state. */
const RESET = 0;
const ERR = 6;

/** Does `mark` to the target of each call that a rule let pass, and then what `change` says; one defect of both. */
function inTwoSteps(mark: Defect, change: Defect): Defect {
  return { ...change, alter: (pipelines) => change.alter(mark.alter(pipelines)) };
}

/** Marks queue pairs that enter ERR. */
function enteringErr(mark: (qp: Instance<QpState>) => void): Defect {
  return spoiled<Call>('qp-modify-accepts', 'state-changed', { story: 'Queue pairs in ERR are marked.' }, (call) => {
    const qp = call.target as Instance<QpState>;
    if (qp.state.state === ERR) mark(qp);
  });
}

function resizing(mark: (cq: Instance) => void): Defect {
  return spoiled<Call>('cq-modify', 'state-changed', { story: 'Resized queues are marked.' }, ({ target }) => {
    if (target !== undefined) mark(target);
  });
}

/** A file in which a resized completion queue was destroyed gets no more of them. */
function noSecondLife(): Defect {
  const resized = new WeakSet<Instance>();
  const full = new WeakSet<Context>();
  const ending = spoiled<Call>('cq-destroy', 'state-changed', { story: 'Files are marked.' }, ({ target, context }) => {
    if (target !== undefined && resized.has(target)) full.add(context);
  });
  const refusing = replaced<Call>(
    'cq-create',
    'over-strict',
    {
      story: 'The room of a completion queue that was resized is not given back when it is destroyed.',
      clauses: ['lifecycle-again'],
      suffix: 'after-resize',
    },
    (inner) => (call) => (full.has(call.context) ? ERRNO.ENOMEM : inner(call)),
  );
  return inTwoSteps(
    resizing((cq) => resized.add(cq)),
    inTwoSteps(ending, { ...refusing, id: 'lifecycle-again-over-strict' }),
  );
}

/** A queue pair that has been in ERR and back in RESET still counts as a user when it is gone. */
function countKept(): Defect {
  const failed = new WeakSet<Instance>();
  const keeping = spoiled<Call>(
    'qp-destroy',
    'leak',
    {
      story: 'A queue pair that came back from ERR keeps its protection domain in use after it is destroyed.',
      pipeline: 'qp.destroy',
    },
    ({ target }) => {
      const [pd] = target?.uses ?? [];
      const reset = (target as Instance<QpState>).state.state === RESET;
      if (target !== undefined && reset && failed.has(target) && pd?.object === 'pd') pd.users += 1;
    },
  );
  const made = inTwoSteps(
    enteringErr((qp) => failed.add(qp)),
    keeping,
  );
  return { ...made, id: 'lifecycle-order-leak', clauses: ['lifecycle-order'] };
}

export const LIFECYCLE_DEFECTS: readonly Defect[] = [
  noSecondLife(),
  countKept(),
  {
    ...enteringErr((qp) => {
      for (const used of qp.uses) used.users = 0;
    }),
    id: 'lifecycle-use-state-changed',
    clauses: ['lifecycle-use'],
    story: 'A queue pair that enters ERR lets go of what it uses.',
  },
  inTwoSteps(
    enteringErr((qp) => qp.context.instances.delete(qp)),
    {
      ...replaced<Context>(
        'context-close',
        'leak',
        { story: 'Closing a file forgets queue pairs that have been in ERR.', suffix: 'leak-after-err' },
        (inner) => inner,
      ),
    },
  ),
];
