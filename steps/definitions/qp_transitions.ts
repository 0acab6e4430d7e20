/** The state machine, walked from the tables: one scenario per type and state, one check per modify and per look afterwards. */
import { Then, When } from '@cucumber/cucumber';
import type { Judgement } from '../../spec/qp_rules.ts';
import { inChains } from '../client/chains.ts';
import { movesOf, type Move } from '../client/matrix.ts';
import { changes, modifyCall, queuePairIn, readAll, stateOf, type Look } from '../client/queue_pairs.ts';
import { make, transportOf, type Thing } from '../client/things.ts';
import { judge } from '../support/judge.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** Refused modifies are tried one after the other on this many queue pairs side by side. */
const LANES = 2;

When(
  'a {type} queue pair in {state} makes each legal transition, bare and with each optional attribute',
  async function (this: RdmaWorld, type: string, state: string) {
    const context = this.context();
    const transport = await transportOf(context);
    const moves = await movesHere(this, type, state, 'accepted');
    const { parts } = await make(context, 'qp', type);
    this.trials = await inChains(moves, async (move) => {
      const qp = await queuePairIn(context, type, state, parts);
      const result = await context.call(modifyCall(qp, state, move.to, move.bits, transport));
      return { name: move.name, result, expected: move.to, got: await stateOf(qp) };
    });
  },
);

When(
  'a {type} queue pair in {state} makes each legal transition without each required attribute',
  async function (this: RdmaWorld, type: string, state: string) {
    this.trials = await refusals(this, type, state, await movesHere(this, type, state, 'required'));
  },
);

When(
  'a {type} queue pair in {state} makes each legal transition with each foreign attribute',
  async function (this: RdmaWorld, type: string, state: string) {
    this.trials = await refusals(this, type, state, await movesHere(this, type, state, 'foreign'));
  },
);

When(
  'a {type} queue pair in {state} is asked for each illegal transition',
  async function (this: RdmaWorld, type: string, state: string) {
    this.trials = await refusals(this, type, state, await movesHere(this, type, state, 'illegal'));
  },
);

When(
  'a DRIVER queue pair in {state} is given each attribute its sub-type does not understand',
  async function (this: RdmaWorld, state: string) {
    const { understood = 0 } = Object.values(this.spec.qp.tables).find((table) => table.driverType !== undefined) ?? {};
    const bits = Object.entries(this.spec.qp.bits).filter(([, bit]) => (understood & (1 << bit)) === 0);
    const moves = bits.map(([bit]) => ({ name: `${state} with ${bit}`, from: state, to: 'RESET', bits: [bit] }));
    this.trials = await refusals(this, 'DRIVER', state, moves);
  },
);

Then('every modify is refused and leaves the queue pair as it was', function (this: RdmaWorld) {
  for (const trial of this.trials) judge(this, trial, this.errnosOf(this.clause.id));
});

Then('every modify succeeds and the queue pair is in the new state', function (this: RdmaWorld) {
  for (const trial of this.trials) judge(this, trial, ['0']);
});

/** The moves of one kind that this device's port can carry: there is no alternate path on RoCE. */
async function movesHere(world: RdmaWorld, type: string, state: string, kind: Judgement): Promise<Move[]> {
  const transport = await transportOf(world.context());
  const moves = movesOf(world.spec, world.client.session.abi, type, state, kind);
  return transport === 'ROCE' && kind === 'accepted' ? moves.filter((move) => !move.bits.includes('ALT_PATH')) : moves;
}

/** Tries modifies that must change nothing; a queue pair is used again only while it is unchanged. */
async function refusals(world: RdmaWorld, type: string, state: string, moves: readonly Move[]): Promise<Trial[]> {
  const context = world.context();
  const transport = await transportOf(context);
  const { parts } = await make(context, 'qp', type);
  const lanes = Array.from({ length: Math.min(LANES, moves.length) }, (_, lane) =>
    moves.filter((_move, index) => index % LANES === lane),
  );
  const trials = await inChains(lanes, async (lane) => {
    let qp: Thing | undefined;
    let before: Look | undefined;
    const tried: Trial[] = [];
    for (const move of lane) {
      if (qp === undefined || before === undefined) {
        qp = await queuePairIn(context, type, state, parts);
        before = await readAll(qp);
      }
      const result = await context.call(modifyCall(qp, state, move.to, move.bits, transport));
      const got = changes(before, await readAll(qp));
      tried.push({
        name: move.name,
        result,
        expected: `${state}, unchanged`,
        got: got === '' ? `${state}, unchanged` : got,
      });
      if (got !== '') qp = undefined;
    }
    return tried;
  });
  return trials.flat();
}
