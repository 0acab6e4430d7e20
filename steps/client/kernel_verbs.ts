/** Completion queues, queue pairs and memory regions of a consumer inside the kernel, as storage protocols use them. */
import type { Value } from '../../spec/abi/abi.ts';
import { scalar } from '../../spec/abi/uapi/values.ts';
import { transitionOf, bitNames, type Judgement } from '../../spec/qp_rules.ts';
import type { Context } from './client.ts';
import { MAY_SLEEP, kernelCall, type KernelAnswer } from './kernel.ts';
import { movesOf, type Move } from './matrix.ts';
import { attributesOf, tableFor } from './queue_pairs.ts';
import { Refused, exampleOf, tableOf, transportOf } from './things.ts';

const TYPE = 'RC';
const CQE = 16;
/** States and the way to them; no call leads to SQE. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  RESET: [],
  INIT: ['INIT'],
  RTR: ['INIT', 'RTR'],
  RTS: ['INIT', 'RTR', 'RTS'],
  SQD: ['INIT', 'RTR', 'RTS', 'SQD'],
  ERR: ['INIT', 'ERR'],
};

/** Bits whose values are not tried: two paths at once have no place in a control. */
const LEFT_OUT: ReadonlySet<string> = new Set(['ALT_PATH', 'CAP']);

type Attributes = Readonly<Record<string, Value>>;

/** Calls on the objects of one kind. */
export class KernelVerbs {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  create(object: string, attributes: Attributes = {}): Promise<KernelAnswer> {
    const variant = object === 'qp' ? { variant: TYPE } : {};
    const method = object === 'mr' ? 'alloc' : 'create';
    return kernelCall(this.#context.client, MAY_SLEEP, { object, ...variant, method, attributes });
  }

  /** One that is there; what cannot be made blocks by the clause it rests on. A domain needs nothing, a queue entries. */
  async make(object: string, attributes: Attributes = object === 'cq' ? { cqe: CQE } : {}): Promise<number> {
    const made = await this.create(object, attributes);
    if (made.answer !== '0') throw new Refused(object === 'pd' ? 'ah-kernel' : `kernel-${object}`, made);
    return made.handle;
  }

  async destroy(object: string, on: number): Promise<string> {
    const variant = object === 'qp' ? { variant: TYPE } : {};
    return (await kernelCall(this.#context.client, MAY_SLEEP, { object, ...variant, method: 'destroy', on })).answer;
  }

  /** What a queue pair is made with; `cap` replaces sizes. */
  queuePair(pd: number, cq: number, cap: Readonly<Record<string, number>> = {}): Attributes {
    const { attributes } = tableOf(this.#context.client.session.spec, 'qp');
    const sizes = attributes['cap'] === undefined ? {} : (exampleOf(attributes['cap']) as Record<string, number>);
    return { pd, send_cq: cq, recv_cq: cq, cap: { ...sizes, ...cap } };
  }

  async modify(on: number, from: string, to: string, bits: readonly string[]): Promise<string> {
    const { spec } = this.#context.client.session;
    const transport = await transportOf(this.#context);
    const given = { state: to, ...attributesOf(this.#context, bits, from, transport) };
    const attributes: Record<string, Value> = {};
    for (const [name, value] of Object.entries(given)) {
      const type = tableOf(spec, 'qp').attributes[name]?.type;
      attributes[name] = type === undefined || type.kind === 'struct' ? value : scalar(spec, type, value);
    }
    const call = { object: 'qp', variant: TYPE, method: 'modify', on, attributes };
    return (await kernelCall(this.#context.client, MAY_SLEEP, call)).answer;
  }

  /** By the shortest way, with the least that each step needs. */
  async bring(on: number, state: string): Promise<void> {
    const { spec } = this.#context.client.session;
    let from = 'RESET';
    for (const to of WAYS[state] ?? []) {
      const { required } = transitionOf(tableFor(spec, TYPE), TYPE, from, to);
      const answer = await this.modify(on, from, to, bitNames(spec.qp, required));
      if (answer !== '0') throw new Refused('kernel-qp-modify', { answer });
      from = to;
    }
  }

  async stateOf(on: number): Promise<string> {
    const asked = await kernelCall(this.#context.client, MAY_SLEEP, {
      object: 'qp',
      variant: TYPE,
      method: 'query',
      on,
    });
    const states = Object.entries(this.#context.client.session.spec.enums['qp_state'] ?? {});
    return asked.answer === '0'
      ? (states.find(([, number]) => number === asked.numbers['state'])?.[0] ?? '?')
      : asked.answer;
  }

  /** What the table says of moves out of a state, of those that a control can carry. */
  moves(from: string, kind: Judgement): Move[] {
    const { spec, abi } = this.#context.client.session;
    return movesOf(spec, abi, TYPE, from, kind).filter(
      ({ bits }) => !bits.some((bit) => LEFT_OUT.has(bit)) && !(bits.includes('AV') && bits.includes('PORT')),
    );
  }
}
