/** The INTERFACE object: its lists against what the device really accepts, probed number by number without effect. */
import { Then, When } from '@cucumber/cucumber';
import type { StructValue } from '../../spec/abi/abi.ts';
import { inChains } from '../client/chains.ts';
import type { Context } from '../client/client.ts';
import type { Result } from '../client/result.ts';
import { ask, classesOf, methodsOf, probeAttribute, probeMethod, recordsOf } from '../client/interface.ts';
import type { RdmaWorld } from '../support/world.ts';

/** Class ids probed: the core's first ordinals and the driver's. */
const CORE_CLASSES = Array.from({ length: 64 }, (_, id) => id);
const DRIVER_CLASSES = Array.from({ length: 16 }, (_, id) => 0x8000 + id);
/** Methods tried to find out whether a class exists: the first of each range. */
const LIKELY_METHODS = [0, 1, 2, 3, 4, 32, 33, 96];
const METHODS = Array.from({ length: 128 }, (_, number) => number);
const ATTRIBUTES = [...Array.from({ length: 64 }, (_, id) => id), 0x7ffe, 0x8000, 0x8001, 0x801f];

Then('the list of classes is exactly what the device accepts', async function (this: RdmaWorld) {
  const context = this.context();
  const { ids, result } = await classesOf(context);
  const candidates = [...CORE_CLASSES, ...DRIVER_CLASSES];
  const accepted = await inChains(candidates, async (id) => anyMethod(context, id));
  const real = candidates.filter((_, index) => accepted[index]);
  this.check('classes', ids.join() === real.join(), real.join(' '), ids.join(' '), result);
});

async function anyMethod(context: Context, id: number): Promise<boolean> {
  for (const method of LIKELY_METHODS) if (await probeMethod(context, id, method)) return true;
  return false;
}

Then('the list of methods of each class is exactly what the class accepts', async function (this: RdmaWorld) {
  const context = this.context();
  for (const id of (await classesOf(context)).ids) {
    const listed = await methodsOf(context, id);
    const accepted = await inChains(METHODS, (method) => probeMethod(context, id, method));
    const real = METHODS.filter((_, index) => accepted[index]);
    this.check(
      `class ${String(id)}`,
      listed.numbers.join() === real.join(),
      real.join(' '),
      listed.numbers.join(' '),
      listed.result,
    );
  }
});

Then('the list of attributes of each method is exactly what the method knows', async function (this: RdmaWorld) {
  const context = this.context();
  await eachMethod(context, async (id, method) => {
    const { records, result } = await recordsOf(context, id, method);
    const known = await inChains(ATTRIBUTES, (attribute) => probeAttribute(context, id, method, attribute));
    const real = ATTRIBUTES.filter((_, index) => known[index]);
    const listed = records.map((record) => Number(record['id']));
    this.check(
      `class ${String(id)} method ${String(method)}`,
      listed.join() === real.join(),
      real.join(' '),
      listed.join(' '),
      result,
    );
  });
});

Then('each record says what the tables say of the attribute', async function (this: RdmaWorld) {
  const context = this.context();
  await eachMethod(context, async (id, method) => {
    const { records, result } = await recordsOf(context, id, method);
    const expected = ask.expected(context, id, method);
    this.check(
      `class ${String(id)} method ${String(method)}`,
      words(records) === words(expected),
      words(expected),
      words(records),
      result,
    );
  });
});

Then('each count equals the length of its list', async function (this: RdmaWorld) {
  const context = this.context();
  const classes = await classesOf(context);
  this.check(
    'classes',
    classes.count === classes.ids.length,
    String(classes.ids.length),
    String(classes.count),
    classes.result,
  );
  for (const id of classes.ids) {
    const methods = await methodsOf(context, id);
    this.check(
      `class ${String(id)}`,
      methods.count === methods.numbers.length,
      String(methods.numbers.length),
      String(methods.count),
      methods.result,
    );
  }
  await eachMethod(context, async (id, method) => {
    const { count, records, result } = await recordsOf(context, id, method);
    this.check(
      `class ${String(id)} method ${String(method)}`,
      count === records.length,
      String(records.length),
      String(count),
      result,
    );
  });
});

Then('every file of the device gets the same lists', async function (this: RdmaWorld) {
  const first = await classesOf(this.context());
  const second = await classesOf(this.context('the second file'));
  this.check(
    'classes',
    first.ids.join() === second.ids.join(),
    first.ids.join(' '),
    second.ids.join(' '),
    second.result,
  );
  for (const id of first.ids) {
    const one = await methodsOf(this.context(), id);
    const two = await methodsOf(this.context('the second file'), id);
    this.check(
      `class ${String(id)}`,
      one.numbers.join() === two.numbers.join(),
      one.numbers.join(' '),
      two.numbers.join(' '),
      two.result,
    );
  }
});

When('each list is asked for with room for one entry less', async function (this: RdmaWorld) {
  const context = this.context();
  const classes = await classesOf(context);
  const entry = { classes: 2, methods: 2, attributes: 8 };
  const trials: { name: string; result: Result }[] = [];
  const room = (count: number, bytes: number): number => (count - 1) * bytes;
  trials.push({ name: 'classes', result: await context.call(ask.classes(room(classes.ids.length, entry.classes))) });
  for (const id of classes.ids) {
    const { numbers } = await methodsOf(context, id);
    if (numbers.length > 1)
      trials.push({
        name: `class ${String(id)}`,
        result: await context.call(ask.methods(id, room(numbers.length, entry.methods))),
      });
  }
  await eachMethod(context, async (id, method) => {
    const { records } = await recordsOf(context, id, method);
    if (records.length < 2) return;
    const name = `class ${String(id)} method ${String(method)}`;
    trials.push({ name, result: await context.call(ask.records(id, method, room(records.length, entry.attributes))) });
  });
  this.trials = trials;
});

When('classes and methods that are not listed are asked about', async function (this: RdmaWorld) {
  const context = this.context();
  const { ids } = await classesOf(context);
  const unlisted = [...CORE_CLASSES, ...DRIVER_CLASSES, 0x7fff, 0xffff, 0x10000].filter((id) => !ids.includes(id));
  const trials = await inChains(unlisted, async (id) => ({
    name: `class ${String(id)}`,
    result: await context.call(ask.methods(id, 64)),
  }));
  const { numbers } = await methodsOf(context, ids[0] ?? 0);
  const methods = METHODS.filter((method) => !numbers.includes(method));
  const asked = await inChains(methods, async (method) => ({
    name: `class ${String(ids[0])} method ${String(method)}`,
    result: await context.call(ask.records(ids[0] ?? 0, method, 64)),
  }));
  this.trials = [...trials, ...asked];
});

async function eachMethod(context: Context, work: (id: number, method: number) => Promise<void>): Promise<void> {
  for (const id of (await classesOf(context)).ids) {
    for (const method of (await methodsOf(context, id)).numbers) await work(id, method);
  }
}

function words(records: readonly StructValue[]): string {
  return records
    .map(
      (r) =>
        `${String(r['id'])}:${String(r['direction'])}${Number(r['required']) === 1 ? '!' : ''}:${String(r['minimum'])}-${String(r['maximum'])}`,
    )
    .join(' ');
}
