/** Writes the outputs of a successful call: through the pointers, and the flag in the attribute that it was written. */
import type { Value } from '../../../../spec/abi/abi.ts';
import { DATA_AT, FLAGS_AT, FLAG_WRITTEN } from '../../../../spec/abi/uverbs/layout.ts';
import { writeLayout, type Source } from '../../../../spec/abi/uverbs/layouts.ts';
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
  const value = writeLayout(spec, message.object, layoutOf(message, given), outputs(spec, message));
  const room = new Uint8Array(given.length);
  room.set(value.subarray(0, room.length));
  if (!memory.write(given.at + DATA_AT, room)) return false;
  view.setUint16(given.at + FLAGS_AT, given.flags | FLAG_WRITTEN, true);
  return true;
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
