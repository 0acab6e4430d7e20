/** A neutral call as a write command: what goes into CORE_IN, CORE_OUT and WRITE_CMD. */
import type { Spec } from '../../model.ts';
import type { Call } from '../abi.ts';
import type { DraftAttribute } from './draft.ts';
import { COMMAND_EXTENDED, FLAG_MANDATORY } from './layout.ts';
import { writeLayout, type Source } from './layouts.ts';
import type { Command, NativeMethod } from './tables.ts';

/** Attributes that share one place in a request; at most one of each list can be given. */
function clashes(command: Command): readonly (readonly string[])[] {
  return command.request.fields.map((field) => field.carries).filter((carries) => carries.length > 1);
}

/** What WRITE_CMD holds. */
export function commandWord(command: Command): number {
  return command.extended ? (COMMAND_EXTENDED | command.number) >>> 0 : command.number;
}

/** Throws RangeError where two attributes given need the same place, or a value does not fit. */
export function commandAttributes(
  spec: Spec,
  method: NativeMethod,
  command: Command,
  call: Call,
  source: Source,
): readonly DraftAttribute[] {
  for (const names of clashes(command)) {
    const given = names.filter((name) => call.attributes[name] !== undefined);
    if (given.length > 1)
      throw new RangeError(`uverbs has one place for ${given.join(' and ')} in ${command.serves}: give one of them`);
  }
  const mask = maskOf(spec, call);
  const request = writeLayout(spec, call.object, command.request, (name) => (name === '@mask' ? mask : source(name)));
  const word = new Uint8Array(8);
  new DataView(word.buffer).setUint32(0, commandWord(command), true);
  return [
    attributeOf(method, 'CORE_IN', request),
    ...(command.response.bytes > 0 ? [attributeOf(method, 'CORE_OUT', new Uint8Array(command.response.bytes))] : []),
    attributeOf(method, 'WRITE_CMD', word),
  ].map((attribute) => (call.optional?.includes(attribute.name) === true ? { ...attribute, flags: 0 } : attribute));
}

/** The modify bits of the attributes given; of those asked for, where the call gives none. */
function maskOf(spec: Spec, call: Call): number {
  const given = Object.keys(call.attributes).filter((name) => call.attributes[name] !== undefined);
  let mask = 0;
  for (const name of given.length > 0 ? given : Object.keys(call.room ?? {})) {
    const bit = spec.qp.bits[spec.objects[call.object]?.attributes[name]?.bit ?? ''];
    if (bit !== undefined) mask |= 1 << bit;
  }
  return mask >>> 0;
}

function attributeOf(method: NativeMethod, name: string, payload: Uint8Array): DraftAttribute {
  const native = method.attributes.find((candidate) => candidate.name === name);
  if (native === undefined) throw new RangeError(`${method.object}.${method.name} has no attribute ${name}`);
  return {
    name: name.toLowerCase(),
    id: native.id,
    form: native.form === 'out' ? 'out' : 'in',
    flags: FLAG_MANDATORY,
    reserved: 0,
    payload,
    handle: 0,
    required: native.required,
    sized: !native.open,
    target: false,
  };
}
