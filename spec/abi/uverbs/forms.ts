/** Which message a neutral call becomes: a method of its own, or a write command inside INVOKE_WRITE. */
import type { Call } from '../abi.ts';
import { carriedBy, carriedByTail, type Command, type NativeMethod, type UverbsTables } from './tables.ts';

export interface Form {
  readonly method: NativeMethod;
  readonly command: Command | undefined;
  /** Neutral attributes it has a place for, inputs and outputs. */
  readonly inputs: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
  /** True where the message names an object that exists already, or a port. */
  readonly names: boolean;
}

const built = new WeakMap<UverbsTables, ReadonlyMap<string, readonly Form[]>>();

/** Forms by neutral call (`cq.create`), write commands first. */
export function formsOf(tables: UverbsTables): ReadonlyMap<string, readonly Form[]> {
  let forms = built.get(tables);
  if (forms === undefined) built.set(tables, (forms = buildForms(tables)));
  return forms;
}

function buildForms(tables: UverbsTables): ReadonlyMap<string, readonly Form[]> {
  const forms = new Map<string, Form[]>();
  const add = (serves: string, form: Form): void => {
    const list = forms.get(serves);
    if (list === undefined) forms.set(serves, [form]);
    else list.push(form);
  };
  for (const command of tables.commands)
    if (command.serves !== undefined) add(command.serves, commandForm(tables.invoke, command));
  for (const method of tables.methods) if (method.serves !== undefined) add(method.serves, methodForm(method));
  return forms;
}

/** A command inside INVOKE_WRITE. */
export function commandForm(invoke: NativeMethod, command: Command): Form {
  const inputs = new Set([...carriedBy(command.request), ...carriedByTail(command), ...command.maskOnly]);
  const names = command.request.fields.some((field) => field.carries.includes('@handle'));
  const answers = command.answers === undefined ? [] : [command.answers.list];
  return { method: invoke, command, inputs, outputs: new Set([...carriedBy(command.response), ...answers]), names };
}

function methodForm(method: NativeMethod): Form {
  const carried = (out: boolean): ReadonlySet<string> =>
    new Set(
      method.attributes
        .filter((attribute) => (attribute.form === 'out') === out)
        .flatMap((attribute) => carriedBy(attribute.layout)),
    );
  const names = method.attributes.some(
    ({ access, layout }) =>
      access !== 'new' &&
      layout.fields.some(({ carries }) => carries.includes('@handle') || carries.includes('@object_id')),
  );
  return { method, command: undefined, inputs: carried(false), outputs: carried(true), names };
}

/**
 * The message for a call: of those that take every attribute given, the one that brings back the most of what is asked for.
 * An output without a place in it is simply not answered. Throws RangeError where no message takes the attributes.
 */
export function formOf(tables: UverbsTables, call: Call): Form {
  const name = `${call.object}.${call.method}`;
  const forms = formsOf(tables).get(name);
  if (forms === undefined) throw new RangeError(`uverbs has no message for ${name}`);
  const given = Object.keys(call.attributes).filter((attribute) => call.attributes[attribute] !== undefined);
  const asked = Object.keys(call.room ?? {});
  const answered = (form: Form): number => asked.filter((attribute) => form.outputs.has(attribute)).length;
  const able = forms.filter((form) => given.every((attribute) => form.inputs.has(attribute)));
  const [first, ...others] = able;
  if (first === undefined) {
    const homeless = given.filter((attribute) => !forms.some((form) => form.inputs.has(attribute)));
    throw new RangeError(`uverbs has no place for ${homeless.join(', ')} in ${name}`);
  }
  if (call.on !== undefined && call.on !== 0 && !first.names)
    throw new RangeError(`uverbs has no place for an object id in ${name}`);
  return others.reduce((best, form) => (answered(form) > answered(best) ? form : best), first);
}
