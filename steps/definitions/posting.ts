/** Which work requests are taken and which are refused: by state, from the table, and by what was granted. */
import { When } from '@cucumber/cucumber';
import type { Posting } from '../../spec/model.ts';
import { inChains } from '../client/chains.ts';
import { pair } from '../client/pairs.ts';
import { posted } from '../client/posting_cases.ts';
import { stateOf } from '../client/queue_pairs.ts';
import { receive, send } from '../client/work.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

When(
  'a {queue} is posted to {type} queue pairs in each state that refuses it',
  async function (this: RdmaWorld, queue: 'send' | 'receive', type: string) {
    this.trials = await inEachState(this, queue, type, (outcome) => outcome === 'refused');
  },
);

When(
  'a {queue} is posted to {type} queue pairs in each state that takes it',
  async function (this: RdmaWorld, queue: 'send' | 'receive', type: string) {
    this.trials = await inEachState(this, queue, type, (outcome) => outcome !== 'refused');
  },
);

When('{string} is posted to a {type} queue pair', async function (this: RdmaWorld, words: string, type: string) {
  this.trials = [...(await posted(words, this.context(), type))];
});

/** One new pair per state of the table; SQE is entered by the control, where there is one. */
async function inEachState(
  world: RdmaWorld,
  queue: 'send' | 'receive',
  type: string,
  wanted: (outcome: Posting) => boolean,
): Promise<Trial[]> {
  const forced = world.client.session.capabilities.has('control-force-state');
  const states = Object.entries(world.spec.qp.posting[queue])
    .filter(([state, outcome]) => wanted(outcome) && (state !== 'SQE' || forced))
    .map(([state]) => state);
  return inChains(states, async (state) => {
    const { way } = await pair(world.context(), type, [state, 'RTS']);
    // Somebody receives, so that nothing but the posting can change the state.
    if (queue === 'send') await receive(way.to, 1, way.mr);
    const result = queue === 'send' ? await send(way, 1) : await receive(way.from, 1, way.mr);
    return { name: `${queue} in ${state}`, result, expected: state, got: await stateOf(way.from) };
  });
}
