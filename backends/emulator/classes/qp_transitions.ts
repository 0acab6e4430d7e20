/** The state tables compiled for look-up by numbers: one array access per modify. */
import type { Spec, Transition } from '../../../spec/model.ts';
import { isLegal, transitionOf } from '../../../spec/qp_rules.ts';

export interface Transitions {
  /** The masks of a pair, or undefined where it is not legal. States are numbers of enum `qp_state`. */
  of(table: string, type: string, from: number, to: number): Transition | undefined;
}

export function compileTransitions(spec: Spec): Transitions {
  const states = Object.entries(spec.enums['qp_state'] ?? {});
  const width = 1 + Math.max(...states.map(([, number]) => number));
  const compiled = new Map<string, Map<string, (Transition | undefined)[]>>();
  for (const [name, table] of Object.entries(spec.qp.tables)) {
    const types = new Map<string, (Transition | undefined)[]>();
    for (const type of Object.keys(table.types)) {
      const grid = new Array<Transition | undefined>(width * width).fill(undefined);
      for (const [from, fromNumber] of states) {
        for (const [to, toNumber] of states) {
          if (isLegal(table, from, to)) grid[fromNumber * width + toNumber] = transitionOf(table, type, from, to);
        }
      }
      types.set(type, grid);
    }
    compiled.set(name, types);
  }
  return {
    of: (table, type, from, to) => (to < width ? compiled.get(table)?.get(type)?.[from * width + to] : undefined),
  };
}
