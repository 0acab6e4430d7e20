/** Values that the tables do not allow, in every attribute of their kind. */
import { When } from '@cucumber/cucumber';
import type { Call, Value } from '../../spec/abi/abi.ts';
import { appliesTo, attributeOf } from '../../spec/abi/uapi/tables.ts';
import type { Attribute } from '../../spec/model.ts';
import { inChains } from '../client/chains.ts';
import type { Context } from '../client/client.ts';
import { moveTaking } from '../client/matrix.ts';
import { bringTo, modifyCall, tableOn } from '../client/queue_pairs.ts';
import { meansFor } from '../client/means.ts';
import { specimenCall, specimensOf, type Specimen } from '../client/specimens.ts';
import { make, tableOf, transportOf } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const U32_MAXIMUM = 0xffffffff;

/** Values of one attribute that must be refused; none where the attribute is not of the kind asked about. */
type WrongValues = (context: Context, attribute: Attribute) => readonly Value[];

const outsideEnum: WrongValues = (context, { type }) => {
  if (type.kind !== 'enum') return [];
  const numbers = Object.values(context.client.session.spec.enums[type.of] ?? {});
  const below = Math.min(...numbers) - 1;
  return [...(below < 0 ? [] : [below]), Math.max(...numbers) + 1, U32_MAXIMUM];
};

const undefinedBit: WrongValues = (context, { type }) => {
  if (type.kind !== 'flags') return [];
  const bits = Object.values(context.client.session.spec.flags[type.of] ?? {}).reduce((sum, bit) => sum | bit, 0);
  return [(bits + 1) >>> 0, 0x80000000];
};

const aboveMaximum: WrongValues = (_context, { type }) =>
  type.kind === 'u32' && type.max !== undefined ? [type.max + 1, U32_MAXIMUM] : [];

const reservedField: WrongValues = (context, { type, example }) => {
  if (type.kind !== 'struct') return [];
  const fields = context.client.session.spec.structs[type.of]?.fields ?? [];
  return fields.some((field) => field.name === 'reserved') ? [{ ...(example as object), reserved: 1 }] : [];
};

When('every enum attribute is given numbers outside its enum', async function (this: RdmaWorld) {
  this.trials = await wrongEverywhere(this.context(), outsideEnum);
});

When('every flags attribute is given an undefined bit', async function (this: RdmaWorld) {
  this.trials = await wrongEverywhere(this.context(), undefinedBit);
});

When('every bounded attribute is given numbers above its maximum', async function (this: RdmaWorld) {
  this.trials = await wrongEverywhere(this.context(), aboveMaximum);
});

When('every struct with a reserved field is given one that is not zero', async function (this: RdmaWorld) {
  this.trials = await wrongEverywhere(this.context(), reservedField);
});

async function wrongEverywhere(context: Context, wrong: WrongValues): Promise<Trial[]> {
  const trials = await inChains(specimensOf(context), (specimen) => wrongIn(context, specimen, wrong));
  return trials.flat();
}

async function wrongIn(context: Context, specimen: Specimen, wrong: WrongValues): Promise<Trial[]> {
  const table = tableOf(context.client.session.spec, specimen.object);
  const trials: Trial[] = [];
  for (const use of table.methods[specimen.method]?.attributes ?? []) {
    if (use.direction === 'out' || !appliesTo(use, specimen.variant)) continue;
    for (const value of wrong(context, attributeOf(table, use.name))) {
      const call = await callThatTakes(context, specimen, attributeOf(table, use.name));
      if (call === undefined) break;
      const spoiled: Call = { ...call, attributes: { ...call.attributes, [use.name]: value } };
      trials.push({ name: `${specimen.name} ${use.name} ${shown(value)}`, result: await context.call(spoiled) });
    }
  }
  return trials;
}

/**
 * A sound call in which this attribute is welcome, so that nothing but its value can be refused; undefined where no
 * transition of the queue pair takes it.
 */
async function callThatTakes(context: Context, specimen: Specimen, attribute: Attribute): Promise<Call | undefined> {
  const { session } = context.client;
  const { object, variant = '', method } = specimen;
  if (object !== 'qp' || method !== 'modify' || attribute.bit === undefined || attribute.bit === 'STATE') {
    return specimenCall(context, specimen);
  }
  const move = moveTaking(session.spec, tableOn(session, variant), variant, attribute.bit);
  if (move === undefined) return undefined;
  const qp = await make(context, 'qp', variant, {}, await meansFor(context, 'qp', variant));
  await bringTo(qp, move.from);
  return modifyCall(qp, move.from, move.to, move.bits, await transportOf(context));
}

function shown(value: Value): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

When(
  'every method is called with an attribute that only another method of its class has',
  async function (this: RdmaWorld) {
    const context = this.context();
    const trials = await inChains(specimensOf(context), async (specimen): Promise<Trial[]> => {
      const table = tableOf(this.spec, specimen.object);
      const own = new Set(
        (table.methods[specimen.method]?.attributes ?? [])
          .filter((use) => appliesTo(use, specimen.variant))
          .map((use) => use.name),
      );
      const others = Object.values(table.attributes).filter((attribute) => !own.has(attribute.name));
      const call = await specimenCall(context, specimen);
      return Promise.all(
        others.map(async (attribute) => {
          const spoiled = { ...call, room: { ...call.room, [attribute.name]: 0 } };
          return { name: `${specimen.name} ${attribute.name}`, result: await context.call(spoiled) };
        }),
      );
    });
    this.trials = trials.flat();
  },
);
