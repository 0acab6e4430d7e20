/** Registrations that are refused, and the size of the table that one makes. */
import { Then } from '@cucumber/cucumber';
import type { RegisteredRow } from '../../backends/backend.ts';
import { openRegistered, rawCall, register, registered } from '../client/drivers.ts';
import { typesOffered } from '../client/offered.ts';
import { Refused, createCall, creationOf, tableOf } from '../client/things.ts';
import { appliesTo, tablesOf } from '../../spec/abi/uapi/tables.ts';
import { probeMethod } from '../client/interface.ts';
import { inChains } from '../client/chains.ts';
import type { Context } from '../client/client.ts';
import type { RdmaWorld } from '../support/world.ts';

const DEVICE = 'registered0';
const OWN_CLASS = 0x8000;
const POINTER = 8;
const METHODS = Array.from({ length: 128 }, (_, number) => number);

const SERVED = { operation: 'serve' } as const;
/** Rows that must be refused, by the clause that refuses them; the classes are those every device has. */
const WRONG: Readonly<Record<string, readonly (readonly RegisteredRow[])[]>> = {
  'driver-register-twice': [
    [
      { classId: 4, method: 0, ...SERVED },
      { classId: 4, method: 0, ...SERVED },
    ],
    [
      { classId: 4, method: 3, operation: 'keep' },
      { classId: 4, method: 3, operation: 'unsupported' },
    ],
    [
      { classId: OWN_CLASS, method: 0, ...SERVED },
      { classId: 5, method: 1, operation: 'keep' },
      { classId: OWN_CLASS, method: 0, ...SERVED },
    ],
  ],
  'driver-register-range': [
    [{ classId: 4, method: 31, ...SERVED }],
    [{ classId: 4, method: 95, ...SERVED }],
    [{ classId: 4, method: 128, ...SERVED }],
    [{ classId: 0x7fff, method: 0, ...SERVED }],
    [{ classId: 0x7fff, method: 96, ...SERVED }],
    [{ classId: OWN_CLASS, method: 128, ...SERVED }],
    [{ classId: 4, method: 0, ...SERVED, attributes: [{ id: 62 }] }],
    [{ classId: 4, method: 96, ...SERVED, attributes: [{ id: 0x7fff }] }],
    [
      { classId: 4, method: 0, ...SERVED },
      { classId: 5, method: 40, ...SERVED },
    ],
  ],
  'driver-register-nothing': [
    [{ classId: 4, method: 2, operation: 'keep' }],
    [{ classId: 4, method: 111, operation: 'unsupported' }],
    [{ classId: OWN_CLASS, method: 0, operation: 'keep' }],
    [{ classId: 0x7fff, method: 0, operation: 'unsupported' }],
  ],
  'driver-register-interface': [
    [{ classId: 1, method: 1, operation: 'refuse', errno: 'EIO' }],
    [{ classId: 1, method: 32, operation: 'unsupported' }],
    [{ classId: 1, method: 96, ...SERVED }],
  ],
};

Then('no driver with such rows gets a device', async function (this: RdmaWorld) {
  const errnos = this.errnosOf(this.clause.id);
  for (const [index, rows] of (WRONG[this.clause.id] ?? []).entries()) {
    const { answer, there } = await register(this.client, `refused${String(index)}`, rows);
    const name = rows.map((row) => `${row.operation} ${String(row.classId)}.${String(row.method)}`).join(', ');
    const passed = errnos.includes(answer) && !there;
    this.check(name, passed, `${errnos.join(' or ')}, no device`, `${answer}, ${there ? 'a' : 'no'} device`);
  }
});

Then('a driver cannot take the name of a device', async function (this: RdmaWorld) {
  const errnos = this.errnosOf(this.clause.id);
  await register(this.client, DEVICE, []);
  for (const name of [DEVICE, this.client.session.description.devices[0]?.name ?? '']) {
    const { answer } = await register(this.client, name, [{ classId: 4, method: 0, operation: 'unsupported' }]);
    this.check(name, errnos.includes(answer), errnos.join(' or '), answer);
    const context = await openRegistered(this.client, name);
    const pd = context === undefined ? undefined : await rawCall(context, 4, 0);
    this.check(`${name} afterwards`, pd?.errno === 0, '0', pd?.answer ?? 'no device', pd);
  }
});

/** The highest method of each class and one, as the device accepts them. */
async function methodLengths(context: Context): Promise<Map<number, number>> {
  const lengths = new Map<number, number>();
  const own = Array.from({ length: 4 }, (_, ordinal) => OWN_CLASS + ordinal);
  for (const id of [...tablesOf(context.client.session.spec).classes.keys(), ...own]) {
    const accepted = await inChains(METHODS, (method) => probeMethod(context, id, method));
    const highest = accepted.lastIndexOf(true);
    if (highest >= 0) lengths.set(id, highest + 1);
  }
  return lengths;
}

Then('the dispatch table is as large as the numbers in use make it', async function (this: RdmaWorld) {
  const more: readonly RegisteredRow[][] = [
    [],
    [{ classId: OWN_CLASS + 2, method: 0, operation: 'serve' }],
    [{ classId: 4, method: 100, operation: 'serve' }],
    [{ classId: 4, method: 3, operation: 'unsupported' }],
  ];
  for (const rows of more) {
    await registered(this.client, rows, async (context, { bytes }) => {
      const lengths = await methodLengths(context);
      const core = Math.max(...[...lengths.keys()].filter((id) => id < OWN_CLASS)) + 1;
      const driver = Math.max(...[...lengths.keys()].map((id) => id - OWN_CLASS)) + 1;
      const entries = [...lengths.values()].reduce((sum, length) => sum + length, core + Math.max(driver, 0));
      const name =
        rows.map((row) => `${row.operation} ${String(row.classId)}.${String(row.method)}`).join() || 'no rows';
      this.check(name, bytes === POINTER * entries, String(POINTER * entries), String(bytes));
    });
  }
});

Then('each creation flag is carried out or refused as not supported', async function (this: RdmaWorld) {
  const errnos = this.errnosOf(this.clause.id);
  for (const variant of typesOffered(this.client.session)) {
    const creation = creationOf(tableOf(this.spec, 'qp')).attributes.find(({ name }) => name === 'create_flags');
    if (creation === undefined || !appliesTo(creation, variant)) continue;
    const plain = await createCall(this.context(), 'qp', variant);
    const sound = await this.context().call(plain.call);
    if (sound.errno !== 0) throw new Refused('qp-create', sound);
    for (const flag of Object.keys(this.spec.flags['qp_create'] ?? {})) {
      const { call } = await createCall(this.context(), 'qp', variant, { create_flags: [flag] });
      const { answer } = await this.context().call(call);
      this.check(`${variant} ${flag}`, ['0', ...errnos].includes(answer), `0 or ${errnos.join(' or ')}`, answer);
    }
  }
});
