/** Lives of objects of every kind, from the tables: walked again, undone, held up, cut off. */
import { Then } from '@cucumber/cucumber';
import { kindsOffered, type Kind } from '../client/kinds.ts';
import { Life } from '../client/lifecycle.ts';
import { Refused, on, tableOf, type Thing } from '../client/things.ts';
import { accepted, boundaries, ended, freed, lived, partsOf } from '../client/walk.ts';
import { sweep } from '../support/sweep.ts';
import type { RdmaWorld } from '../support/world.ts';

Then('every life can be walked again with the same objects', async function (this: RdmaWorld) {
  for (const kind of kindsOffered(this.client.session)) {
    const first = await lived(await this.client.open(), kind, Infinity);
    const second = new Life(first.context, kind.object, kind.variant);
    await second.prepare(first.parts);
    while (second.next !== undefined) {
      const { step, answer, result } = await second.take();
      this.check(`${kind.name} ${step.name} again`, answer === '0', '0', answer, result);
      if (answer !== '0') break;
    }
  }
});

Then(
  'at every boundary of every life the objects can be destroyed, the newest first',
  async function (this: RdmaWorld) {
    for (const kind of kindsOffered(this.client.session)) {
      for (const { count, name } of boundaries(this.client.session, kind)) {
        const life = await lived(await this.client.open(), kind, count);
        const refusals = [await ended(await freed(life))];
        for (const part of partsOf(life).reverse()) refusals.push((await destroyed(part)).answer);
        const got = refusals.find((answer) => answer !== '0' && answer !== '-') ?? '0';
        this.check(`${kind.name} ${name}`, got === '0', '0', got);
      }
    }
  },
);

Then('at no boundary of any life what it uses can be destroyed', async function (this: RdmaWorld) {
  const errnos = this.errnosOf(this.clause.id);
  for (const kind of kindsOffered(this.client.session)) {
    const life = await lived(await this.client.open(), kind, 1);
    const used = usedBy(this, kind, life);
    for (const part of used) await heldFromTheFirst(this, part);
    while (life.next !== undefined && used.length > 0) {
      const boundary = `${kind.name} before ${life.next.name}`;
      for (const part of used) {
        const { answer } = await destroyed(part);
        this.check(`${boundary}, ${part.object}`, errnos.includes(answer), errnos.join(' or '), answer);
      }
      accepted(life, await life.take());
    }
    if (used.length > 0) await usedAgain(this, kind, life);
  }
});

/** What was to be destroyed all along serves another object once the life is over. */
async function usedAgain(world: RdmaWorld, kind: Kind, { context, parts }: Life): Promise<void> {
  const another = new Life(context, kind.object, kind.variant);
  await another.prepare(parts);
  const { answer, result } = await another.take();
  world.check(`${kind.name} with the same objects`, answer === '0', '0', answer, result);
}

Then('every life can be cut off at every boundary by closing the file', async function (this: RdmaWorld) {
  for (const kind of kindsOffered(this.client.session)) {
    for (const { count, name } of boundaries(this.client.session, kind)) {
      const { context } = await lived(await this.client.open(), kind, count);
      await context.close();
      await sweep(this, `${kind.name} ${name}`);
    }
  }
});

function destroyed(thing: Thing): ReturnType<Thing['context']['call']> {
  return thing.context.call(on(thing, 'destroy'));
}

/** What the object of a life uses, by its table. */
function usedBy(world: RdmaWorld, { object }: Kind, { parts }: Life): Thing[] {
  const uses = tableOf(world.spec, object).uses.map(({ attribute }) => parts[attribute]);
  return [...new Set(uses.filter((part) => part !== undefined))];
}

/** What is used right after a create is held, and survives the attempt: the clause of its own object says so. */
async function heldFromTheFirst(world: RdmaWorld, part: Thing): Promise<void> {
  const clause = `${part.object}-destroy-busy`;
  if (world.spec.clauses[clause] === undefined) return;
  for (let time = 0; time < 2; time += 1) {
    const result = await destroyed(part);
    if (!world.errnosOf(clause).includes(result.answer)) throw new Refused(clause, result, 'a refusal');
  }
}
