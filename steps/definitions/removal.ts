/** Devices that go: calls that run meanwhile, calls that come too late, objects and files that stay behind. */
import { Given, Then, When } from '@cucumber/cucumber';
import { errnoName } from '../../spec/errno.ts';
import { broken } from '../client/broken.ts';
import { FAULTS } from '../client/faults.ts';
import { timeToHappen } from '../client/flight.ts';
import type { Kind } from '../client/kinds.ts';
import { release } from '../client/races.ts';
import { sameBytes } from '../client/recorder.ts';
import { beginVisibly, isGone, plugDevice, populate, removeDevice, standingCall, waits } from '../client/removal.ts';
import type { Result } from '../client/result.ts';
import { specimenCall, specimensOf, successClause } from '../client/specimens.ts';
import { Refused, on, type Thing } from '../client/things.ts';
import { overtaken, wrecks } from '../client/wrecks.ts';
import { stageOf, type Prepared } from '../support/stage.ts';
import { sweep } from '../support/sweep.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** Handles that no test ever reaches. */
const NO_HANDLE = 0x00fffff0;
/** The last phase of the order of checks before removal is looked at. */
const METHOD_KNOWN = 5;

Given('a call that is running', async function (this: RdmaWorld) {
  stageOf(this).running = await standingCall(this.context());
});

Given('a sound call of every method', async function (this: RdmaWorld) {
  const context = this.context();
  const calls: Prepared[] = [];
  for (const specimen of specimensOf(context)) calls.push({ specimen, call: await specimenCall(context, specimen) });
  stageOf(this).calls = calls;
});

Given('an object of every kind', async function (this: RdmaWorld) {
  stageOf(this).things = await populate(this.context());
});

Given('that handles which name nothing are refused', async function (this: RdmaWorld) {
  const spare = await populate(await this.client.open());
  const unknown = await destroyed(spare.map((thing) => ({ ...thing, handle: NO_HANDLE })));
  const ends = await destroyed([...spare].reverse());
  const again = (await destroyed([...spare].reverse())).filter((_, index) => ends[index]?.result.errno === 0);
  for (const { result } of unknown) refusedAs(this, 'handle-unknown', result);
  for (const { result } of again) refusedAs(this, 'handle-destroyed', result);
});

Given('what discovery answers', async function (this: RdmaWorld) {
  const results: Result[] = [];
  for (const { specimen, call } of discoveries(this)) {
    const result = await this.context().call(call);
    if (result.errno !== 0) throw new Refused(successClause(this.client.session, specimen), result);
    results.push(result);
  }
  stageOf(this).before = results;
});

Given('the device is open, and nothing has been said', async function (this: RdmaWorld) {
  this.objects.set('the device', await this.client.openSilently());
});

When('the device is removed', async function (this: RdmaWorld) {
  await removeDevice(this.client);
});

When('the removal of the device begins', async function (this: RdmaWorld) {
  stageOf(this).leaving = await beginVisibly(this.context());
});

When('the device is plugged in again', async function (this: RdmaWorld) {
  await plugDevice(this.client);
});

When('every call that needs a device is made', async function (this: RdmaWorld) {
  const calls = stageOf(this).calls.filter(({ specimen }) => needsDevice(specimen));
  const trials: Trial[] = [];
  for (const { specimen, call } of calls)
    trials.push({ name: specimen.name, result: await this.context().call(call), clause: 'removal-calls' });
  this.trials = trials;
});

When('the first message is sent', async function (this: RdmaWorld) {
  for (const encoded of this.client.session.abi.greeting()) this.result = await this.context().send(encoded);
});

Given('what messages answer that are wrong as far as the method', async function (this: RdmaWorld) {
  const trials = await wrongMessages(this, (phase) => phase <= METHOD_KNOWN);
  for (const { result, clause = '' } of trials) if (result.errno === 0) throw new Refused(clause, result, 'a refusal');
  stageOf(this).before = trials.map(({ result }) => result);
});

When('messages are sent that are wrong beyond the method', async function (this: RdmaWorld) {
  const trials = await wrongMessages(this, (phase) => phase > METHOD_KNOWN);
  for (const { name, object, variant } of stageOf(this).things.map((thing) => ({ ...thing, name: thing.object }))) {
    if (!this.client.session.abi.expresses(object, 'query')) continue;
    const result = await this.context().call({ object, variant, method: 'query', on: NO_HANDLE, attributes: {} });
    trials.push({ name: `${variant ?? name}.query of no object`, result });
  }
  this.trials = trials.map(({ name, result }) => ({ name, result }));
});

When('every object is destroyed, the {word} first', async function (this: RdmaWorld, which: string) {
  const { things } = stageOf(this);
  this.trials = await destroyed(which === 'oldest' ? things : [...things].reverse());
});

When('handles that name nothing are destroyed', async function (this: RdmaWorld) {
  const { things } = stageOf(this);
  const kinds = new Map(things.map((thing) => [`${thing.object} ${thing.variant ?? ''}`, thing]));
  this.trials = await destroyed([...kinds.values()].map((thing) => ({ ...thing, handle: NO_HANDLE })));
});

Then('the running call succeeds', async function (this: RdmaWorld) {
  await release(this.client);
  const result = await stageOf(this).running?.within(timeToHappen(this.client.session));
  this.check('running call', result?.errno === 0, '0', result?.answer ?? 'no return', result);
});

