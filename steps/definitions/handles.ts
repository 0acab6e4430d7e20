/** Handles that name nothing, the wrong thing, or somebody else's. */
import { Then, When } from '@cucumber/cucumber';
import type { Call } from '../../spec/abi/abi.ts';
import { attributeOf } from '../../spec/abi/uapi/tables.ts';
import { inChains } from '../client/chains.ts';
import type { Context } from '../client/client.ts';
import type { Result } from '../client/result.ts';
import { meansFor } from '../client/means.ts';
import { specimenCall, specimensOf, type Specimen } from '../client/specimens.ts';
import { createCall, make, naming, on, tableOf, type Thing } from '../client/things.ts';
import { objectOf } from '../support/parameter_types.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** How many objects the second file makes at most to get a handle that the first does not have. */
const FAR = 100;
/** Objects made in search of two with the same number. */
const NAMESAKES = 16;
/** A handle no run ever reaches. */
const NEVER = 0x00fffff0;

/** Specimens of methods on created objects. */
function onObjects(context: Context): Specimen[] {
  const { spec } = context.client.session;
  return specimensOf(context).filter(
    (specimen) => !specimen.creates && tableOf(spec, specimen.object).instances === 'created',
  );
}

/** Specimens that make objects with handles. */
function makers(context: Context): Specimen[] {
  const { spec } = context.client.session;
  return specimensOf(context).filter(({ creates, object }) => creates && tableOf(spec, object).instances === 'created');
}

async function destroy(thing: Thing): Promise<Result> {
  return thing.context.call(on(thing, 'destroy'));
}

When('every method is called on an object that was destroyed', async function (this: RdmaWorld) {
  const context = this.context();
  const trials: Trial[] = [];
  for (const specimen of onObjects(context)) {
    const thing = await make(context, specimen.object, specimen.variant);
    const call = await specimenCall(context, specimen);
    await destroy(thing);
    trials.push({ name: specimen.name, result: await context.call({ ...call, on: thing.handle }) });
  }
  this.trials = trials;
});

When('every method is called through the second file on an object of the first', async function (this: RdmaWorld) {
  const other = this.context('the second file');
  const trials: Trial[] = [];
  for (const specimen of onObjects(this.context())) {
    const thing = await farObject(this.context(), specimen.object, specimen.variant);
    const call = await specimenCall(this.context(), specimen);
    trials.push({ name: specimen.name, result: await other.call({ ...call, on: thing.handle }) });
  }
  this.trials = trials;
});

/** An object whose handle no object of a fresh file can have: the last of several. */
async function farObject(context: Context, object: string, variant: string | undefined): Promise<Thing> {
  let last = await make(context, object, variant);
  for (let i = 0; i < 2; i += 1) last = await make(context, object, variant, {}, last.parts);
  return last;
}

When(
  'queue pairs, or whatever takes handles, are created with a handle that was {word}',
  async function (this: RdmaWorld, how: string) {
    const context = this.context();
    const trials: Trial[] = [];
    for (const specimen of makers(context)) {
      // Few objects of its own, so that handles of the other file stay far above them.
      const means = await meansFor(context, specimen.object, specimen.variant);
      const { call, parts } = await createCall(context, specimen.object, specimen.variant, {}, means);
      for (const name of Object.keys(parts)) {
        const part = parts[name];
        const handle =
          part === undefined || how === 'unknown'
            ? NEVER
            : how === 'destroyed'
              ? await destroyedHandle(part)
              : await foreignHandle(this, part);
        const value = naming(attributeOf(tableOf(this.spec, specimen.object), name), handle);
        const spoiled: Call = { ...call, attributes: { ...call.attributes, [name]: value } };
        trials.push({ name: `${specimen.name} ${name} ${how}`, result: await context.call(spoiled) });
      }
    }
    this.trials = trials;
  },
);

/** The handle of an object like `part` that is gone. */
async function destroyedHandle({ context, object, variant }: Thing): Promise<number> {
  const thing = await make(context, object, variant);
  await destroy(thing);
  return thing.handle;
}

