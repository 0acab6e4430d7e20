/** What a message carries into the neutral call, so that the rules of the object model need not know where it came from. */
import type { StructValue } from '../../../../spec/abi/abi.ts';
import { readLayout, type CarriedValue } from '../../../../spec/abi/uverbs/layouts.ts';
import { isReference } from '../../../../spec/abi/uverbs/tables.ts';
import type { Spec } from '../../../../spec/model.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Slot } from '../../slots.ts';
import type { Message } from './message.ts';

const LARGEST_ROOM = 0xffffffff;

/** Marks attribute `id` as given. */
export function mark(message: Message, id: number): void {
  const { call } = message;
  if (id < 32) call.low = (call.low | (1 << id)) >>> 0;
  else call.high = (call.high | (1 << (id - 32))) >>> 0;
}

/** The input slot of a neutral attribute in the operation at hand; undefined where it has none. */
export function slotOf(spec: Spec, message: Message, name: string): Slot | undefined {
  const id = spec.objects[message.object]?.attributes[name]?.id;
  const slot = id === undefined ? undefined : message.operation?.slots[id];
  return slot?.input === true ? slot : undefined;
}

/** Gives the call a value. */
export function put(message: Message, slot: Slot, value: CarriedValue): void {
  const { call } = message;
  mark(message, slot.id);
  if (slot.kind === 'u64') call.objects[slot.id] = value as bigint;
  else if (slot.kind === 'struct') call.objects[slot.id] = value as StructValue;
  else if (slot.kind === 'list') call.objects[slot.id] = value as readonly number[] | readonly StructValue[];
  else call.numbers[slot.id] = Number(value);
}

/** Tells the call how many records of a list there is room for. */
export function makeRoom(spec: Spec, message: Message, name: string, count: number): void {
  const { call } = message;
  const slot = message.operation?.slots[spec.objects[message.object]?.attributes[name]?.id ?? 0];
  if (slot === undefined) return;
  call.wantLow |= slot.low;
  call.wantHigh |= slot.high;
  call.room[slot.id] = Math.min(count, Math.floor(LARGEST_ROOM / slot.size)) * slot.size;
}

/** Reads every input that carries something; EFAULT where one lies in memory that cannot be read. */
export function readInputs(spec: Spec, message: Message): number {
  const carried = new Map<string, CarriedValue>();
  for (const given of message.given.values()) {
    const { native } = given;
    if (native === undefined || isReference(native.form) || native.form === 'out' || native.layout.fields.length === 0)
      continue;
    const bytes = message.inputOf(given);
    if (bytes === undefined) return ERRNO.EFAULT;
    for (const [name, value] of readLayout(spec, message.object, native.layout, bytes)) carried.set(name, value);
  }
  message.carried = carried;
  return 0;
}

/** Values and named objects of a method's attributes into the call. What the operation does not know stays behind. */
export function fillFromAttributes(spec: Spec, message: Message): void {
  const { call } = message;
  call.objectId = Number(message.carried.get('@object_id') ?? 0);
  for (const [name, value] of message.carried) {
    const slot = slotOf(spec, message, name);
    if (slot !== undefined) put(message, slot, value);
  }
  for (const [native, channel] of message.channels) {
    const given = message.given.get(native);
    const slot = slotOf(spec, message, given?.native?.layout.fields[0]?.carries[0] ?? '');
    if (given === undefined || slot === undefined) continue;
    put(message, slot, Number(given.data));
    call.objects[slot.id] = channel;
  }
  for (const [native, instance] of message.instances) {
    const [name = ''] = message.given.get(native)?.native?.layout.fields[0]?.carries ?? [];
    const slot = slotOf(spec, message, name);
    if (slot === undefined) continue;
    put(message, slot, instance.handle);
    call.objects[slot.id] = instance;
  }
}
