/** Drivers that register: what they change of the common classes, what they add, and what is refused. */
import { Then, When } from '@cucumber/cucumber';
import { BackendError, type RegisteredRow } from '../../backends/backend.ts';
import { tablesOf } from '../../spec/abi/uapi/tables.ts';
import type { Context } from '../client/client.ts';
import { callWith, objectIdOf, openRegistered, rawCall, registered, writtenBack } from '../client/drivers.ts';
import { classesOf, methodsOf } from '../client/interface.ts';
import type { Result } from '../client/result.ts';
import { specimenCall, specimensOf, successClause, type Specimen } from '../client/specimens.ts';
import { Refused, make, on, tableOf } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** An errno that no common operation answers. */
const MARK = 'ETIMEDOUT';
const OWN_CLASS = 0x8000;
const FIRST_DRIVER_METHOD = 96;
const LAST_DRIVER_METHOD = 127;
const ATTRIBUTE = 0x8000;
/** A handle that no run reaches. */
const NEVER = 0x00fffff0;

/** Methods that a driver can replace, on the first device: all but those of the interface and of its own driver, and those that rest on others. */
function replaceable(world: RdmaWorld): Specimen[] {
  const all = specimensOf(world.context());
  return all.filter(
    ({ object, prepared }) => object !== 'interface' && !prepared && tableOf(world.spec, object).driver !== true,
  );
}

function rowFor(world: RdmaWorld, specimen: Specimen, operation: RegisteredRow['operation']): RegisteredRow {
  const info = tablesOf(world.spec).classOf(specimen.object, specimen.variant);
  const method = info.table.methods[specimen.method]?.number ?? 0;
  return { classId: info.id, method, operation, ...(operation === 'refuse' ? { errno: MARK } : {}) };
}

/** Throws Refused where the first device, without this driver, does not serve a method either. */
async function servedBefore(world: RdmaWorld, specimen: Specimen): Promise<void> {
  const result = await answerOf(world.context(), specimen);
  if (result.errno !== 0) throw new Refused(successClause(world.client.session, specimen), result);
}

async function answerOf(context: Context, specimen: Specimen): Promise<Result> {
  return context.call(await specimenCall(context, specimen));
}

/** Methods of one name in every class, since a registration for each alone would say no more; what others need, apart. */
function byMethod(world: RdmaWorld): Specimen[][] {
  const groups = new Map<string, Specimen[]>();
  for (const specimen of replaceable(world)) {
    const fixed = tableOf(world.spec, specimen.object).instances === 'fixed';
    const key = fixed || specimen.creates ? specimen.object : specimen.method;
    groups.set(key, [...(groups.get(key) ?? []), specimen]);
  }
  return [...groups.values()];
}

Then(
  'each method that a driver replaces answers as the driver does, and the others as before',
  async function (this: RdmaWorld) {
    const all = replaceable(this);
    for (const group of byMethod(this)) {
      const rows = group.map((specimen) => rowFor(this, specimen, 'refuse'));
      await registered(this.client, rows, async (context) => {
        for (const specimen of group) {
          const result = await answerOf(context, specimen);
          this.check(`${specimen.name} replaced`, result.answer === MARK, MARK, result.answer, result);
        }
        const [first] = group;
        // Without its create no object of a class can be had, and without device and port nothing else.
        if (first === undefined || first.creates || tableOf(this.spec, first.object).instances === 'fixed') return;
        const others = all.filter((one) => one.method !== first.method);
        for (const other of others) {
          const beside = await answerOf(context, other);
          this.check(`${other.name} beside ${first.method}`, beside.errno === 0, '0', beside.answer, beside);
        }
      });
    }
  },
);

Then('a device whose driver keeps every method serves them all', async function (this: RdmaWorld) {
  const all = replaceable(this);
  await registered(
    this.client,
    all.map((specimen) => rowFor(this, specimen, 'keep')),
    async (context) => {
      for (const specimen of all) {
        await servedBefore(this, specimen);
        const result = await answerOf(context, specimen);
        this.check(specimen.name, result.errno === 0, '0', result.answer, result);
      }
    },
  );
});

When('each method is asked for on a device whose driver takes it away', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const group of byMethod(this)) {
    const rows = group.map((specimen) => rowFor(this, specimen, 'unsupported'));
    await registered(this.client, rows, async (context) => {
      const { ids } = await classesOf(context);
      for (const [index, { name }] of group.entries()) {
        const { classId = 0, method = 0 } = rows[index] ?? {};
        // A class without its only method is no class any more.
        if ((await methodsOf(this.context(), classId)).numbers.length === 1) continue;
        const listed = ids.includes(classId) ? (await methodsOf(context, classId)).numbers : [];
        trials.push({
          name,
          result: await rawCall(context, classId, method),
          expected: 'not listed',
          got: listed.includes(method) ? 'listed' : 'not listed',
        });
      }
    });
  }
  this.trials = trials;
});

