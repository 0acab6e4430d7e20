/** What limits say: the same everywhere, true of classes and values, and of what was granted. */
import { Then } from '@cucumber/cucumber';
import { apart, counted, fill, kindsOf, limitsOf, repeatable } from '../client/capacity.ts';
import { edgesOf } from '../client/edges.ts';
import { classesOf } from '../client/interface.ts';
import { make, on, creationOf, tableOf, type Thing } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld } from '../support/world.ts';

/** How many objects of each kind come and go beside the one that is watched. */
const FEW = 6;

Then('the limits are the same in every file, however many objects exist', async function (this: RdmaWorld) {
  const first = await limitsOf(this.context());
  const second = await limitsOf(this.context('the second file'));
  const kinds = await kindsOf(this.context());
  for (const kind of kinds)
    await fill(this.context(), await repeatable(this.context(), kind), Math.min(FEW, kind.limit - 1));
  const later = await limitsOf(this.context());
  const laterElsewhere = await limitsOf(this.context('the second file'));
  for (const [name, limit] of first) {
    const seen = [second, later, laterElsewhere].map((limits) => words(limits.get(name)));
    const same = seen.every((value) => value === words(limit));
    this.check(name, same, `${words(limit)} in both files, before and after`, seen.join(', '));
  }
});

Then('a class is listed exactly if its limit is at least 1', async function (this: RdmaWorld) {
  const limits = await limitsOf(this.context());
  const { ids, result } = await classesOf(this.context());
  for (const table of counted(this.spec)) {
    const numbers = typeof table.classId === 'number' ? [table.classId] : Object.values(table.classId);
    const listed = numbers.some((id) => ids.includes(id));
    const limit = limits.get(table.limit);
    const fits = listed ? (limit ?? 0n) >= 1n : limit === 0n;
    this.check(table.object, fits, `${table.limit} ${listed ? '1 or more' : '0'}`, words(limit), result);
  }
});

Then('every value is accepted at its limit, and refused above it', async function (this: RdmaWorld) {
  for (const { name, bound, at, above } of await edgesOf(this.context())) {
    this.check(name, at.errno === 0, '0', at.answer, at);
    if (above === undefined) continue;
    const errnos = this.errnosOf(bound.clause);
    this.check(
      `${name} and one`,
      errnos.includes(above.answer),
      errnos.join(' or '),
      above.answer,
      above,
      bound.clause,
    );
  }
});

Then('what was granted stays while other objects come and go', async function (this: RdmaWorld) {
  const context = this.context();
  const kinds = await kindsOf(context);
  const watched: { readonly thing: Thing; readonly granted: readonly string[] }[] = [];
  for (const { object, variant } of kinds) {
    const granted = grantedBy(this, object);
    if (granted.length > 0) watched.push({ thing: await make(context, object, variant), granted });
  }
  for (const { thing, granted } of watched) await stays(this, thing, granted, 'alone');
  for (const kind of kinds) await fill(context, await repeatable(context, kind), Math.min(FEW, kind.limit / 2));
  for (const { thing, granted } of watched) await stays(this, thing, granted, 'among others');
  for (const kind of kinds) {
    await apart(this.client, async (other) =>
      fill(other, await repeatable(other, kind), Math.min(FEW, kind.limit / 4)),
    );
  }
  for (const { thing, granted } of watched) await stays(this, thing, granted, 'after others');
});

/** Attributes that create grants and query reports. */
function grantedBy(world: RdmaWorld, object: string): string[] {
  const table = tableOf(world.spec, object);
  if (!world.client.session.abi.expresses(object, 'query')) return [];
  const reported = table.methods['query']?.attributes.map((use) => use.name) ?? [];
  const granted = creationOf(table).attributes.filter((use) => use.direction === 'inout');
  return granted.map((use) => use.name).filter((name) => reported.includes(name));
}

async function stays(world: RdmaWorld, thing: Thing, names: readonly string[], when: string): Promise<void> {
  const room = Object.fromEntries(names.map((name) => [name, 0]));
  const result = await thing.context.call(on(thing, 'query', {}, room));
  for (const name of names) {
    const granted = words(thing.created.reply?.attributes[name]);
    const shown = words(result.reply?.attributes[name]);
    world.check(`${thing.object} ${name} ${when}`, shown === granted, granted, shown, result);
  }
}