/** A handle of the second file above every one the first has given out, whether classes share a space or not. */
async function foreignHandle(world: RdmaWorld, { object, variant }: Thing): Promise<number> {
  const own = (await make(world.context(), object, variant)).handle;
  const far = world.objects.get(`far ${object}`);
  if (far !== undefined && 'handle' in far && far.handle > own) return far.handle;
  const second = world.context('the second file');
  let filler = await make(second, 'pd');
  for (let i = 0; i < FAR && filler.handle <= own; i += 1) filler = await make(second, 'pd');
  let last = await make(second, object, variant);
  for (let i = 0; i < FAR && last.handle <= own; i += 1) last = await make(second, object, variant, {}, last.parts);
  world.objects.set(`far ${object}`, last);
  return last.handle;
}

When('a queue pair of each type is addressed through the class of every other', async function (this: RdmaWorld) {
  const context = this.context();
  const types = specimensOf(context)
    .filter((specimen) => specimen.object === 'qp' && specimen.creates)
    .map((specimen) => specimen.variant ?? '');
  const pairs = types.flatMap((own) => types.filter((other) => other !== own).map((other) => [own, other] as const));
  this.trials = await inChains(pairs, async ([own, other]) => {
    const qp = await make(context, 'qp', own);
    return {
      name: `${own} as ${other}`,
      result: await context.call({ ...on(qp, 'query', {}, { state: 0 }), variant: other }),
    };
  });
});

Then('each object answers at the handle it was given', async function (this: RdmaWorld) {
  const context = this.context();
  for (const specimen of makers(context)) {
    const thing = await make(context, specimen.object, specimen.variant);
    const result = await destroy(thing);
    this.check(specimen.name, result.errno === 0, 'the object answers', result.answer, result);
  }
});

Then(
  '{int} objects of each kind have {int} different handles',
  async function (this: RdmaWorld, count: number, different: number) {
    const context = this.context();
    for (const specimen of makers(context)) {
      const handles = new Set<number>();
      let last = await make(context, specimen.object, specimen.variant);
      handles.add(last.handle);
      for (let i = 1; i < count; i += 1) {
        last = await make(context, specimen.object, specimen.variant, {}, last.parts);
        handles.add(last.handle);
      }
      this.check(specimen.name, handles.size === different, String(different), String(handles.size), last.created);
    }
  },
);

Then('the lowest free handle is handed out again', async function (this: RdmaWorld) {
  const context = this.context();
  const things = [
    await make(context, 'pd'),
    await make(context, 'pd'),
    await make(context, 'pd'),
    await make(context, 'pd'),
  ];
  const freed = [things[2], things[0]].filter((thing) => thing !== undefined);
  for (const thing of freed) await destroy(thing);
  const lowest = Math.min(...freed.map((thing) => thing.handle));
  const next = await make(context, 'pd');
  this.check('pd', next.handle === lowest, String(lowest), String(next.handle), next.created);
});

Then(
  'the number of a(n) {object} names no {object}, and the end of one is not the end of the other',
  async function (this: RdmaWorld, first: string, second: string) {
    const one = await make(this.context(), objectOf(first));
    const asked = await one.context.call({ ...on(one, 'destroy'), object: objectOf(second) });
    this.check(`${second} of the number of a ${first}`, asked.errno !== 0, 'a refusal', asked.answer, asked);
    const left = await destroy(one);
    this.check(`${first} afterwards`, left.errno === 0, 'still there', left.answer, left);
    const pair = await sameNumber(this.context(), objectOf(first), objectOf(second));
    if (pair === undefined) return;
    const gone = await destroy(pair[0]);
    this.check(`${first} with a namesake`, gone.errno === 0, '0', gone.answer, gone);
    const namesake = await destroy(pair[1]);
    this.check(`${second} of the same number`, namesake.errno === 0, 'still there', namesake.answer, namesake);
  },
);

/** Two objects of different classes that carry the same number, or undefined where a bounded search finds none. */
async function sameNumber(context: Context, first: string, second: string): Promise<[Thing, Thing] | undefined> {
  const one = await make(context, first);
  for (let tries = 0; tries < NAMESAKES; tries += 1) {
    const two = await make(context, second);
    if (two.handle === one.handle) return [one, two];
    if (two.handle > one.handle) break;
  }
  return undefined;
}

Then('objects of the second file survive the end of those of the first', async function (this: RdmaWorld) {
  const mine = await make(this.context(), 'pd');
  const theirs = await make(this.context('the second file'), 'pd');
  const first = await destroy(mine);
  this.check('own object', first.errno === 0, '0', first.answer, first);
  const second = await destroy(theirs);
  this.check('object with the same handle in the other file', second.errno === 0, 'still there', second.answer, second);
});
