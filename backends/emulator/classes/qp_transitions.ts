/** The state tables compiled for look-up by numbers: two array accesses per modify. */
import type { Spec, Transition } from '../../../spec/model.ts';
import { bitOf, isLegal, transitionOf } from '../../../spec/qp_rules.ts';

/** What one table says of one type. */
export interface Moves {
  /** Modify bits the type understands, STATE included. */
  readonly understood: number;
  /** The masks of every legal pair, by the numbers of its two states; undefined where a pair is not legal. */
  readonly from: readonly (readonly (Transition | undefined)[])[];
}

const ALL_BITS = 0xffffffff;

/** Moves by table and type; no legal pair where the tables do not have them. */
export function compileMoves(spec: Spec): (table: string, type: string) => Moves {
  const states = Object.entries(spec.enums['qp_state'] ?? {});
  const width = 1 + Math.max(...states.map(([, number]) => number));
  /** A list with what `of` says of each state at the state's number. */
  const byNumber = <T>(of: (state: string) => T, otherwise: T): T[] => {
    const list = new Array<T>(width).fill(otherwise);
    for (const [state, number] of states) list[number] = of(state);
    return list;
  };
  const compiled = new Map<string, Moves>();
  for (const [name, table] of Object.entries(spec.qp.tables)) {
    const understood = table.understood === undefined ? ALL_BITS : table.understood | bitOf(spec.qp, 'STATE');
    for (const type of Object.keys(table.types)) {
      const pair = (from: string, to: string): Transition | undefined =>
        isLegal(table, from, to) ? transitionOf(table, type, from, to) : undefined;
      const from = byNumber((one) => byNumber((other) => pair(one, other), undefined), []);
      compiled.set(`${name} ${type}`, { understood, from });
    }
  }
  return (table, type) => compiled.get(`${table} ${type}`) ?? { understood: ALL_BITS, from: [] };
}
