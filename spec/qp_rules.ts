/**
 * The judgement of the queue-pair tables: what the tables say of one transition and one set of attributes.
 * Source: the rule of the kernel's generic check, core/verbs.c ib_modify_qp_is_ok.
 */
import type { QpStates, QpTable, Transition } from './model.ts';

export type Judgement = 'accepted' | 'illegal' | 'required' | 'foreign';

/** The states through which a queue pair comes to life. */
const UPWARDS = ['INIT', 'RTR', 'RTS'];
const NOTHING: Transition = { required: 0, optional: 0 };

export function isLegal(table: QpTable, from: string, to: string): boolean {
  return table.legal[from]?.includes(to) === true;
}

/** Whether the table has a move refused; where it says which are, others that are not legal are left to the driver. */
export function isRefused(table: QpTable, from: string, to: string): boolean {
  return table.refused === undefined ? !isLegal(table, from, to) : table.refused[from]?.includes(to) === true;
}

/** The masks of a legal pair for a type; a pair without an entry takes and needs nothing. */
export function transitionOf(table: QpTable, type: string, from: string, to: string): Transition {
  return table.types[type]?.[`${from}->${to}`] ?? NOTHING;
}

/** `mask`: modify bits without STATE. The first rule broken, in the order illegal, required, foreign. */
export function judge(table: QpTable, type: string, from: string, to: string, mask: number): Judgement {
  if (!isLegal(table, from, to)) return 'illegal';
  const { required, optional } = transitionOf(table, type, from, to);
  if ((mask & required) !== required) return 'required';
  if ((mask & ~(required | optional)) !== 0) return 'foreign';
  return 'accepted';
}

/** The states that modifies lead through from RESET to `state`, itself last. Where no way leads on, one modify asks for it. */
export function wayTo(state: string): readonly string[] {
  const at = UPWARDS.indexOf(state);
  return at === -1 ? [state] : UPWARDS.slice(0, at + 1);
}

/** The bit of a name, as a mask; throws where the tables have none. */
export function bitOf(qp: QpStates, name: string): number {
  const bit = qp.bits[name];
  if (bit === undefined) throw new RangeError(`the tables have no bit ${name}`);
  return (1 << bit) >>> 0;
}

/** The bit names in a mask, in order of their numbers. */
export function bitNames(qp: QpStates, mask: number): string[] {
  return Object.entries(qp.bits)
    .filter(([, bit]) => (mask & (1 << bit)) !== 0)
    .map(([name]) => name);
}
