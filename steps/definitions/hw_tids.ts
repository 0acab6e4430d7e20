/** Expected receives of hardware contexts: what is programmed, what is refused, and what becomes of them when their memory goes. */
import { Then, When } from '@cucumber/cucumber';
import type { StructValue } from '../../spec/abi/abi.ts';
import { drain } from '../client/events.ts';
import { eventsShown, kept, readContext } from '../client/hw_contexts.ts';
import {
  LARGE_PAGE,
  allTids,
  expectIn,
  freeTids,
  invalidTids,
  mappedFor,
  mostTids,
  tidsIn,
  unmapFor,
} from '../client/hw_tids.ts';
import { make, on, type Thing } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const SHARED = 'shared_';
/** A number that no driver gives: of an entry that is both of a pair. */
const NO_TID = 0xffffffff;

async function areasOf(thing: Thing): Promise<StructValue> {
  const result = await thing.context.call(on(thing, 'user_info', {}, { areas: 0 }));
  return (result.reply?.attributes['areas'] ?? {}) as StructValue;
}

Then('user info tells versions and places of contexts alone and shared', async function (this: RdmaWorld) {
  const seen = new Set<bigint>();
  for (const count of [0, 2, 0]) {
    const thing = await make(this.context(), 'hw_context', undefined, { subcontext_count: count });
    const room = { hw_version: 0, driver_version: 0, job_key: 0 };
    const result = await thing.context.call(on(thing, 'user_info', {}, room));
    const [got, expected] = [result.reply?.attributes['driver_version'], (await readContext(thing))['driver_version']];
    const name = `context ${String(seen.size)} of ${String(count)}`;
    this.check(`${name}, version`, words(got) === words(expected), words(expected), words(got), result);
    const areas = Object.entries(await areasOf(thing)).map(([area, place]) => [area, BigInt(place)] as const);
    const wrong = areas.filter(([area, place]) => (place === 0n) !== (area.startsWith(SHARED) && count === 0));
    this.check(
      `${name}, areas there`,
      areas.length > 0 && wrong.length === 0,
      'all it has',
      wrong.join() || 'all it has',
    );
    const places = areas.map(([, place]) => place).filter((place) => place !== 0n);
    const twice = places.filter((place, index) => places.indexOf(place) !== index || seen.has(place));
    this.check(`${name}, areas apart`, twice.length === 0, 'none twice', twice.join() || 'none twice');
    for (const place of places) seen.add(place);
  }
});

Then('buffers of several lengths are covered, each by numbers of its own', async function (this: RdmaWorld) {
  const thing = this.thing('hardware context');
  const given = new Set<number>();
  for (const length of [1, LARGE_PAGE, LARGE_PAGE + 1]) {
    const { tids, covered, result } = await expectIn(thing, await mappedFor(thing, length), length);
    const name = `${String(length)} bytes`;
    this.check(name, result.errno === 0 && covered === length, String(length), String(covered), result);
    const fresh = new Set(tids.filter((tid) => !given.has(tid))).size;
    this.check(`${name}, numbers`, fresh === tids.length && fresh > 0, 'new ones', `${String(fresh)} new ones`, result);
    for (const tid of tids) given.add(tid);
  }
});

When('buffers are named that no device can use', async function (this: RdmaWorld) {
  const thing = this.thing('hardware context');
  const start = await mappedFor(thing, 2 * LARGE_PAGE);
  const most = await mostTids(thing);
  const cases = {
    'no length': [start, 0],
    'inside a page': [start + 8n, LARGE_PAGE],
    'too long': [start, most * LARGE_PAGE + 1],
  };
  this.trials = await trialsOf(thing, cases);
});

When('buffers are named that are no memory of the process', async function (this: RdmaWorld) {
  const thing = this.thing('hardware context');
  const start = await mappedFor(thing, LARGE_PAGE);
  await unmapFor(thing, start);
  this.trials = await trialsOf(thing, { 'unmapped memory': [start, LARGE_PAGE], 'address 0': [0n, LARGE_PAGE] });
});

/** Updates that must be refused, and whether room is left for as many as before. */
async function trialsOf(
  thing: Thing,
  cases: Readonly<Record<string, readonly (bigint | number)[]>>,
): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const [name, [address = 0n, length = 0]] of Object.entries(cases)) {
    const { result } = await expectIn(thing, BigInt(address), Number(length));
    trials.push({ name, result });
  }
  const all = await allTids(thing);
  const [last] = trials;
  if (last !== undefined)
    trials.push({ ...last, name: 'room afterwards', expected: String(await mostTids(thing)), got: String(all.length) });
  return trials;
}

When('more is expected than the context or the list has room for', async function (this: RdmaWorld) {
  const thing = this.thing('hardware context');
  const start = await mappedFor(thing, 2 * LARGE_PAGE);
  const trials: Trial[] = [];
  const tight = await expectIn(thing, start, 2 * LARGE_PAGE, 1);
  trials.push({ name: 'room for one number', result: tight.result });
  const all = await allTids(thing);
  const most = await mostTids(thing);
  const seen = { expected: `${String(most)} before`, got: `${String(all.length)} before` };
  trials.push({ name: 'a full context', result: (await expectIn(thing, start, 1)).result, ...seen });
  this.trials = trials;
});

