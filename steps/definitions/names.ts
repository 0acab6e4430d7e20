/** Names: those a device has and those it has not. */
import { Then, When } from '@cucumber/cucumber';
import type { RegisteredName } from '../../backends/backend.ts';
import { NAME_BYTES, nameFields } from '../../spec/abi/uapi/text.ts';
import { tablesOf } from '../../spec/abi/uapi/tables.ts';
import type { Context } from '../client/client.ts';
import { registered } from '../client/drivers.ts';
import { classesOf } from '../client/interface.ts';
import { askFor, askNames, found, inWords, namesIn, namesOf, type Named } from '../client/names.ts';
import { OWN_CLASS, PD, ROWS, isOwn, offered, placeOf } from '../client/own_numbers.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const KINDS = ['CLASS', 'METHOD', 'ATTRIBUTE'];

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
