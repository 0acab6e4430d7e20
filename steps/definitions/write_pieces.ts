/** Writes of several pieces: each is a command or it is nothing. */
import { Then, When } from '@cucumber/cucumber';
import type { Call } from '../../spec/abi/abi.ts';
import type { Written } from '../../spec/abi/native.ts';
import { inChains } from '../client/chains.ts';
import type { Context } from '../client/client.ts';
import { commandsOf } from '../client/commands.ts';
import { nativeOf, writeBytes } from '../client/native.ts';
import { firstPiece, joined, lengthOf, writeCut, writtenOf } from '../client/pieces.ts';
import { specimenCall } from '../client/specimens.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const ALLOC_PD: Call = { object: 'pd', method: 'create', attributes: {} };
const COMMAND = 'alloc_pd';
/** Within the header, behind that of a plain command, behind that of an extended one. */
const CUTS = [4, 8, 24];

When('every write command is written in two pieces', async function (this: RdmaWorld) {
  const context = this.context();
  const trials = await inChains(await commandsOf(context), async ({ command, specimen }) => {
    const call = await specimenCall(context, specimen);
    const made: Trial[] = [];
    for (const cut of CUTS.filter((at) => at < lengthOf(writtenOf(context, command.name, call)))) {
      const alone = await writeBytes(
        context,
        firstPiece(writtenOf(context, command.name, call), cut),
        command.name,
        call,
      );
      const result = await writeCut(context, writtenOf(context, command.name, call), cut, command.name, call);
      made.push({ name: `${command.name}, cut at ${String(cut)}`, result, expected: alone.answer, got: result.answer });
    }
    return made;
  });
  this.trials = trials.flat();
});

Then('it is answered as its first piece alone', function (this: RdmaWorld) {
  for (const { name, result, expected = '', got = '' } of this.trials) {
    // A first piece that is a command is none of these.
    const passed = expected === got && expected !== '0';
    this.check(name, passed, expected === '0' ? 'a refusal' : expected, got, result);
  }
});

Then('two commands in the pieces of one write are both carried out', async function (this: RdmaWorld) {
  const context = this.context();
  const [one, other] = [writtenOf(context, COMMAND, ALLOC_PD), writtenOf(context, COMMAND, ALLOC_PD)];
  const both = joined(one, other);
  const result = await writeCut(context, both, lengthOf(one), COMMAND, ALLOC_PD);
  const length = String(lengthOf(both));
  this.check('bytes taken', String(result.value) === length, length, answered(result), result);
  for (const [name, command, room] of [
    ['first', one, 1],
    ['second', other, one.regions.length],
  ] as const) {
    const end = await ended(context, command, both, room);
    this.check(`domain of the ${name}`, end === '0', '0', end, result);
  }
});

Then('what is taken before a refused piece counts, and nothing behind it is done', async function (this: RdmaWorld) {
  const context = this.context();
  const sound = writtenOf(context, COMMAND, ALLOC_PD);
  const wrong = firstPiece(writtenOf(context, COMMAND, ALLOC_PD), 4);
  const before = await writeCut(context, joined(sound, wrong), lengthOf(sound), COMMAND, ALLOC_PD);
  const length = String(lengthOf(sound));
  this.check('sound, then refused', String(before.value) === length, length, answered(before), before);
  const behind = await writeCut(context, joined(wrong, sound), lengthOf(wrong), COMMAND, ALLOC_PD);
  const alone = await writeBytes(context, wrong, COMMAND, ALLOC_PD);
  this.check('refused, then sound', behind.answer === alone.answer, alone.answer, answered(behind), behind);
});

function answered({ answer, value }: { readonly answer: string; readonly value: number }): string {
  return answer === '0' ? String(value) : answer;
}

/** Destroys the domain that a command made whose room is a region of another write. */
async function ended(
  context: Context,
  { regions: [frame], patches }: Written,
  whole: Written,
  room: number,
): Promise<string> {
  const its = whole.regions[room];
  if (frame === undefined || its === undefined) throw new RangeError('a command has a frame and room');
  const { handle } = nativeOf(context).answered(COMMAND, ALLOC_PD, { regions: [frame, its], patches });
  return (await context.call({ object: 'pd', method: 'destroy', on: handle, attributes: {} })).answer;
}
