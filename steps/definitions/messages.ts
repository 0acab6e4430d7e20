/** Every method of the device called with one named malformation. */
import { Then, When } from '@cucumber/cucumber';
import type { Damage } from '../../spec/abi/abi.ts';
import type { DamageName } from '../../spec/abi/damage_names.ts';
import { inChains } from '../client/chains.ts';
import type { Context } from '../client/client.ts';
import { damaged } from '../client/damaged.ts';
import type { Result } from '../client/result.ts';
import { outputs } from '../client/outputs.ts';
import { specimenCall, specimensOf, successClause, type Specimen } from '../client/specimens.ts';
import { Refused } from '../client/things.ts';
import { judge } from '../support/judge.ts';
import type { RdmaWorld } from '../support/world.ts';

/** What damage `long-room` puts behind the value. */
const FILLED_ROOM = Buffer.alloc(8, 0xff);

When('every method is called with {damage}', async function (this: RdmaWorld, name: DamageName) {
  const context = this.context();
  const damage = damageOf(this, name);
  const trials = await inChains(specimensOf(context), (specimen) => damaged(context, specimen, damage));
  this.trials = trials.flat();
});

When('every method is called with {damage}, beside a sound call', async function (this: RdmaWorld, name: DamageName) {
  const context = this.context();
  const damage = damageOf(this, name);
  const trials = await inChains(specimensOf(context), async (specimen) => {
    const sound = await context.call(await specimenCall(context, specimen));
    // A method that the driver does not have is the business of its own clauses; any other refusal blocks this one.
    if (sound.answer === 'EOPNOTSUPP') return [];
    if (sound.errno !== 0) throw new Refused(successClause(context.client.session, specimen), sound);
    const again = await soundCall(context, specimen);
    // Outputs that change by themselves cannot be held against the damage.
    if (outputs(sound) !== outputs(again))
      throw new Refused(successClause(context.client.session, specimen), again, `outputs as before, ${outputs(sound)}`);
    const trials = await damaged(context, specimen, damage);
    return trials.map((trial) => ({ ...trial, expected: outputs(sound), got: outputs(trial.result) }));
  });
  this.trials = trials.flat();
});

Then('every call succeeds and leaves zeros in the room beyond the value', function (this: RdmaWorld) {
  for (const trial of this.trials) {
    const { before, after } = trial.result;
    // The room that was added came filled with ones, eight bytes of them: nothing else in a message looks like that.
    const at = Buffer.from(before).indexOf(FILLED_ROOM);
    const left = after.subarray(at, at + FILLED_ROOM.length);
    const got = at >= 0 && left.every((byte) => byte === 0) ? 'zeros' : `bytes ${left.join(' ')}`;
    judge(this, { ...trial, expected: `${trial.expected ?? ''} and zeros`, got: `${trial.got ?? ''} and ${got}` }, [
      '0',
    ]);
  }
});

Then('exactly the outputs are marked as written', function (this: RdmaWorld) {
  for (const trial of this.trials) {
    const { attributes: all } = this.client.session.abi.decode(trial.result.request, trial.result.after);
    const attributes = all.filter(({ notes }) => !notes.includes('output of some'));
    const expected = attributes.filter((item) => item.notes.includes('output')).map((item) => item.name);
    const marked = attributes.filter((item) => item.notes.includes('written')).map((item) => item.name);
    this.check(
      trial.name,
      expected.join() === marked.join(),
      expected.join(' ') || 'none',
      marked.join(' ') || 'none',
      trial.result,
    );
  }
});

When('every method is called', async function (this: RdmaWorld) {
  const context = this.context();
  this.trials = await inChains(specimensOf(context), async (specimen) => ({
    name: specimen.name,
    result: await soundCall(context, specimen),
  }));
});

/** Nothing can be said of a damaged call where the sound one is refused already. */
async function soundCall(context: Context, specimen: Specimen): Promise<Result> {
  const result = await context.call(await specimenCall(context, specimen));
  if (result.errno !== 0) throw new Refused(successClause(context.client.session, specimen), result);
  return result;
}

function damageOf(world: RdmaWorld, name: DamageName): Damage<unknown> {
  const damage = world.client.session.abi.damage[name];
  if (damage === undefined)
    throw new Error(`${world.client.session.abi.id} has no ${name}; limit the scenario by @abi:`);
  return damage;
}
