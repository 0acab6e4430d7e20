/** Queue pairs of iWARP: what modify does to one that has no connection. */
import { Then, When } from '@cucumber/cucumber';
import { bitNames, transitionOf } from '../../spec/qp_rules.ts';
import { modifyCall, queuePairIn, readAll, tableOn, transitionCall } from '../client/queue_pairs.ts';
import { make } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** Names that an idle queue pair can have. */
const IDLE: readonly string[] = ['RESET', 'INIT', 'RTR'];
/** Moves of one queue pair after the other, and what it can be in afterwards; RTS is refused. */
const WAY: readonly (readonly [to: string, states: readonly string[]])[] = [
  ['INIT', IDLE],
  ['RTR', IDLE],
  ['RTS', IDLE],
  ['ERR', ['ERR']],
  ['RTS', ['ERR']],
];

When(
  'an iWARP {type} queue pair in {state} is moved to {state}, bare and with each optional attribute',
  async function (this: RdmaWorld, type: string, from: string, to: string) {
    const { optional } = transitionOf(tableOn(this.client.session, type), type, from, to);
    this.trials = await modifies(this, type, from, to, [[], ...bitNames(this.spec.qp, optional).map((bit) => [bit])]);
  },
);

When(
  'an iWARP {type} queue pair in {state} is modified with nothing',
  async function (this: RdmaWorld, type: string, state: string) {
    this.trials = await modifies(this, type, state, undefined, [[]]);
  },
);

When(
  'an iWARP {type} queue pair in {state} is given a rate limit',
  async function (this: RdmaWorld, type: string, state: string) {
    this.trials = await modifies(this, type, state, undefined, [['RATE_LIMIT']]);
  },
);

/** One modify for each list of bits, each of a queue pair of its own in state `from`. */
async function modifies(
  world: RdmaWorld,
  type: string,
  from: string,
  to: string | undefined,
  lists: readonly (readonly string[])[],
): Promise<Trial[]> {
  const context = world.context();
  const trials: Trial[] = [];
  for (const bits of lists) {
    const qp = await queuePairIn(context, type, from);
    const move = to === undefined ? from : `${from}->${to}`;
    const name = bits.length === 0 ? move : `${move} with ${bits.join()}`;
    trials.push({ name, result: await context.call(modifyCall(qp, from, to, bits)) });
  }
  return trials;
}

Then(
  'an iWARP {type} queue pair reports after each move a state that it can be in',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const qp = await make(context, 'qp', type);
    const look = async (when: string, states: readonly string[]): Promise<void> => {
      const { result, values } = await readAll(qp);
      for (const name of ['state', 'cur_state']) {
        const got = words(values[name] ?? '(not reported)');
        this.check(`${name} ${when}`, states.includes(got), states.join(' or '), got, result);
      }
    };
    await look('after create', IDLE);
    let before = 'RESET';
    for (const [to, states] of WAY) {
      await context.call(transitionCall(qp, before, to));
      await look(`after ${before}->${to}`, states);
      if (to !== 'RTS') before = to;
    }
  },
);
