/** The rows drivers bring, by the name a model gives in `driver`. */
import type { DriverRow } from '../registration.ts';

const HW_CONTEXT = [
  'create',
  'query',
  'destroy',
  'recv_ctrl',
  'set_poll_type',
  'ack_event',
  'set_pkey',
  'reset',
  'user_info',
  'tid_update',
  'tid_free',
  'tid_invalid',
  'credit_update',
] as const;

/** The types of the device without connections, whose queue pairs its driver creates in its own way. */
const DATAGRAM_TYPES = ['UD', 'DRIVER'] as const;

export const DRIVERS: Readonly<Record<string, readonly DriverRow[]>> = {
  ud_srd: DATAGRAM_TYPES.map((variant) => ({ object: 'qp', variant, method: 'create', pipeline: 'ud_srd.qp.create' })),
  iwarp: [
    ...['modify', 'query'].map((method) => ({ object: 'qp', variant: 'RC', method, pipeline: `iwarp.qp.${method}` })),
    { object: 'srq', method: 'modify', pipeline: 'iwarp.srq.modify' },
  ],
  hw_context: HW_CONTEXT.map((method) => ({ object: 'hw_context', method, pipeline: `hw_context.${method}` })),
};
