/** A neutral call as a write command: what goes into CORE_IN, CORE_OUT and WRITE_CMD. */
import type { Spec } from '../../model.ts';
import type { Call } from '../abi.ts';
import { structOf } from '../uapi/values.ts';
import type { DraftAttribute } from './draft.ts';
import { COMMAND_EXTENDED, FLAG_MANDATORY } from './layout.ts';
import { isGid, writeLayout, type Source } from './layouts.ts';
import { recordOf } from './records.ts';
import { writeTail } from './tail.ts';
import type { Command, NativeMethod } from './tables.ts';
import { writeWork } from './work.ts';

/** Attributes that share one place in a request; at most one of each list can be given. */
function clashes(command: Command): readonly (readonly string[])[] {
  return command.request.fields
    .filter((field) => !isGid(field) && field.carries.length > 1)
    .map((field) => field.carries);
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
      throw new RangeError(`uverbs has one place for ${given.join(' and ')} in ${command.name}: give one of them`);
  }
  const mask = maskOf(spec, command, call);
  const room = answerRoom(spec, command, call);
  const tail =
    command.work === undefined
      ? writeTail(spec, call.object, command.tail, source)
      : writeWork(spec, call.object, command.work, source);
  const fixed = writeLayout(spec, call.object, command.request, (name) =>
    name === '@mask' ? mask : name === '@answer_count' ? room : (tail.words.get(name) ?? source(name)),
  );
  const request = new Uint8Array(fixed.length + tail.bytes.length);
  request.set(fixed);
  request.set(tail.bytes, fixed.length);
  const answer = command.response.bytes + room * (command.answers?.layout.bytes ?? 0);
  const word = new Uint8Array(8);
  new DataView(word.buffer).setUint32(0, commandWord(command), true);
  return [
    attributeOf(method, 'CORE_IN', request),
    ...(answer === 0 ? [] : [attributeOf(method, 'CORE_OUT', new Uint8Array(answer))]),
    attributeOf(method, 'WRITE_CMD', word),
  ].map((attribute) => (call.optional?.includes(attribute.name) === true ? { ...attribute, flags: 0 } : attribute));
}

/** How many records the call has room for behind the response. */
function answerRoom(spec: Spec, { answers }: Command, { object, room }: Call): number {
  if (answers === undefined) return 0;
  return Math.floor((room?.[answers.list] ?? 0) / structOf(spec, recordOf(spec, object, answers.list)).size);
}

/** The command's own bits of the attributes given, or the modify bits: then of those asked for, where the call gives none. */
function maskOf(spec: Spec, { flags }: Command, call: Call): number {
  const given = Object.keys(call.attributes).filter((name) => call.attributes[name] !== undefined);
  if (flags !== undefined) return given.reduce((sum, name) => sum | (flags[name] ?? 0), 0);
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
