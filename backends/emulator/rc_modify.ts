/** Test support: the message the speed of dispatch is measured with, on a device where it can be sent again and again. */
import type { Call, Encoded, Value } from '../../spec/abi/abi.ts';
import type { BareDevice } from './bare_device.ts';
import type { Context } from './core/context.ts';

const PATH = { dlid: 2, port: 1 };

/** The legal way of an RC queue pair from RESET to SQD. */
const WAY: readonly Readonly<Record<string, Value>>[] = [
  { state: 'INIT', pkey_index: 0, port: 1, access_flags: ['REMOTE_READ'] },
  {
    state: 'RTR',
    path_ib: PATH,
    path_mtu: 'MTU_1024',
    dest_qpn: 17,
    rq_psn: 1,
    max_dest_rd_atomic: 1,
    min_rnr_timer: 12,
  },
  { state: 'RTS', timeout: 14, retry_cnt: 7, rnr_retry: 6, sq_psn: 1, max_qp_rd_atomic: 1 },
  { state: 'SQD' },
];

function modify(handle: number, attributes: Readonly<Record<string, Value>>): Call {
  return { object: 'qp', variant: 'RC', method: 'modify', on: handle, attributes };
}

/** The handle of a new RC queue pair in SQD, on queues of its own. */
export function queuePairInSqd(bare: BareDevice, context: Context): number {
  const pd = bare.make(context, { object: 'pd', method: 'create', attributes: {} });
  const cq = bare.make(context, { object: 'cq', method: 'create', attributes: { cqe: 1, comp_vector: 0 } });
  const cap = { max_send_wr: 1, max_recv_wr: 1, max_send_sge: 1, max_recv_sge: 1 };
  const attributes = { pd, send_cq: cq, recv_cq: cq, cap };
  const handle = bare.make(context, { object: 'qp', variant: 'RC', method: 'create', attributes });
  for (const step of WAY) bare.make(context, modify(handle, step));
  return handle;
}

/**
 * SQD to SQD with eight attributes of 32 bits, seven of them optional for this transition: it goes through every rule,
 * is applied, and leaves the queue pair where it can be sent again. `turn` varies the values.
 */
export function eightAttributes(bare: BareDevice, handle: number, turn: number): Encoded {
  const attributes = {
    state: 'SQD',
    access_flags: ['REMOTE_READ'],
    pkey_index: turn % 16,
    port: 1,
    timeout: turn % 32,
    retry_cnt: turn % 8,
    rnr_retry: 6,
    min_rnr_timer: 12,
  };
  return bare.encode(modify(handle, attributes));
}