Then('the device is gone when the running call has returned, and not before', async function (this: RdmaWorld) {
  const { leaving } = stageOf(this);
  if (leaving === undefined) throw new Error('no removal has begun');
  const waiting = await waits(this.client, leaving);
  this.check('removal while a call runs', waiting, 'waits', waiting ? 'waits' : 'complete');
  await release(this.client);
  const gone = await isGone(this.client, leaving);
  this.check('removal afterwards', gone, 'complete', gone ? 'complete' : 'waits');
});

Then('they are answered the same', async function (this: RdmaWorld) {
  const { before } = stageOf(this);
  const trials = await wrongMessages(this, (phase) => phase <= METHOD_KNOWN);
  for (const [index, { name, result }] of trials.entries()) {
    const expected = before[index]?.answer ?? '';
    this.check(name, result.answer === expected, expected, result.answer, result);
  }
});

Then('discovery answers the same', async function (this: RdmaWorld) {
  const { before } = stageOf(this);
  for (const [index, { specimen, call }] of discoveries(this).entries()) {
    const result = await this.context().call(call);
    const same = result.errno === 0 && sameBytes(before[index]?.after ?? new Uint8Array(), result.after);
    const got = result.errno === 0 && !same ? 'other bytes' : result.answer;
    this.check(specimen.name, same, 'as before', same ? 'as before' : got, result);
  }
});

Then('the device cannot be opened', async function (this: RdmaWorld) {
  const errnos = this.errnosOf(this.clause.id);
  const answer = await this.client.tryOpen(this.context().process);
  const got = answer.ok ? 'a descriptor' : errnoName(answer.errno);
  this.check('open', errnos.includes(got), errnos.join(' or '), got);
});

Then('the device can go at every boundary in the life of a(n) {kind}', async function (this: RdmaWorld, kind: Kind) {
  const errnos = this.errnosOf('removal-calls');
  for await (const { name, next, survives, end, close } of wrecks(this.client, kind)) {
    if (survives) this.check(`next step, ${name}`, next === '0', '0', next, undefined, endClause(kind));
    else if (next !== '-') this.check(`next step, ${name}`, errnos.includes(next), errnos.join(' or '), next);
    if (end !== '-') this.check(`end, ${name}`, end === '0', '0', end, undefined, endClause(kind));
    this.check(`close, ${name}`, close === '0', '0', close, undefined, 'removal-close');
    await sweep(this, `left behind, ${name}`);
  }
});

Then('each call in the life of a(n) {kind} that runs meanwhile succeeds', async function (this: RdmaWorld, kind: Kind) {
  for await (const { name, waited, answer, result, gone, end } of overtaken(this.client, kind)) {
    this.check(`call, ${name}`, answer === '0', '0', answer, result);
    const removal = `${waited ? 'waits' : 'does not wait'}, ${gone ? 'completes' : 'does not complete'}`;
    this.check(`removal, ${name}`, waited && gone, 'waits, completes', removal, undefined, 'removal-waits');
    if (end !== '-') this.check(`end, ${name}`, end === '0', '0', end, undefined, endClause(kind));
    await sweep(this, `left behind, ${name}`);
  }
});

Then('old handles do nothing to new objects of the same number', async function (this: RdmaWorld) {
  const { things } = stageOf(this);
  const fresh = await populate(await this.client.open());
  for (const { name, result } of await destroyed([...things].reverse()))
    this.check(`old ${name}`, result.errno === 0, '0', result.answer, result);
  for (const { name, result } of await destroyed([...fresh].reverse()))
    this.check(`new ${name}`, result.errno === 0, '0', result.answer, result);
});

Then('every descriptor can be closed', async function (this: RdmaWorld) {
  const files = [...stageOf(this).things.flatMap(({ file }) => file ?? []), this.context()];
  for (const file of files) {
    const answer = await file.close();
    this.check(`descriptor ${String(file.fd)}`, answer.ok, '0', answer.ok ? '0' : errnoName(answer.errno));
  }
});

function needsDevice({ object, method }: Prepared['specimen']): boolean {
  return method !== 'destroy' && object !== 'interface';
}

function discoveries(world: RdmaWorld): Prepared[] {
  return stageOf(world).calls.filter(({ specimen }) => specimen.object === 'interface');
}

/** What is refused wrongly already while the device is there says nothing about removal. */
function refusedAs(world: RdmaWorld, clause: string, result: Result): void {
  const errnos = world.errnosOf(clause);
  if (!errnos.includes(result.answer)) throw new Refused(clause, result, errnos.join(' or '));
}

/** The clause by which an object ends after removal. */
function endClause({ object }: Kind): string {
  return object.endsWith('channel') || object === 'async_event' ? 'removal-close' : 'removal-destroy';
}

async function wrongMessages(world: RdmaWorld, fits: (phase: number) => boolean): Promise<Trial[]> {
  const specimen = { name: 'cq.create', object: 'cq', variant: undefined, method: 'create', creates: true };
  const trials: Trial[] = [];
  for (const fault of FAULTS.filter(({ phase }) => fits(phase))) {
    const result = await broken(world.context(), specimen, [fault]);
    if (result !== undefined) trials.push({ name: `${specimen.name} ${fault.clause}`, result, clause: fault.clause });
  }
  return trials;
}

async function destroyed(things: readonly Thing[]): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const thing of things.filter(({ file }) => file === undefined)) {
    const name = `${thing.variant ?? thing.object} ${String(thing.handle)}`;
    trials.push({ name, result: await thing.context.call(on(thing, 'destroy')) });
  }
  return trials;
}