Then('a buffer for which there is little room is covered from its beginning on', async function (this: RdmaWorld) {
  const thing = this.thing('hardware context');
  const all = await allTids(thing);
  const [one = 0] = all;
  await freeTids(thing, [one]);
  const length = 4 * LARGE_PAGE;
  const { tids, covered, result } = await expectIn(thing, await mappedFor(thing, length), length);
  this.check('numbers', tids.length === 1, '1', String(tids.length), result);
  const part = covered > 0 && covered < length;
  this.check('length', part, 'a part of the buffer', `${String(covered)} bytes`, result);
});

Then('what is taken back leaves room for as much again', async function (this: RdmaWorld) {
  const thing = this.thing('hardware context');
  const all = await allTids(thing);
  const half = all.filter((_, index) => index % 2 === 0);
  const result = await freeTids(thing, half);
  const freed = words(result.reply?.attributes['tid_count']);
  this.check('tid_free', freed === String(half.length), String(half.length), freed, result);
  const again = await allTids(thing);
  this.check('afterwards', again.length === half.length, String(half.length), String(again.length));
});

When('numbers are taken back that are not in use', async function (this: RdmaWorld) {
  const [thing, other] = [this.thing('hardware context'), this.thing('other hardware context')];
  const start = await mappedFor(thing, LARGE_PAGE);
  const { tids } = await expectIn(thing, start, LARGE_PAGE);
  const [one = 0] = tids;
  const trials: Trial[] = [];
  const expected = 'the sound one still there';
  for (const [name, wrong] of Object.entries({
    'of nothing': [NO_TID],
    'behind one in use': [one, NO_TID],
    twice: [one, one],
  })) {
    const result = await freeTids(thing, wrong);
    trials.push({ name, result });
  }
  trials.push({ name: 'of another context', result: await freeTids(other, [one]) });
  const sound = await freeTids(thing, tids);
  const got = sound.errno === 0 ? expected : sound.answer;
  trials.push({ name: 'freed before', result: await freeTids(thing, [one]), expected, got });
  this.trials = trials;
});

Then('memory that goes is told once, by its numbers and by an event', async function (this: RdmaWorld) {
  const [thing, channel] = [this.thing('hardware context'), this.thing('asynchronous event channel')];
  const [kept, gone] = [await mappedFor(thing, LARGE_PAGE), await mappedFor(thing, LARGE_PAGE)];
  await expectIn(thing, kept, LARGE_PAGE);
  const { tids } = await expectIn(thing, gone, LARGE_PAGE);
  const before = await invalidTids(thing);
  this.check('before', tidsIn(before).length === 0, 'none', words(tidsIn(before)), before);
  await unmapFor(thing, gone);
  const events = (await drain(channel, 1)).map(({ event }) => event).join();
  this.check('event', events === 'HW_TID_MMU', 'HW_TID_MMU', events || 'nothing');
  const shown = await eventsShown(thing);
  this.check('shown', shown === words(['TID_MMU']), words(['TID_MMU']), shown);
  const result = await invalidTids(thing);
  const told = [...tidsIn(result)].sort().join();
  this.check('told', told === [...tids].sort().join(), [...tids].sort().join(), told, result);
  const again = await invalidTids(thing);
  this.check('told again', tidsIn(again).length === 0, 'none', words(tidsIn(again)), again);
  const after = await eventsShown(thing);
  this.check('shown afterwards', after === words([]), words([]), after, again);
  const freed = await freeTids(thing, tids);
  this.check('taken back', freed.errno === 0, '0', freed.answer, freed);
});

Then('a reset takes back everything that was expected', async function (this: RdmaWorld) {
  const thing = this.thing('hardware context');
  const start = await mappedFor(thing, LARGE_PAGE);
  const { tids } = await expectIn(thing, start, LARGE_PAGE);
  const result = await thing.context.call(on(thing, 'reset'));
  this.check('reset', result.errno === 0, '0', result.answer, result);
  const freed = await freeTids(thing, tids);
  const known = freed.errno === 0 ? 'still in use' : 'not in use';
  this.check('numbers', known === 'not in use', 'not in use', known, freed);
  await unmapFor(thing, start);
  const told = tidsIn(await invalidTids(thing));
  this.check('memory that goes', told.length === 0, 'not told', told.length === 0 ? 'not told' : words(told));
  const all = await allTids(thing);
  const most = await mostTids(thing);
  this.check('room', all.length === most, String(most), String(all.length));
});

Then('credits come back without anything else changing', async function (this: RdmaWorld) {
  const thing = this.thing('hardware context');
  const before = await readContext(thing);
  for (const turn of ['first', 'second']) {
    const result = await thing.context.call(on(thing, 'credit_update'));
    this.check(`${turn} call`, result.errno === 0, '0', result.answer, result);
  }
  const got = kept(before, await readContext(thing));
  this.check('query', got === 'unchanged', 'unchanged', got);
});
