/** Opening the device, making objects, ending them. */
import { Given, When } from '@cucumber/cucumber';
import { appliesTo, attributeOf } from '../../spec/abi/uapi/tables.ts';
import { createCall, creationOf, make, on, referentOf, tableOf, thingOf, type Thing } from '../client/things.ts';
import { queuePairIn } from '../client/queue_pairs.ts';
import { objectOf } from '../support/parameter_types.ts';
import { USER, type RdmaWorld } from '../support/world.ts';

Given('the device is open', async function (this: RdmaWorld) {
  this.objects.set('the device', await this.client.open());
});

Given('the device is open a second time', async function (this: RdmaWorld) {
  this.objects.set('the second file', await this.client.open());
});

Given('the device is open in a process without privileges', async function (this: RdmaWorld) {
  this.objects.set('the device', await this.client.open(false));
});

Given('a(n) {object}', async function (this: RdmaWorld, words: string) {
  this.objects.set(words, await make(this.context(), objectOf(words)));
});

Given('another {object}', async function (this: RdmaWorld, words: string) {
  this.objects.set(`other ${words}`, await make(this.context(), objectOf(words)));
});

Given('a(n) {type} queue pair in {state}', async function (this: RdmaWorld, type: string, state: string) {
  this.objects.set('queue pair', await queuePairIn(this.context(), type, state));
});

Given('a(n) {object} that uses the {object}', async function (this: RdmaWorld, words: string, used: string) {
  const user = await make(
    this.context(),
    objectOf(words),
    undefined,
    {},
    usedBy(this, objectOf(words), this.thing(used)),
  );
  this.objects.set(words, user);
  this.objects.set(USER, user);
});

/** A part under every attribute of create that can name it. */
function usedBy(world: RdmaWorld, object: string, part: Thing, variant?: string): Record<string, Thing> {
  const table = tableOf(world.spec, object);
  const names = creationOf(table)
    .attributes.filter((use) => appliesTo(use, variant))
    .map((use) => use.name)
    .filter((name) => referentOf(attributeOf(table, name)) === part.object);
  return Object.fromEntries(names.map((name) => [name, part]));
}

Given('a(n) {type} queue pair that uses the {object}', async function (this: RdmaWorld, type: string, words: string) {
  const user = await make(this.context(), 'qp', type, {}, usedBy(this, 'qp', this.thing(words), type));
  this.objects.set('queue pair', user);
  this.objects.set(USER, user);
});

Given(
  'a(n) {type} queue pair that uses the completion queue as {word}',
  async function (this: RdmaWorld, type: string, role: string) {
    const used = this.thing('completion queue');
    const user = await make(this.context(), 'qp', type, {}, { [role]: used, ...(await otherQueue(this, role)) });
    this.objects.set('queue pair', user);
    this.objects.set(USER, user);
  },
);

/** A completion queue of its own for the other side, so that only one side uses the one in question. */
async function otherQueue(world: RdmaWorld, role: string): Promise<Record<string, Thing>> {
  const other = role === 'send_cq' ? 'recv_cq' : 'send_cq';
  return { [other]: await make(world.context(), 'cq') };
}

When('a(n) {object} is created', async function (this: RdmaWorld, words: string) {
  await createAndKeep(this, words);
});

When('a(n) {type} queue pair is created', async function (this: RdmaWorld, type: string) {
  await createAndKeep(this, 'queue pair', type);
});

When('the {object} is destroyed', async function (this: RdmaWorld, words: string) {
  const thing = this.thing(words);
  this.result = await thing.context.call(on(thing, 'destroy', {}, roomOf(this, thing.object)));
});

When('the file is closed', async function (this: RdmaWorld) {
  await this.context().close();
});

/** Creates through the typed client; a refusal is the scenario's answer, not a blocked preparation. */
async function createAndKeep(world: RdmaWorld, words: string, type?: string): Promise<void> {
  const object = objectOf(words);
  const { call, parts } = await createCall(world.context(), object, type);
  const created = await world.context().call(call);
  world.result = created;
  if (created.reply === undefined) return;
  world.objects.set(words, thingOf(world.context(), call, parts, created, created.reply));
}

/** Every output of destroy, so that counts are reported. */
function roomOf(world: RdmaWorld, object: string): Record<string, number> {
  const uses = world.spec.objects[object]?.methods['destroy']?.attributes ?? [];
  return Object.fromEntries(uses.filter((use) => use.direction === 'out').map((use) => [use.name, 0]));
}
