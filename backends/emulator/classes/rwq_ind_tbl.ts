/** Indirection tables: lists of work queues, a power of two of them. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import { admit, dismiss, notUsed, withinLimit } from './lifetime.ts';

export function rwqIndTblRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const wqs = idOf(spec, 'rwq_ind_tbl', 'wqs');
  // What no message gave is left over from an earlier one.
  const size = (call: Call): number => (call.has(wqs) ? call.instances(wqs).length : 0);
  return {
    'rwq_ind_tbl.create': [
      {
        clause: 'rwq-ind-tbl-power',
        apply: (call) => (size(call) === 0 || (size(call) & (size(call) - 1)) !== 0 ? ERRNO.EINVAL : 0),
      },
      {
        clause: 'rwq-ind-tbl-maximum',
        apply: (call) => (size(call) > (call.device.model.limits['max_rwq_ind_tbl_size'] ?? 0) ? ERRNO.EINVAL : 0),
      },
      withinLimit('rwq_ind_tbl', 'max_rwq_ind_tbl'),
      { clause: 'rwq-ind-tbl-create', apply: (call) => (admit(call, call.instances(wqs), undefined), 0) },
    ],
    'rwq_ind_tbl.destroy': [
      notUsed('rwq-ind-tbl-destroy-busy'),
      { clause: 'rwq-ind-tbl-destroy', apply: (call) => (dismiss(call), 0) },
    ],
  };
}
