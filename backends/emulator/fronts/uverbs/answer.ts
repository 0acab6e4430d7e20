/** Writes the outputs of a successful call: through the pointers, and the flag in the attribute that it was written. */
import type { StructValue, Value } from '../../../../spec/abi/abi.ts';
import { DATA_AT, FLAGS_AT, FLAG_WRITTEN } from '../../../../spec/abi/uverbs/layout.ts';
import { writeLayout, type Source } from '../../../../spec/abi/uverbs/layouts.ts';
import { writeRecords } from '../../../../spec/abi/uverbs/records.ts';
import type { Layout } from '../../../../spec/abi/uverbs/tables.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Spec } from '../../../../spec/model.ts';
import { takeBack } from '../../classes/channels.ts';
import type { QpState } from '../../classes/qp_state.ts';
import type { Given, Message } from './message.ts';
import { pathOf } from './modify_rules.ts';

/** 0, or EFAULT; a create whose outputs cannot be written leaves no object. */
export function writeAnswer(spec: Spec, message: Message): number {
  for (const given of message.given.values()) {
    if (given.native?.form !== 'out' || writeOutput(spec, message, given)) continue;
    undo(message);
    return ERRNO.EFAULT;
  }
  return 0;
}

function writeOutput(spec: Spec, message: Message, given: Given): boolean {
  const { view, memory } = message;
  if (memory.message.readOnly === true) return false;
  const layout = layoutOf(message, given);
  const value =
    layout.list === undefined
      ? writeLayout(spec, message.object, layout, outputs(spec, message))
      : numbers(spec, message, layout.list);
  const behind = records(spec, message, given);
  const room = new Uint8Array(behind.length === 0 ? given.length : value.length + behind.length);
  room.set(value.subarray(0, room.length));
  if (behind.length > 0) room.set(behind, value.length);
  if (!memory.write(given.at + DATA_AT, room)) return false;
  view.setUint16(given.at + FLAGS_AT, given.flags | FLAG_WRITTEN, true);
  return true;
}

/** What follows the response of a write command. Linux does not look whether it fits: it writes as much as the request asked for. */
function records(spec: Spec, { object, command, call }: Message, { native }: Given): Uint8Array {
  const { answers } = command?.command ?? {};
  if (answers === undefined || native?.name !== 'CORE_OUT') return new Uint8Array(0);
  const list = call.outObjects[spec.objects[object]?.attributes[answers.list]?.id ?? 0] as readonly StructValue[];
  return writeRecords(spec, object, answers, list);
}

/** A list of numbers as bytes. */
function numbers(spec: Spec, { object, call }: Message, name: string): Uint8Array {
  const list = call.outObjects[spec.objects[object]?.attributes[name]?.id ?? 0] as readonly bigint[];
  return new Uint8Array(BigUint64Array.from(list).buffer);
}

function layoutOf(message: Message, given: Given): Layout {
  const own = given.native?.layout ?? { name: '', bytes: 0, fields: [] };
  return given.native?.name === 'CORE_OUT' ? (message.command?.command.response ?? own) : own;
}

/** What the operation left in the call, by neutral name. Of two paths in one place, the one the port's transport takes. */
function outputs(spec: Spec, message: Message): Source {
  const { call } = message;
  const attributes = spec.objects[message.object]?.attributes ?? {};
  const port = call.outNumbers[attributes['port']?.id ?? 0] ?? 0;
  return (name): Value | undefined => {
    if (name === '@handle') return message.handle;
    if (name === '@comp_vectors') return call.device.model.limits['comp_vectors'];
    const attribute = attributes[name];
    if (attribute === undefined || (attribute.bit === 'AV' && name !== pathOf(call.device, port))) return undefined;
    const whole = attribute.type.kind === 'struct' || attribute.type.kind === 'u64';
    return whole ? (call.outObjects[attribute.id] as Value | undefined) : call.outNumbers[attribute.id];
  };
}

function undo(message: Message): void {
  const { target } = message.call;
  if (message.operation?.creates !== true || target === undefined) return;
  if (target.object === 'qp') message.context.device.queuePairs.delete((target.state as QpState).qpn);
  takeBack(message.call);
  message.context.detach(target);
}
