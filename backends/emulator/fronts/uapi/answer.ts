/** The outputs of a successful call, in place: cleared room, the value, and the flag that it was written. */
import { ATTRIBUTE_BYTES, FLAG_WRITTEN } from '../../../../spec/abi/uapi/layout.ts';
import { writeStruct } from '../../../../spec/abi/uapi/values.ts';
import type { StructValue } from '../../../../spec/abi/abi.ts';
import type { StructType } from '../../../../spec/model.ts';
import type { Slot } from '../../slots.ts';
import type { Message } from './message.ts';

type Item = number | bigint | StructValue;

/** Zeros in the room of every output, so that nothing of what was there stays behind the value. */
export function clearRoom(message: Message): void {
  if (!message.call.wantsAny()) return;
  for (let i = 0; i < message.count; i += 1) {
    if (message.slotAt(i)?.output !== true) continue;
    const start = (message.offsets[i] as number) + ATTRIBUTE_BYTES;
    message.bytes.fill(0, start, start + message.payloadAt(i));
  }
}

export function writeOutputs(message: Message): void {
  if (!message.call.wantsAny()) return;
  for (let i = 0; i < message.count; i += 1) {
    const slot = message.slotAt(i);
    if (slot?.output === true) writeOutput(message, slot, message.offsets[i] as number, message.payloadAt(i));
  }
}

function writeOutput(message: Message, slot: Slot, at: number, payload: number): void {
  const { bytes, call } = message;
  const start = at + ATTRIBUTE_BYTES;
  bytes[at + 4] = (bytes[at + 4] as number) | FLAG_WRITTEN;
  if (payload < slot.size && slot.kind !== 'list') return;
  if (slot.scalar) {
    const number = call.outNumbers[slot.id] as number;
    for (let i = 0; i < 4; i += 1) bytes[start + i] = (number >>> (8 * i)) & 0xff;
    return;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const value = call.outObjects[slot.id];
  if (slot.kind === 'list') writeList(view, start, payload, slot, value as readonly Item[]);
  else if (slot.kind === 'struct') writeStruct(slot.struct as StructType, view, start, value as StructValue);
  else view.setBigUint64(start, value as bigint, true);
}

function writeList(view: DataView, start: number, room: number, slot: Slot, items: readonly Item[]): void {
  let at = start;
  for (const item of items) {
    if (at + slot.size > start + room) return;
    if (typeof item === 'bigint') view.setBigUint64(at, item, true);
    else if (typeof item !== 'number') writeStruct(slot.struct as StructType, view, at, item);
    else if (slot.size === 2) view.setUint16(at, item, true);
    else view.setUint32(at, item, true);
    at += slot.size;
  }
}
