/** Lives walked up to a boundary, and what is left of them there. */
import type { Session } from '../../backends/session.ts';
import type { Context } from './client.ts';
import type { Kind } from './kinds.ts';
import { Life, stepsOf, type Taken } from './lifecycle.ts';
import { moveClause } from './queue_pairs.ts';
import { Refused, on, type Thing } from './things.ts';
import { successClause } from './specimens.ts';

/** A life that has taken its first `count` steps; Refused where one is not accepted in its place. */
export async function lived(context: Context, { object, variant }: Kind, count: number): Promise<Life> {
  const life = new Life(context, object, variant);
  await life.prepare();
  for (let taken = 0; taken < count && life.next !== undefined; taken += 1) await walked(life);
  return life;
}

export interface Boundary {
  /** Steps taken by then. */
  readonly count: number;
  /** How checks name it. */
  readonly name: string;
}

/** Every boundary in a life, from before its first step to after its last one. */
export function boundaries(session: Session, { object, variant }: Kind): Boundary[] {
  const steps = stepsOf(session, object, variant);
  return [
    ...steps.map(({ name }, count) => ({ count, name: `before it is ${name}` })),
    { count: steps.length, name: 'after its end' },
  ];
}

/** Takes a step, and sees that a new object answers where it was said to be. */
async function walked(life: Life): Promise<void> {
  const born = life.thing === undefined;
  accepted(life, await life.take());
  const { thing, context } = life;
  if (!born || thing === undefined || thing.file !== undefined) return;
  if (!context.client.session.abi.expresses(thing.object, 'query')) return;
  const result = await context.call(on(thing, 'query'));
  if (result.errno !== 0) throw new Refused('handle-returned', result);
}

/** Throws Refused where a step was refused: that is a matter of its method's own clause. */
export function accepted(life: Life, { step, result }: Taken): void {
  if (result === undefined || result.errno === 0) return;
  const { object } = life;
  const { session } = life.context.client;
  const clause =
    step.to === undefined ? successClause(session, { object, method: step.method }) : moveClause(session, step.to);
  if (session.spec.clauses[clause] !== undefined) throw new Refused(clause, result);
}

/** Takes the steps without which the object cannot be destroyed here. */
export async function freed(life: Life): Promise<Life> {
  while (life.next?.frees === true) accepted(life, await life.take());
  return life;
}

/** How the object ends by itself: its handle destroyed, or its descriptor closed. `-` where there is none. */
export async function ended(life: Life): Promise<string> {
  const { thing } = life;
  if (thing === undefined || life.next === undefined) return '-';
  if (thing.file !== undefined) {
    const answer = await thing.file.close();
    return answer.ok ? '0' : 'refused';
  }
  return (await thing.context.call(on(thing, 'destroy'))).answer;
}

/** What was made for a life, in the order of creation: each after what it uses itself. */
export function partsOf(life: Life): Thing[] {
  const parts = new Set<Thing>();
  const add = (part: Thing): void => {
    for (const inner of Object.values(part.parts)) add(inner);
    parts.add(part);
  };
  for (const part of Object.values(life.parts)) add(part);
  return [...parts];
}
