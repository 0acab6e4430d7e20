/** Malformations by phase of the precedence rule, each with the clause that refuses it; a fault changes the call or its message. */
import type { Call } from '../../spec/abi/abi.ts';
import type { DamageName } from '../../spec/abi/damage_names.ts';

export interface Fault {
  /** Phase of spec/chapters/dispatch.md, 1 to 15. */
  readonly phase: number;
  readonly clause: string;
  /** Done to the message. */
  readonly damage?: DamageName;
  /** Done to the neutral call; undefined where the call has nothing to spoil. */
  readonly spoil?: (call: Call) => Call | undefined;
}

/** A handle no test ever reaches. */
const NO_HANDLE = 0x00fffff0;

function replaced(call: Call, names: readonly string[], value: string | number): Call | undefined {
  const name = names.find((candidate) => candidate in call.attributes);
  return name === undefined ? undefined : { ...call, attributes: { ...call.attributes, [name]: value } };
}

export const FAULTS: readonly Fault[] = [
  { phase: 1, clause: 'request-foreign', damage: 'foreign-request' },
  { phase: 2, clause: 'header-unreadable', damage: 'unreadable-header' },
  { phase: 3, clause: 'message-length-minimum', damage: 'length-below-minimum' },
  { phase: 4, clause: 'message-read-only', damage: 'read-only-body' },
  { phase: 5, clause: 'class-unknown', damage: 'unknown-class' },
  { phase: 6, clause: 'attribute-overrun', damage: 'attribute-overrun' },
  { phase: 7, clause: 'attribute-reserved-zero', damage: 'reserved-set' },
  { phase: 8, clause: 'attribute-unknown-mandatory', damage: 'unknown-mandatory' },
  { phase: 9, clause: 'attribute-duplicate', damage: 'duplicate' },
  { phase: 10, clause: 'attribute-short', damage: 'shorten' },
  { phase: 10, clause: 'attribute-long-nonzero', damage: 'lengthen-nonzero' },
  { phase: 11, clause: 'attribute-missing', damage: 'drop' },
  { phase: 12, clause: 'handle-unknown', damage: 'unknown-object' },
  {
    phase: 13,
    clause: 'handle-attribute-unknown',
    spoil: (call) => replaced(call, ['pd', 'send_cq', 'xrcd'], NO_HANDLE),
  },
  { phase: 14, clause: 'attribute-enum-unknown', spoil: (call) => replaced(call, ['state', 'path_mtu'], 99) },
  {
    phase: 15,
    clause: 'cq-create-zero',
    spoil: (call) => (call.object === 'cq' ? replaced(call, ['cqe'], 0) : undefined),
  },
];

/** The clause under which a damage of a message is refused. */
export function clauseOf(damage: DamageName): string {
  const fault = FAULTS.find((candidate) => candidate.damage === damage);
  if (fault === undefined) throw new RangeError(`no clause is known to refuse ${damage}`);
  return fault.clause;
}
