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
] as const;

export const DRIVERS: Readonly<Record<string, readonly DriverRow[]>> = {
  hw_context: HW_CONTEXT.map((method) => ({ object: 'hw_context', method, pipeline: `hw_context.${method}` })),
};
