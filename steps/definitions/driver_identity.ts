/** What drivers are called: who they say they are, and names that are refused. */
import { Then } from '@cucumber/cucumber';
import type { DriverIdentity } from '../../backends/backend.ts';
import { NAME_BYTES } from '../../spec/abi/uapi/text.ts';
import type { Context } from '../client/client.ts';
import { openRegistered, register, registered, type Naming } from '../client/drivers.ts';
import { driverOf } from '../client/names.ts';
import { OWN_CLASS, PD, ROWS, isOwn, offered } from '../client/own_numbers.ts';
import type { RdmaWorld } from '../support/world.ts';

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
