/** Defects in what limits count, and in what is reported of them. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { ERRNO } from '../../../spec/errno.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Context } from '../../emulator/core/context.ts';
import type { Device } from '../../emulator/core/device.ts';
import { replaced, spoiled, stricter, type Defect } from '../defect.ts';

/** Attribute ids of spec/objects/device.yaml, cq.yaml and qp.yaml. */
const MAX_QP = 5;
const MAX_PKEYS = 10;
const MAX_DM_SIZE = 27;
const CQE = 1;
const CAP = 20;
const INITIATOR = 14;
/** XRC domains of the device from which on something else suffers. */
const MANY = 5;

function limitOf(call: Call, name: string): number {
  return call.device.model.limits[name] ?? 0;
}

/** Protection domains of a file that is closed while other files have some are counted until the next file is closed. */
function keptAfterClose(): Defect {
  const kept = new WeakMap<Device, number>();
  const noting = replaced<Context>(
    'context-close',
    'leak',
    { story: 'What a file held is noted.' },
    (inner) => (context) => {
      const mine = [...context.instances].filter((instance) => instance.object === 'pd').length;
      kept.set(context.device, context.device.counted('pd') > mine ? mine : 0);
      return inner(context);
    },
  );
  const counting = replaced<Call>(
    'limit-objects',
    'leak',
    { story: 'What a closed file held is counted until the next file is closed.', pipeline: 'pd.create' },
    (inner) => (call) => {
      const all = call.device.counted('pd') + (kept.get(call.device) ?? 0);
      return all >= limitOf(call, 'max_pd') ? ERRNO.ENOMEM : inner(call);
    },
  );
  return {
    ...counting,
    id: 'limit-returned-leak',
    clauses: ['limit-returned'],
    alter: (pipelines) => counting.alter(noting.alter(pipelines)),
  };
}

export const LIMIT_DEFECTS: readonly Defect[] = [
  {
    ...spoiled<Call>(
      'device-query',
      'wrong-value',
      { story: 'Every other file is told a limit that is one lower.', suffix: 'per-file' },
      (call) => {
        if (call.context.ordinal % 2 === 0) call.outNumbers[MAX_PKEYS] = limitOf(call, 'max_pkeys') - 1;
      },
    ),
    id: 'limit-constant-per-file',
    clauses: ['limit-constant'],
  },
  {
    ...spoiled<Call>(
      'device-query',
      'wrong-value',
      { story: 'A limit is reported as what is left of it.', suffix: 'what-is-left' },
      (call) => {
        if (call.device.counted('xrcd') >= MANY)
          call.outObjects[MAX_DM_SIZE] = BigInt(limitOf(call, 'max_dm_size') - MANY);
      },
    ),
    id: 'limit-constant-what-is-left',
    clauses: ['limit-constant'],
  },
  {
    ...spoiled<Call>(
      'device-query',
      'wrong-value',
      { story: 'A limit is reported of queue pairs that the device does not have.', model: 'no-qp' },
      (call) => {
        call.outNumbers[MAX_QP] = 1;
      },
    ),
    id: 'limit-offered-wrong-value',
    clauses: ['limit-offered'],
  },
  stricter<Call>(
    'limit-reached',
    'EINVAL',
    { story: 'The limit itself is one too many.', rule: 'qp-modify-rd-atomic' },
    (call) => call.has(INITIATOR) && call.numbers[INITIATOR] === limitOf(call, 'max_qp_init_rd_atom'),
  ),
  {
    ...spoiled<Call>(
      'cq-query',
      'wrong-value',
      { story: 'Completion queues shrink when the device fills up, and only a query tells.' },
      (call) => {
        if (call.device.counted('xrcd') >= MANY) call.outNumbers[CQE] = 1;
      },
    ),
    id: 'limit-granted-wrong-value',
    clauses: ['limit-granted'],
  },
  {
    ...spoiled<Call>(
      'qp-query',
      'wrong-value',
      { story: 'Queue pairs lose their inline data when the device fills up.', suffix: 'queue-pairs' },
      (call) => {
        const cap = call.outObjects[CAP] as StructValue;
        if (call.device.counted('xrcd') >= MANY) call.outObjects[CAP] = { ...cap, max_recv_sge: 0 };
      },
    ),
    id: 'limit-granted-queue-pairs',
    clauses: ['limit-granted'],
  },
  {
    ...replaced<Call>(
      'limit-objects',
      'off',
      { story: 'Each file has the limit to itself.', pipeline: 'cq.create' },
      () => (call) => {
        const mine = [...call.context.instances].filter((instance) => instance.object === 'cq');
        return mine.length >= limitOf(call, 'max_cq') ? ERRNO.ENOMEM : 0;
      },
    ),
    id: 'limit-shared-off',
    clauses: ['limit-shared'],
  },
  {
    ...replaced<Call>(
      'limit-objects',
      'off',
      { story: 'Each type of queue pair has the limit to itself.', pipeline: 'qp.create' },
      () => (call) => {
        const same = [...call.device.queuePairs.values()].filter((qp) => qp.variant === call.operation.variant);
        return same.length >= limitOf(call, 'max_qp') ? ERRNO.ENOMEM : 0;
      },
    ),
    id: 'limit-types-off',
    clauses: ['limit-types'],
  },
  {
    ...replaced<Call>(
      'limit-objects',
      'over-strict',
      { story: 'No completion queue can be had while all protection domains are taken.', pipeline: 'cq.create' },
      (inner) => (call) => (call.device.counted('pd') >= limitOf(call, 'max_pd') ? ERRNO.ENOMEM : inner(call)),
    ),
    id: 'limit-separate-over-strict',
    clauses: ['limit-separate'],
  },
  keptAfterClose(),
];
