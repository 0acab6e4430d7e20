/** The life of an object as its table tells it, walked step by step: what lifecycle and removal scenarios have in common. */
import type { Answer } from '../../backends/backend.ts';
import type { Session } from '../../backends/session.ts';
import type { Call, Value } from '../../spec/abi/abi.ts';
import { attributeOf } from '../../spec/abi/uapi/tables.ts';
import { errnoName } from '../../spec/errno.ts';
import type { LifeStep, MethodAttribute, Spec } from '../../spec/model.ts';
import { isLegal } from '../../spec/qp_rules.ts';
import { Context } from './client.ts';
import { served, taken } from './offered.ts';
import { tableOn, transitionCall } from './queue_pairs.ts';
import type { Result } from './result.ts';
import { createCall, creationOf, exampleOf, on, tableOf, transportOf, type Thing } from './things.ts';

/** How a step went. */
export interface Taken {
  readonly step: LifeStep;
  /** `0`, or the errno's name. */
  readonly answer: string;
  /** The call it was; undefined for a close. */
  readonly result: Result | undefined;
}

export class Life {
  readonly context: Context;
  readonly object: string;
  readonly variant: string | undefined;
  readonly steps: readonly LifeStep[];
  /** The object while it lives, and afterwards what it was. */
  thing: Thing | undefined;
  /** What it uses, by attribute of create. */
  parts: Readonly<Record<string, Thing>> = {};
  #next = 0;
  #state = 'RESET';

  constructor(context: Context, object: string, variant: string | undefined) {
    this.context = context;
    this.object = object;
    this.variant = variant;
    this.steps = stepsOf(context.client.session, object, variant);
  }

  /** The step that comes next; undefined at the end. */
  get next(): LifeStep | undefined {
    return this.steps[this.#next];
  }

  /** Makes what the object needs beside `given`, before its life begins; from then on the device is asked for nothing but its steps. */
  async prepare(given: Readonly<Record<string, Thing>> = {}): Promise<void> {
    this.parts = (await createCall(this.context, this.object, this.variant, {}, given)).parts;
    if (this.steps.some(({ to }) => to !== undefined)) await transportOf(this.context);
  }

  /** The message of the next step and the file it is sent on; undefined where it is a close. */
  async call(): Promise<{ readonly file: Context; readonly call: Call } | undefined> {
    const step = this.next;
    if (step === undefined) throw new Error(`the life of ${this.object} is over`);
    const { context, thing } = this;
    const { spec } = context.client.session;
    if (step.method === 'close') return undefined;
    const table = tableOf(spec, this.object);
    const given = valuesOf(spec, this.object, step);
    if (step.method === creationOf(table).name) {
      const { call } = await createCall(context, this.object, this.variant, given, this.parts);
      return { file: context, call };
    }
    if (thing === undefined) throw new Error(`the life of ${this.object} has not begun`);
    if (step.to !== undefined)
      return { file: context, call: transitionCall(thing, this.#state, step.to, await transportOf(context)) };
    const uses = table.methods[step.method]?.attributes ?? [];
    const call = on(
      thing,
      step.method,
      { ...requiredValues(spec, this.object, uses), ...given },
      roomFor(spec, this.object, uses),
    );
    return thing.file === undefined ? { file: context, call } : { file: thing.file, call: { ...call, on: 0 } };
  }

  /** Takes the next step and says how it went; the life goes on even where it was refused. */
  async take(): Promise<Taken> {
    const step = this.next;
    if (step === undefined) throw new Error(`the life of ${this.object} is over`);
    const prepared = await this.call();
    if (prepared === undefined) return this.#closed(step);
    const result = await prepared.file.call(prepared.call);
    this.#passed(step);
    if (
      result.reply !== undefined &&
      step.method === creationOf(tableOf(this.context.client.session.spec, this.object)).name
    )
      this.born(result.reply.handle, Number(result.reply.attributes['qpn'] ?? 0), result);
    return { step, answer: result.answer, result };
  }

  /** Goes on as though the next step had been taken by somebody else. */
  pass(): void {
    if (this.next !== undefined) this.#passed(this.next);
  }

  born(handle: number, qpn: number, created: Thing['created']): void {
    const { context, object, variant } = this;
    const fd = tableOf(context.client.session.spec, object).instances === 'fd';
    const file = fd ? { file: new Context(context.client, context.process, handle) } : {};
    this.thing = { object, variant, context, handle, qpn, parts: this.parts, created, ...file };
  }

  async #closed(step: LifeStep): Promise<Taken> {
    const answer: Answer = (await this.thing?.file?.close()) ?? { ok: true, value: 0 };
    this.#passed(step);
    return { step, answer: answer.ok ? '0' : errnoName(answer.errno), result: undefined };
  }

  #passed(step: LifeStep): void {
    this.#next += 1;
    if (step.to !== undefined) this.#state = step.to;
  }
}

/** The steps that an object of this type takes, the device serves and this ABI has a message for. */
export function stepsOf(session: Session, object: string, variant: string | undefined): LifeStep[] {
  const { lifecycle, methods } = tableOf(session.spec, object);
  let state = 'RESET';
  return lifecycle.filter(({ only, method, to, with: given = {} }) => {
    if (only?.includes(variant ?? '') === false) return false;
    if (method === 'close') return true;
    const called = methods[method];
    if (called?.attributes.some((use) => use.name in given && !taken(session, use)) === true) return false;
    if (to !== undefined) {
      if (!isLegal(tableOn(session, variant ?? ''), state, to)) return false;
      state = to;
    }
    return session.abi.expresses(object, method) && (called === undefined || served(session, called, variant));
  });
}

/** What a step gives beside what its method requires, as neutral values. */
function valuesOf(spec: Spec, object: string, step: LifeStep): Record<string, Value> {
  const table = tableOf(spec, object);
  const given = Object.entries(step.with ?? {}).map(([name, value]): [string, Value] => {
    const wide = attributeOf(table, name).type.kind === 'u64';
    return [name, wide ? BigInt(value as string) : (value as Value)];
  });
  return Object.fromEntries(given);
}

function requiredValues(spec: Spec, object: string, uses: readonly MethodAttribute[]): Record<string, Value> {
  const table = tableOf(spec, object);
  const required = uses.filter((use) => use.required && use.direction !== 'out');
  return Object.fromEntries(required.map((use) => [use.name, exampleOf(attributeOf(table, use.name))]));
}

/** Bytes of room for a list, enough for every object here. */
const LIST_BYTES = 1024;

function roomFor(spec: Spec, object: string, uses: readonly MethodAttribute[]): Record<string, number> {
  const table = tableOf(spec, object);
  const outputs = uses.filter((use) => use.direction === 'out');
  return Object.fromEntries(
    outputs.map((use) => [use.name, attributeOf(table, use.name).type.kind === 'list' ? LIST_BYTES : 0]),
  );
}
