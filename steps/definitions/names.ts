/** Names: those a device has and those it has not, those drivers give, and that of a driver itself. */
import { Then, When } from '@cucumber/cucumber';
import type { DriverIdentity, RegisteredName, RegisteredRow } from '../../backends/backend.ts';
import { NAME_BYTES, nameFields } from '../../spec/abi/uapi/text.ts';
import { tablesOf } from '../../spec/abi/uapi/tables.ts';
import type { Context } from '../client/client.ts';
import { openRegistered, register, registered, type Naming } from '../client/drivers.ts';
import { classesOf, methodsOf, recordsOf } from '../client/interface.ts';
import { askFor, askNames, driverOf, found, inWords, namesIn, namesOf, type Named } from '../client/names.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const OWN_CLASS = 0x8000;
const FIRST_DRIVER_METHOD = 96;
const PD = 4;
const KINDS = ['CLASS', 'METHOD', 'ATTRIBUTE'];

/** What a driver adds in these scenarios, and its names for it. */
const ROWS: readonly RegisteredRow[] = [
  { classId: OWN_CLASS, method: 0, operation: 'serve', attributes: [{ id: 1 }] },
  { classId: OWN_CLASS, method: 3, operation: 'serve' },
  { classId: OWN_CLASS, method: 40, operation: 'serve' },
  { classId: PD, method: 120, operation: 'serve', attributes: [{ id: 0x8000 }] },
];
const NAMES: readonly RegisteredName[] = [
  { classId: OWN_CLASS, name: 'doorbell' },
  { classId: OWN_CLASS, method: 40, name: 'doorbell.ring' },
  { classId: OWN_CLASS, attribute: 1, name: 'doorbell/tone' },
  { classId: PD, method: 120, name: 'x'.repeat(NAME_BYTES) },
  { classId: PD, attribute: 0x8000, name: '9-a:b/c.d_e' },
];

function kindOf({ method, attribute }: RegisteredName): Pick<Named, 'kind' | 'number'> {
  if (attribute !== undefined) return { kind: 'ATTRIBUTE', number: attribute };
  return method === undefined ? { kind: 'CLASS', number: 0 } : { kind: 'METHOD', number: method };
}

/** Every method and attribute id that discovery lists, as `METHOD class.number`. */
async function offered(context: Context): Promise<Set<string>> {
  const all = new Set<string>();
  for (const id of (await classesOf(context)).ids) {
    all.add(`CLASS ${String(id)}.0`);
    for (const method of (await methodsOf(context, id)).numbers) {
      all.add(`METHOD ${String(id)}.${String(method)}`);
      const { records } = await recordsOf(context, id, method);
      for (const record of records) all.add(`ATTRIBUTE ${String(id)}.${String(record['id'])}`);
    }
  }
  return all;
}

function placeOf({ kind, classId, number }: Named): string {
  return `${kind} ${String(classId)}.${String(number)}`;
}

/** Whether a number that discovery lists is the driver's to name. */
function isOwn(place: string): boolean {
  const [kind = '', numbers = ''] = place.split(' ');
  const [classId = 0, number = 0] = numbers.split('.').map(Number);
  if (classId >= OWN_CLASS) return kind !== 'METHOD' || number >= FIRST_DRIVER_METHOD;
  return (kind === 'METHOD' && number >= FIRST_DRIVER_METHOD) || (kind === 'ATTRIBUTE' && number >= OWN_CLASS);
}

Then('each list of names is in order and names what the class has', async function (this: RdmaWorld) {
  const context = this.context();
  const all = await offered(context);
  const { classes } = tablesOf(this.spec);
  const seen = new Set<string>();
  for (const id of (await classesOf(context)).ids) {
    const { names, count, result } = await namesIn(context, id);
    const name = `class ${String(id)}`;
    const places = names.map(({ kind, number }) => [KINDS.indexOf(kind), number] as const);
    const sorted = [...places].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    this.check(`${name}, order`, places.join(' ') === sorted.join(' '), sorted.join(' '), places.join(' '), result);
    this.check(`${name}, count`, count === names.length, String(names.length), String(count), result);
    const wrong = names.filter((one) => !all.has(placeOf(one)) || seen.has(one.name)).map(inWords);
    this.check(`${name}, names of nothing or given before`, wrong.length === 0, 'none', wrong.join() || 'none', result);
    for (const one of names) seen.add(one.name);
    if (id >= OWN_CLASS) continue;
    const expected = classes.get(id)?.name ?? 'a name';
    const got = names.find(({ kind }) => kind === 'CLASS')?.name ?? 'no name';
    this.check(name, got === expected, expected, got, result);
  }
});

