/** Closing a file: every object of the context goes, newest first, whatever uses it. Source: core/rdma_core.c, facts C3. */
import type { QpState } from '../classes/qp_state.ts';
import type { Rule } from '../rules.ts';
import type { Context } from './context.ts';

export function contextRules(): Readonly<Record<string, readonly Rule<Context>[]>> {
  return {
    'context.close': [
      {
        clause: 'context-close',
        apply: (context) => {
          for (const instance of [...context.instances].reverse()) {
            if (instance.object === 'qp') context.device.queuePairs.delete((instance.state as QpState).qpn);
            context.detach(instance);
          }
          return 0;
        },
      },
    ],
  };
}
