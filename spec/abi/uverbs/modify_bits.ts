/** What Linux makes of a modify mask before the state table sees it. Source: core/uverbs_cmd.c modify_qp, modify_qp_mask; facts A6. */
import type { Spec } from '../../model.ts';
import { bitOf } from '../../qp_rules.ts';

/**
 * Bits an XRC type does not have are dropped. An address vector without a port brings the port along, unless on the way to RTR.
 * A consequence: a type whose table takes AV but not PORT for SQD to SQD (UC) can never change its path there on Linux.
 */
export function modifyBits(spec: Spec, type: string, to: string, mask: number): number {
  const [av, port] = [bitOf(spec.qp, 'AV'), bitOf(spec.qp, 'PORT')];
  const added = to !== 'RTR' && (mask & av) !== 0 ? port : 0;
  return ((mask | added) & ~(spec.qp.uverbsDropped[type] ?? 0)) >>> 0;
}