Then('the names that a driver registers are listed, and no others are added', async function (this: RdmaWorld) {
  const before = (await namesOf(this.context())).filter(({ classId }) => classId < OWN_CLASS).map(inWords);
  const given = NAMES.map((one) => inWords({ ...one, ...kindOf(one) }));
  await registered(
    this.client,
    ROWS,
    async (context) => {
      const listed = (await namesOf(context)).map(inWords);
      for (const name of given) {
        const got = listed.includes(name) ? 'listed' : 'missing';
        this.check(name, got === 'listed', 'listed', got);
      }
      const strange = listed.filter((name) => !given.includes(name) && !before.includes(name));
      this.check('others', strange.length === 0, 'those of the core', strange.join() || 'those of the core');
    },
    { names: NAMES },
  );
});

Then('every name of the lists is found', async function (this: RdmaWorld) {
  const judge = async (context: Context): Promise<void> => {
    for (const named of await namesOf(context)) {
      const { named: answer, result } = await found(context, named.name);
      const got = answer === undefined ? result.answer : inWords(answer);
      this.check(named.name, got === inWords(named), inWords(named), got, result);
    }
  };
  await judge(this.context());
  if (this.client.session.capabilities.has('control-register-driver'))
    await registered(this.client, ROWS, judge, { names: NAMES });
});

When('names that no list has are asked for', async function (this: RdmaWorld) {
  const context = this.context();
  const names = await namesOf(context);
  const known = names[0]?.name ?? 'pd';
  const texts = [
    '',
    'nothing',
    known.slice(0, -1),
    `${known}x`,
    known.toUpperCase(),
    ` ${known}`,
    'x'.repeat(NAME_BYTES),
  ];
  const trials: Trial[] = [];
  for (const text of texts.filter((one) => !names.some(({ name }) => name === one)))
    trials.push({ name: `"${text}"`, result: await context.call(askFor(text)) });
  // A name with something behind its end is not that name.
  const tail = { ...nameFields(known), text_24: 0x7800000000000000n };
  trials.push({ name: `"${known}" with a tail`, result: await context.call(askFor(tail)) });
  this.trials = trials;
});

Then("everything that is the driver's has a name", async function (this: RdmaWorld) {
  const context = this.context();
  const named = new Set((await namesOf(context)).map(placeOf));
  const without = [...(await offered(context))].filter((place) => isOwn(place) && !named.has(place));
  this.check('numbers without a name', without.length === 0, 'none', without.join() || 'none');
});

When('each list of names is asked for with room for one entry less', async function (this: RdmaWorld) {
  const context = this.context();
  const trials: Trial[] = [];
  for (const id of (await classesOf(context)).ids) {
    const { count } = await namesIn(context, id);
    // The least room for a list is that for one entry.
    if (count > 1) trials.push({ name: `class ${String(id)}`, result: await context.call(askNames(id, count - 1)) });
  }
  this.trials = trials;
});

