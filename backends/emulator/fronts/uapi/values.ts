/** Values of more than 32 bits of a walked message: u64, structs and lists. A payload too short for its type reads as if zeros followed. */
import { ATTRIBUTE_BYTES } from '../../../../spec/abi/uapi/layout.ts';
import { readStruct } from '../../../../spec/abi/uapi/values.ts';
import type { StructType } from '../../../../spec/model.ts';
import type { Slot } from '../../slots.ts';
import { FAULT, type Message } from './message.ts';

export function readWide(message: Message): void {
  for (let i = 0; i < message.count; i += 1) {
    const slot = message.slotAt(i);
    if (slot === undefined || slot.scalar || !slot.input) continue;
    const start = (message.offsets[i] as number) + ATTRIBUTE_BYTES;
    const payload = message.payloadAt(i);
    if (slot.kind === 'list') readList(message, slot, start, Math.floor(payload / slot.size));
    else if (payload >= slot.size) readAt(message, slot, message.view, start);
    else readAt(message, slot, filledUp(message.view, start, payload, slot.size), 0);
  }
}

function readAt(message: Message, slot: Slot, view: DataView, at: number): void {
  const { call } = message;
  if (slot.kind === 'u64') {
    call.objects[slot.id] = view.getBigUint64(at, true);
    return;
  }
  const value = readStruct(slot.struct as StructType, view, at);
  call.objects[slot.id] = value;
  if ((value['reserved'] ?? 0) !== 0) message.faults |= FAULT.structReserved;
}

function readList(message: Message, slot: Slot, start: number, count: number): void {
  const { call, view } = message;
  const places = Array.from({ length: count }, (_, index) => start + index * slot.size);
  const { elements, struct } = slot;
  if (struct !== undefined) call.objects[slot.id] = places.map((at) => readStruct(struct, view, at));
  else if (elements === 'u64') call.objects[slot.id] = places.map((at) => view.getBigUint64(at, true));
  else if (elements === 'u16') call.objects[slot.id] = places.map((at) => view.getUint16(at, true));
  else call.objects[slot.id] = places.map((at) => view.getUint32(at, true));
}

function filledUp(view: DataView, start: number, payload: number, size: number): DataView {
  const copy = new Uint8Array(size);
  copy.set(new Uint8Array(view.buffer, start, payload));
  return new DataView(copy.buffer);
}
