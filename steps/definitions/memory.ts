/** Memory regions and windows: keys, reports, changes, and what they keep alive. */
import { Given, Then, When } from '@cucumber/cucumber';
import { arenaOf } from '../client/arena.ts';
import type { Context } from '../client/client.ts';
import { casesOf } from '../client/cases.ts';
import { keysOf, overMemory, readThing, type Values } from '../client/memory.ts';
import { Refused, make, on, type Thing } from '../client/things.ts';
import { words } from '../client/words.ts';
import { objectOf } from '../support/parameter_types.ts';
import { USER, type RdmaWorld, type Trial } from '../support/world.ts';

/** Objects made in each file where keys are compared. */
const KEYED = 6;

/** A range that begins and ends anywhere in a page. */
async function rangeIn(context: Context): Promise<Values> {
  return { start: (await arenaOf(context)) + 0x2345n, length: 0x2345n, iova: 0x7fff00002345n };
}

Given('a memory region over the device memory', async function (this: RdmaWorld) {
  const region = await overMemory(this.context(), this.thing('device memory'));
  this.objects.set('memory region', region);
  this.objects.set(USER, region);
});

async function several(context: Context, object: string, type?: Values): Promise<Thing[]> {
  const first = await make(context, object, undefined, type);
  const made = [first];
  while (made.length < KEYED) made.push(await make(context, object, undefined, type, first.parts));
  return made;
}

Then('{object}s and {object}s of two files share no key', async function (this: RdmaWorld, one: string, other: string) {
  const seen = new Set<string>();
  for (const words of new Set([one, other])) {
    for (const file of ['the device', 'the second file']) {
      // No region needs an rkey but one that others may reach.
      const reachable = objectOf(words) === 'mr' ? { access: ['LOCAL_WRITE', 'REMOTE_READ'] } : {};
      for (const [index, thing] of (await several(this.context(file), objectOf(words), reachable)).entries()) {
        const keys = keysOf(thing);
        const fresh = keys.length > 0 && keys.every((key) => !seen.has(key));
        const name = `${words} ${String(index + 1)} of ${file}`;
        this.check(name, fresh, 'keys of its own', keys.join(', ') || 'no keys', thing.created);
        for (const key of keys) seen.add(key);
      }
    }
  }
});

Then('no new {object} has a key of the one destroyed before it', async function (this: RdmaWorld, words: string) {
  let last = await make(this.context(), objectOf(words));
  for (let round = 1; round <= KEYED; round += 1) {
    const gone = await last.context.call(on(last, 'destroy'));
    if (gone.errno !== 0) throw new Refused(`${last.object}-destroy`, gone);
    const next = await make(last.context, last.object, undefined, {}, last.parts);
    const again = keysOf(next).filter((key) => keysOf(last).includes(key));
    this.check(
      `round ${String(round)}`,
      again.length === 0,
      'other keys',
      again.join(', ') || 'other keys',
      next.created,
    );
    last = next;
  }
});

Then('memory regions report what they were created with', async function (this: RdmaWorld) {
  const base = await arenaOf(this.context());
  const cases: Readonly<Record<string, Values>> = {
    range: await rangeIn(this.context()),
    'range without an iova': { start: base + 0x4321n, length: 7n },
    permissions: { start: base + 0x4000n, length: 9n, access: ['LOCAL_WRITE', 'REMOTE_READ'] },
  };
  for (const [name, given] of Object.entries(cases)) {
    const region = await make(this.context(), 'mr', undefined, given);
    const shown = await readThing(region);
    const keys = region.created.reply?.attributes ?? {};
    const expected: Values = { iova: given['start'] ?? 0n, ...given, lkey: keys['lkey'] ?? 0, rkey: keys['rkey'] ?? 0 };
    for (const [attribute, value] of Object.entries(expected)) {
      if (!reports(this, shown, attribute)) continue;
      const [one, two] = [words(value), words(shown[attribute])];
      this.check(`${name} ${attribute}`, one === two, one, two, region.created);
    }
  }
});

/** Attributes this ABI has a place for; one without a description of itself can only be taken as it is. */
function reports(world: RdmaWorld, shown: Values, attribute: string): boolean {
  if (['length', 'lkey', 'rkey'].includes(attribute) || attribute in shown) return true;
  return world.client.session.abi.expresses('interface', 'query');
}

When('a memory region is given {string}', async function (this: RdmaWorld, words: string) {
  const trials: Trial[] = [];
  for (const { name, attributes } of await casesOf(this.context(), words)) {
    const region = await make(this.context(), 'mr', undefined, await rangeIn(this.context()));
    const before = await readThing(region);
    const change = attributes as Values;
    const result = await region.context.call(on(region, 'modify', change, { lkey: 0, rkey: 0 }));
    const moved = change['start'] === undefined ? {} : { iova: change['start'] };
    const expected = { ...before, ...moved, ...change, ...result.reply?.attributes };
    trials.push({ name, result, ...compared(expected, await readThing(region)) });
  }
  this.trials = trials;
});

/** Both in words, attribute by attribute as far as the second goes. */
function compared(expected: Values, got: Values): { expected: string; got: string } {
  const all = (values: Values): string =>
    Object.keys(got)
      .sort()
      .map((name) => `${name} ${words(values[name])}`)
      .join(', ');
  return { expected: all(expected), got: all(got) };
}

When('the memory region is given the other protection domain', async function (this: RdmaWorld) {
  const region = this.thing('memory region');
  const next = this.thing('other protection domain');
  this.result = await region.context.call(on(region, 'modify', { pd: next.handle }));
});

Then('the memory region uses the other protection domain and no longer the first', async function (this: RdmaWorld) {
  const { result } = this;
  this.check('change', result.errno === 0, '0', result.answer, result);
  const [first, second] = [this.thing('protection domain'), this.thing('other protection domain')];
  const busy = await second.context.call(on(second, 'destroy'));
  this.check('the other is busy', busy.answer === 'EBUSY', 'EBUSY', busy.answer, busy);
  const free = await first.context.call(on(first, 'destroy'));
  this.check('the first is free', free.errno === 0, '0', free.answer, free);
  const region = this.thing('memory region');
  const gone = await region.context.call(on(region, 'destroy'));
  if (gone.errno !== 0) throw new Refused('mr-destroy', gone);
  const last = await second.context.call(on(second, 'destroy'));
  this.check('the other once the region is gone', last.errno === 0, '0', last.answer, last);
});