/** Names that must be refused, by the clause that refuses them. */
const WRONG: Readonly<Record<string, Readonly<Record<string, Naming>>>> = {
  'driver-register-names': {
    'one name for two things': {
      names: [
        { classId: OWN_CLASS, name: 'one' },
        { classId: PD, method: 120, name: 'one' },
      ],
    },
    'one name for a method and an attribute': {
      names: [
        { classId: OWN_CLASS, method: 40, name: 'one' },
        { classId: OWN_CLASS, attribute: 1, name: 'one' },
      ],
    },
    'two names for one thing': {
      names: [
        { classId: OWN_CLASS, name: 'one' },
        { classId: OWN_CLASS, name: 'two' },
      ],
    },
    'the name of a class of the core': { names: [{ classId: OWN_CLASS, name: 'pd' }] },
  },
  'driver-register-named': {
    'a class without rows': { names: [{ classId: OWN_CLASS + 1, name: 'one' }] },
    'a method without a row': { names: [{ classId: OWN_CLASS, method: 41, name: 'one' }] },
    'an attribute of no row': { names: [{ classId: PD, attribute: 0x8001, name: 'one' }] },
    'a class of the core': { names: [{ classId: PD, name: 'one' }] },
    'an empty name': { names: [{ classId: OWN_CLASS, name: '' }] },
    'a name that is too long': { names: [{ classId: OWN_CLASS, name: 'x'.repeat(NAME_BYTES + 1) }] },
    'a name with a space': { names: [{ classId: OWN_CLASS, name: 'a b' }] },
    'a driver without a name': { driver: { name: '', version: 1 } },
    'a driver whose name is too long': { driver: { name: 'x'.repeat(NAME_BYTES + 1), version: 1 } },
  },
};

Then('no driver with such names gets a device', async function (this: RdmaWorld) {
  const errnos = this.errnosOf(this.clause.id);
  let count = 0;
  for (const [name, naming] of Object.entries(WRONG[this.clause.id] ?? {})) {
    const { answer, there } = await register(this.client, `misnamed${String((count += 1))}`, ROWS, naming);
    const passed = errnos.includes(answer) && !there;
    this.check(name, passed, `${errnos.join(' or ')}, no device`, `${answer}, ${there ? 'a' : 'no'} device`);
  }
});

function identityOf({ name, version }: DriverIdentity): string {
  return `${name} 0x${version.toString(16)}`;
}

Then('a device reports what its driver registered with', async function (this: RdmaWorld) {
  const drivers = [
    { name: 'one', version: 0x10000 },
    { name: 'other', version: 0xffffffff },
    { name: 'x'.repeat(NAME_BYTES), version: 0 },
  ];
  for (const driver of drivers) {
    await registered(
      this.client,
      ROWS,
      async (context) => {
        const { driver: got, result } = await driverOf(context);
        this.check(driver.name, identityOf(got) === identityOf(driver), identityOf(driver), identityOf(got), result);
      },
      { driver },
    );
  }
});

Then('a device with numbers of a driver names the driver', async function (this: RdmaWorld) {
  const judge = async (context: Context, device: string): Promise<void> => {
    const own = [...(await offered(context))].filter(isOwn);
    const { driver, result } = await driverOf(context);
    const named = driver.name !== '' || own.length === 0;
    const expected = `a name, for ${String(own.length)} numbers of the driver`;
    this.check(device, named, expected, named ? expected : 'no name', result);
  };
  await judge(this.context(), 'the device');
  if (this.client.session.capabilities.has('control-register-driver'))
    await registered(this.client, ROWS, (context) => judge(context, 'a registered device'));
});

Then('every file of the device names the same driver, whatever registers beside it', async function (this: RdmaWorld) {
  const [first, second] = [this.context(), this.context('the second file')];
  const { driver, result } = await driverOf(first);
  const same = async (name: string, context: Context): Promise<void> => {
    const again = await driverOf(context);
    this.check(
      name,
      identityOf(again.driver) === identityOf(driver),
      identityOf(driver),
      identityOf(again.driver),
      again.result,
    );
  };
  this.check('first file', driver.name !== '', 'a name', driver.name === '' ? 'no name' : 'a name', result);
  await same('first file again', first);
  await same('second file', second);
  if (!this.client.session.capabilities.has('control-register-driver')) return;
  await register(this.client, 'beside', ROWS, { driver: { name: 'beside', version: 7 } });
  await same('first file beside another driver', first);
  const beside = await openRegistered(this.client, 'beside');
  if (beside !== undefined) await beside.close();
  await same('second file beside another driver', second);
});