Then('a method that a driver adds is served on objects of its class only', async function (this: RdmaWorld) {
  const makers = replaceable(this).filter(
    ({ creates, object }) => creates && tableOf(this.spec, object).instances === 'created',
  );
  const rows = makers.flatMap((maker) =>
    freeEnds(this, maker.object).map((method) => ({
      classId: rowFor(this, maker, 'serve').classId,
      method,
      operation: 'serve' as const,
    })),
  );
  await registered(this.client, rows, async (context) => {
    for (const maker of makers) {
      const { classId } = rowFor(this, maker, 'serve');
      const thing = await make(context, maker.object, maker.variant);
      for (const method of freeEnds(this, maker.object)) {
        const name = `class ${String(classId)} method ${String(method)}`;
        const served = await rawCall(context, classId, method, thing.handle);
        this.check(name, served.errno === 0, '0', served.answer, served);
        const nobody = await rawCall(context, classId, method, NEVER);
        refused(this, `${name} on nothing`, nobody, 'handle-unknown');
      }
    }
  });
});

/** A call that must be refused as it is under the clause of all handles. */
function refused(world: RdmaWorld, name: string, result: Result, clause: string): void {
  const errnos = world.errnosOf(clause);
  world.check(name, errnos.includes(result.answer), errnos.join(' or '), result.answer, result);
}

/** The first and the last method of the driver's range that the table of an object has not given away. */
function freeEnds(world: RdmaWorld, object: string): number[] {
  const taken = new Set(Object.values(tableOf(world.spec, object).methods).map(({ number }) => number));
  let first = FIRST_DRIVER_METHOD;
  while (taken.has(first)) first += 1;
  return [first, LAST_DRIVER_METHOD];
}

Then('attributes of the driver reach its operation and come back', async function (this: RdmaWorld) {
  const values = [
    { id: ATTRIBUTE, value: 0x01020304 },
    { id: ATTRIBUTE + 31, value: 0xfedcba98 },
  ];
  const attributes = values.map(({ id }) => ({ id }));
  const all = replaceable(this);
  const rows = all.map((specimen) => ({ ...rowFor(this, specimen, 'serve'), attributes }));
  await registered(this.client, rows, async (context) => {
    for (const specimen of all) {
      await servedBefore(this, specimen);
      const result = await callWith(context, await specimenCall(context, specimen), values);
      this.check(specimen.name, result.errno === 0, '0', result.answer, result);
      const back = writtenBack(result);
      for (const { id, value } of values) {
        const got = back.get(id);
        this.check(`${specimen.name} 0x${id.toString(16)}`, got === value, String(value), String(got), result);
      }
    }
  });
});

When('attributes of the driver are sent to methods it did not register them for', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const group of byMethod(this)) {
    const attributes = [{ id: ATTRIBUTE }];
    const rows = group.map((specimen) => ({ ...rowFor(this, specimen, 'serve'), attributes }));
    const others = replaceable(this).filter(({ method }) => method !== group[0]?.method);
    await registered(this.client, rows, async (context) => {
      for (const other of others) {
        const result = await callWith(context, await specimenCall(context, other), [{ id: ATTRIBUTE, value: 1 }]);
        trials.push({ name: `${other.name} with that of ${group[0]?.method ?? ''}`, result });
      }
    });
  }
  this.trials = trials;
});

/** A class of the driver whose objects use protection domains. */
const OWN: readonly RegisteredRow[] = [
  { classId: OWN_CLASS, method: 0, operation: 'serve', attributes: [{ id: 1, names: 4 }] },
  { classId: OWN_CLASS, method: 3, operation: 'serve' },
];

When('a protection domain is destroyed that an object of a registered class uses', async function (this: RdmaWorld) {
  await registered(this.client, OWN, async (context) => {
    const pd = await make(context, 'pd');
    const user = await rawCall(context, OWN_CLASS, 0, 0, [{ id: 1, value: pd.handle }]);
    if (user.errno !== 0) throw new Refused('driver-class', user);
    const busy = await context.call(on(pd, 'destroy'));
    const gone = await rawCall(context, OWN_CLASS, 3, objectIdOf(user));
    const free = await context.call(on(pd, 'destroy'));
    const expected = 'both can be destroyed one after the other';
    const got = gone.errno === 0 && free.errno === 0 ? expected : `${gone.answer}, then ${free.answer}`;
    this.trials = [{ name: 'protection domain', result: busy, expected, got }];
  });
});

Then('objects of a registered class live and end as all others do', async function (this: RdmaWorld) {
  await registered(this.client, OWN, async (context, { device }) => {
    const { ids, result } = await classesOf(context);
    this.check('listed', ids.includes(OWN_CLASS), String(OWN_CLASS), ids.join(' '), result);
    const handles = [];
    for (let i = 0; i < 4; i += 1) handles.push(objectIdOf(await rawCall(context, OWN_CLASS, 0)));
    this.check('handles', new Set(handles).size === 4 && !handles.includes(0), '4 different', handles.join(' '));
    const [first = 0] = handles;
    const gone = await rawCall(context, OWN_CLASS, 3, first);
    this.check('destroyed', gone.errno === 0, '0', gone.answer, gone);
    const again = await rawCall(context, OWN_CLASS, 3, first);
    refused(this, 'destroyed again', again, 'handle-destroyed');
    const other = await openRegistered(this.client, device);
    if (other === undefined) throw new BackendError('protocol', `the device ${device} is there no more`);
    const foreign = await rawCall(other, OWN_CLASS, 3, handles[1]);
    refused(this, 'in another file', foreign, 'handle-context');
  });
});
