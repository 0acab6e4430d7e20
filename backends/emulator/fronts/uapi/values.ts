/** Payloads of a walked message into the call's values. A payload too short for its type reads as if zeros followed. */
import { ATTRIBUTE_BYTES } from '../../../../spec/abi/uapi/layout.ts';
import { readStruct } from '../../../../spec/abi/uapi/values.ts';
import type { StructType } from '../../../../spec/model.ts';
import type { StructValue } from '../../../../spec/abi/abi.ts';
import type { Slot } from '../../dispatch_table.ts';
import type { Message } from './message.ts';

export function readValues(message: Message): void {
  const { call } = message;
  for (let i = 0; i < message.count; i += 1) {
    const slot = message.slots[i];
    if (slot?.input !== true) continue;
    const at = (message.offsets[i] as number) + ATTRIBUTE_BYTES;
    if ((message.payloads[i] as number) < slot.size) readShort(message, slot, at, message.payloads[i] as number);
    else if (slot.kind === 'struct') call.objects[slot.id] = structAt(slot.struct as StructType, message.bytes, at);
    else if (slot.kind === 'u64') call.objects[slot.id] = u64(message, at);
    else call.numbers[slot.id] = message.u32(at);
  }
}

function u64(message: Message, at: number): bigint {
  return (BigInt(message.u32(at + 4)) << 32n) | BigInt(message.u32(at));
}

function structAt(struct: StructType, bytes: Uint8Array, at: number): StructValue {
  return readStruct(struct, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at);
}

function readShort(message: Message, slot: Slot, at: number, payload: number): void {
  const copy = new Uint8Array(slot.size);
  copy.set(message.bytes.subarray(at, at + payload));
  const view = new DataView(copy.buffer);
  if (slot.kind === 'struct') message.call.objects[slot.id] = readStruct(slot.struct as StructType, view, 0);
  else if (slot.kind === 'u64') message.call.objects[slot.id] = view.getBigUint64(0, true);
  else message.call.numbers[slot.id] = view.getUint32(0, true);
}
