/** What the driver of the device with datagram types alone does in its own way: of the creation flags it knows one. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import { qpCreateRules } from './qp_create.ts';

export function udSrdRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const flags = idOf(spec, 'qp', 'create_flags');
  const known = spec.flags['qp_create']?.['SQ_SIG_ALL'] ?? 0;
  return {
    'ud_srd.qp.create': [
      {
        clause: 'driver-create-flags',
        apply: (call) => (call.has(flags) && ((call.numbers[flags] ?? 0) & ~known) !== 0 ? ERRNO.EOPNOTSUPP : 0),
      },
      ...qpCreateRules(spec),
    ],
  };
}
