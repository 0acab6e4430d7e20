/**
 * The transition matrix of one queue-pair type and one state, as the tables have it: which modifies are to be tried
 * and what the table says of each. Only those whose mask reaches the table unchanged in this ABI are tried here.
 */
import type { Abi } from '../../spec/abi/abi.ts';
import type { QpTable, Spec } from '../../spec/model.ts';
import { bitNames, bitOf, isLegal, judge, transitionOf, type Judgement } from '../../spec/qp_rules.ts';
import { tableFor } from './queue_pairs.ts';

export interface Move {
  /** `INIT->RTR with PKEY_INDEX`: how checks name it. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Modify bits beside STATE. */
  readonly bits: readonly string[];
}

type Maker = (spec: Spec, table: QpTable, type: string, from: string, to: string) => Move[];

/** Every legal transition bare, and with each optional attribute. */
const accepted: Maker = (spec, table, type, from, to) => {
  if (!isLegal(table, from, to)) return [];
  const { required, optional } = transitionOf(table, type, from, to);
  const least = bitNames(spec.qp, required);
  const bare = { name: `${from}->${to}`, from, to, bits: least };
  return [
    bare,
    ...bitNames(spec.qp, optional).map((bit) => ({
      name: `${from}->${to} with ${bit}`,
      from,
      to,
      bits: [...least, bit],
    })),
  ];
};

/** Each required attribute left out. */
const required: Maker = (spec, table, type, from, to) => {
  if (!isLegal(table, from, to)) return [];
  const least = bitNames(spec.qp, transitionOf(table, type, from, to).required);
  return least.map((bit) => ({
    name: `${from}->${to} without ${bit}`,
    from,
    to,
    bits: least.filter((other) => other !== bit),
  }));
};

/** Each attribute of bits 1 to 20 that the transition does not take, added. */
const foreign: Maker = (spec, table, type, from, to) => {
  if (!isLegal(table, from, to)) return [];
  const { required: needs, optional } = transitionOf(table, type, from, to);
  const least = bitNames(spec.qp, needs);
  const understood = table.understood ?? 0xffffffff;
  const others = Object.entries(spec.qp.bits).filter(
    ([, bit]) => bit >= 1 && bit <= 20 && ((needs | optional) & (1 << bit)) === 0 && (understood & (1 << bit)) !== 0,
  );
  return others.map(([bit]) => ({ name: `${from}->${to} with foreign ${bit}`, from, to, bits: [...least, bit] }));
};

/** Every pair that is not legal. */
const illegal: Maker = (_spec, table, _type, from, to) =>
  isLegal(table, from, to) ? [] : [{ name: `${from}->${to}`, from, to, bits: [] }];

const MAKERS: Readonly<Record<Judgement, Maker>> = { accepted, required, foreign, illegal };

/** The moves out of `from` that the tables judge as `kind`. */
export function movesOf(spec: Spec, abi: Abi, type: string, from: string, kind: Judgement): Move[] {
  const table = tableFor(spec, type);
  const maskOf = (bits: readonly string[]): number => bits.reduce((mask, bit) => mask | bitOf(spec.qp, bit), 0);
  return spec.qp.states
    .flatMap((to) => MAKERS[kind](spec, table, type, from, to))
    .filter((move) => judge(table, type, from, move.to, abi.modifyBits(type, move.to, maskOf(move.bits))) === kind);
}

/** A move that takes the attribute of `bit`, from a state that is reached without force; undefined where none does. */
export function moveTaking(spec: Spec, table: QpTable, type: string, bit: string): Move | undefined {
  const states = spec.qp.states.filter((state) => state !== 'SQE');
  const moves = states.flatMap((from) => states.flatMap((to) => accepted(spec, table, type, from, to)));
  return moves.find((move) => move.bits.includes(bit));
}
