/** Driver data, as far as the core has a say in them. */
import { Then } from '@cucumber/cucumber';
import { inChains } from '../client/chains.ts';
import { specimenCall, specimensOf, successClause } from '../client/specimens.ts';
import { Refused } from '../client/things.ts';
import type { RdmaWorld } from '../support/world.ts';

/** The output that holds driver data. */
const ROOM = 'UHW_OUT';

// Creates have driver data everywhere; what other methods do with them is their driver's affair, refusal included.
Then('every create marks the room for driver data beside what it marks without it', async function (this: RdmaWorld) {
  const context = this.context();
  const { abi } = this.client.session;
  const damage = abi.damage['driver-room'];
  const creates = specimensOf(context).filter((one) => one.creates);
  const told = await inChains(creates, async (specimen) => {
    const call = await specimenCall(context, specimen);
    const draft = abi.draft(call);
    const [target] = damage?.targets(draft) ?? [];
    if (damage === undefined || target === undefined) return [];
    const sound = await context.send(abi.encode(draft), call);
    if (sound.errno !== 0) throw new Refused(successClause(context.client.session, specimen), sound);
    const again = await specimenCall(context, specimen);
    const result = await context.send(abi.encode(damage.apply(abi.draft(again), target)), again);
    const marked = (bytes: Uint8Array): string[] =>
      abi
        .decode(result.request, bytes)
        .attributes.filter(({ notes }) => notes.includes('written'))
        .map(({ name }) => name);
    const expected = [...new Set([...marked(sound.after), ROOM])].toSorted();
    return [{ name: specimen.name, result, expected, got: marked(result.after).toSorted() }];
  });
  for (const { name, result, expected, got } of told.flat())
    this.check(name, expected.join() === got.join(), expected.join(' '), got.join(' ') || result.answer, result);
});
