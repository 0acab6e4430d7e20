/** Objects created and modified in the ways that steps/client/cases.ts has words for. */
import { Then, When } from '@cucumber/cucumber';
import type { Value } from '../../spec/abi/abi.ts';
import { casesOf, createEach } from '../client/cases.ts';
import { difference } from '../client/difference.ts';
import { readThing } from '../client/memory.ts';
import { on } from '../client/things.ts';
import { judge } from '../support/judge.ts';
import { objectOf } from '../support/parameter_types.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

When('{object}(s) is/are created with {string}', async function (this: RdmaWorld, words: string, cases: string) {
  const context = this.context();
  this.trials = await createEach(context, objectOf(words), await casesOf(context, cases));
});

When('the {object} is modified with {string}', async function (this: RdmaWorld, words: string, cases: string) {
  const thing = this.thing(words);
  const trials: Trial[] = [];
  for (const { name, attributes } of await casesOf(this.context(), cases)) {
    const before = await readThing(thing);
    const result = await thing.context.call(on(thing, 'modify', attributes as Readonly<Record<string, Value>>));
    const changed = difference(before, await readThing(thing));
    trials.push({ name, result, expected: 'unchanged', got: changed === '' ? 'unchanged' : changed });
  }
  this.trials = trials;
});

Then('every call succeeds where the device can do it, and is refused elsewhere', function (this: RdmaWorld) {
  const refusals = this.errnosOf(this.clause.id);
  const answerOf = (permission: string): string | undefined =>
    this.trials.find(({ name }) => name.endsWith(permission))?.result.answer;
  // A device that flushes may find that this memory does not persist.
  const volatile = answerOf('FLUSH_GLOBAL') === '0' ? ['EINVAL'] : [];
  for (const trial of this.trials)
    judge(this, trial, ['0', ...refusals, ...(trial.name.endsWith('FLUSH_PERSISTENT') ? volatile : [])]);
});
