/** Hardware contexts: versions, numbers, settings, reset. */
import { Then, When } from '@cucumber/cucumber';
import type { Value } from '../../spec/abi/abi.ts';
import { attributeOf } from '../../spec/abi/uapi/tables.ts';
import { kept, readContext } from '../client/hw_contexts.ts';
import { Refused, createCall, exampleOf, make, on, tableOf, type Thing } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const MAJOR = 0x10000;
/** Methods that set something, and a value other than that at creation for each. */
const SETTINGS: readonly (readonly [method: string, attribute: string, value: Value])[] = [
  ['recv_ctrl', 'receive_enabled', 1],
  ['set_poll_type', 'poll_type', 'URGENT'],
  ['set_pkey', 'pkey', 0x8002],
];
const MANAGEMENT = [0x7fff, 0xffff];

When(
  'hardware contexts are created for callers of other {word} versions',
  async function (this: RdmaWorld, part: string) {
    const context = this.context();
    const own = Number(exampleOf(attributeOf(tableOf(this.spec, 'hw_context'), 'user_version')));
    const step = part === 'major' ? MAJOR : 1;
    const trials: Trial[] = [];
    for (const version of [own - step, own + step, own + 2 * step]) {
      const { call } = await createCall(context, 'hw_context', undefined, { user_version: version });
      trials.push({ name: `version 0x${version.toString(16)}`, result: await context.call(call) });
    }
    this.trials = trials;
  },
);

Then('no two hardware contexts of two files have the same number', async function (this: RdmaWorld) {
  const files = [this.context(), this.context('the second file')];
  const live: Thing[] = [];
  for (let turn = 0; turn < 8; turn += 1) {
    for (const context of files) live.push(await make(context, 'hw_context'));
    const oldest = live[turn];
    if (turn % 2 === 0 || oldest === undefined) continue;
    const gone = await oldest.context.call(on(oldest, 'destroy'));
    if (gone.errno !== 0) throw new Refused('driver-class', gone);
    live.splice(turn, 1);
  }
  const numbers = live.map((thing) => Number(thing.created.reply?.attributes['context_number'] ?? -1));
  const different = new Set(numbers).size;
  this.check('numbers', different === live.length, `${String(live.length)} different`, numbers.join(' '));
});

Then('a query reports what each hardware context was assigned', async function (this: RdmaWorld) {
  for (const count of [0, 1, 8]) {
    const thing = await make(this.context(), 'hw_context', undefined, { subcontext_count: count });
    const granted = thing.created.reply?.attributes ?? {};
    const reading = await readContext(thing);
    const expected = [granted['context_number'], granted['driver_version'], count].map(words).join(' ');
    const got = [reading['context_number'], reading['driver_version'], reading['subcontext_count']]
      .map(words)
      .join(' ');
    this.check(`${String(count)} subcontexts`, expected === got, expected, got, thing.created);
  }
});

Then('each setting changes in the hardware context addressed and nowhere else', async function (this: RdmaWorld) {
  const thing = this.thing('hardware context');
  const other = this.thing('other hardware context');
  for (const [method, attribute, value] of SETTINGS) {
    const [before, beside] = [await readContext(thing), await readContext(other)];
    const result = await thing.context.call(on(thing, method, { [attribute]: value }));
    this.check(method, result.errno === 0, '0', result.answer, result);
    const expected = kept(before, { ...before, [attribute]: value });
    const got = kept(before, await readContext(thing));
    this.check(`${method} in the context`, got === expected, expected, got, result);
    const elsewhere = kept(beside, await readContext(other));
    this.check(`${method} in the other`, elsewhere === 'unchanged', 'unchanged', elsewhere, result);
  }
});

When('the partition keys of the management are set', async function (this: RdmaWorld) {
  const thing = this.thing('hardware context');
  const trials: Trial[] = [];
  for (const pkey of MANAGEMENT) {
    const before = await readContext(thing);
    const result = await thing.context.call(on(thing, 'set_pkey', { pkey }));
    trials.push({
      name: `0x${pkey.toString(16)}`,
      result,
      expected: 'unchanged',
      got: kept(before, await readContext(thing)),
    });
  }
  this.trials = trials;
});

Then('a reset puts every setting back', async function (this: RdmaWorld) {
  const thing = this.thing('hardware context');
  const before = await readContext(thing);
  for (const [method, attribute, value] of SETTINGS) {
    const result = await thing.context.call(on(thing, method, { [attribute]: value }));
    if (result.errno !== 0) throw new Refused('hw-context-settings', result);
  }
  const result = await thing.context.call(on(thing, 'reset'));
  this.check('reset', result.errno === 0, '0', result.answer, result);
  const got = kept(before, await readContext(thing));
  this.check('settings', got === 'unchanged', 'unchanged', got, result);
});
