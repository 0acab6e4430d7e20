/**
 * A `uapi` message while it is judged: one walk over its attributes measures everything, the rules then decide.
 * So every attribute is read once, and a rule costs the same whatever the number of attributes.
 * The walk works on a copy of its own, as a kernel does; there numbers are aligned and in the byte order of the host.
 */
import { ALIGNMENT, ATTRIBUTE_BYTES, FLAG_MANDATORY, HEADER_BYTES } from '../../../../spec/abi/uapi/layout.ts';
import { ATTRIBUTE_SLOTS, Call } from '../../core/call.ts';
import type { Context } from '../../core/context.ts';
import { type ClassEntry, type Operation } from '../../dispatch_table.ts';
import { slotNumber, type Slot } from '../../slots.ts';

/** Twice what a message of the maximum length can hold. */
const MAXIMUM_ATTRIBUTES = 1024;
/** What a length field of 16 bits can say, rounded up. */
const COPY_BYTES = 0x10000;
/** Bytes of the usual value. */
const WORD = 4;
/** Of two fields of 16 bits in one word, the first; hosts are little-endian. */
const LOW_HALF = 0xffff;
/** The copy, as bytes and as words. One serves all: calls are judged one at a time. */
const copy = new Uint8Array(COPY_BYTES);
const words = new Uint32Array(copy.buffer);

/** What a walk can find wrong with attributes, one bit each: one store forgets them all. `wide` is no fault, but found with them. */
export const FAULT = {
  unknownMandatory: 1,
  unknownOptional: 2,
  duplicate: 4,
  short: 8,
  roomShort: 16,
  enumUnknown: 32,
  aboveMaximum: 64,
  structReserved: 128,
  /** There are inputs of more than 32 bits. */
  wide: 256,
} as const;

export type FramingFault = 'none' | 'below-minimum' | 'overrun';

export class Message {
  readonly call = new Call();
  /** The copy, for values of more than 32 bits. */
  readonly view = new DataView(copy.buffer);
  context!: Context;
  /** The caller's memory: read for the copy, written by the answer. */
  bytes: Uint8Array = new Uint8Array();
  readOnly = false;
  method = -1;
  length = 0;
  classId = 0;
  objectId = 0;
  entry: ClassEntry | undefined;
  operation: Operation | undefined;

  /** How many attributes the walk found, and where each begins. */
  count = 0;
  readonly offsets = new Uint16Array(MAXIMUM_ATTRIBUTES);
  framing: FramingFault = 'none';
  /** Everything that was set in any of these fields, and in bytes that must be zero. */
  flags = 0;
  reserved = 0;
  padding = 0;
  tail = 0;
  /** Bits of FAULT, and of flags values that are not defined. */
  faults = 0;
  bitsUndefined = 0;

  /** Copies the message and reads its header; zeros where that is not there in full. */
  readHeader(): void {
    const { bytes } = this;
    copy.set(bytes.length > COPY_BYTES ? bytes.subarray(0, COPY_BYTES) : bytes);
    const mapped = bytes.length >= HEADER_BYTES;
    const word = mapped ? (words[0] as number) : 0;
    this.length = word & LOW_HALF;
    this.classId = word >>> 16;
    this.objectId = mapped ? (words[1] as number) : 0;
  }

  idAt(index: number): number {
    return (words[(this.offsets[index] as number) >> 2] as number) >>> 16;
  }

  /** What the method knows of an attribute; undefined where it does not know it. */
  slotAt(index: number): Slot | undefined {
    const id = this.idAt(index);
    return this.operation?.slots[slotNumber(id)];
  }

  /** Bytes of the payload, or of the room, of an attribute. */
  payloadAt(index: number): number {
    return ((words[(this.offsets[index] as number) >> 2] as number) & LOW_HALF) - ATTRIBUTE_BYTES;
  }

  /**
   * Measures every attribute up to the first whose frame is broken, and reads the values of 32 bits.
   * The usual attribute, an input of 32 bits, is dealt with in the loop, since every message pays for what stands there.
   */
  walk(operation: Operation): void {
    const { bytes, call, offsets } = this;
    const { numbers } = call;
    const served = operation.slots;
    const end = Math.min(this.length, bytes.length);
    let at = HEADER_BYTES;
    let count = 0;
    let fields = 0;
    let padding = 0;
    let known = 0;
    let low = 0;
    let high = 0;
    this.forget();
    while (at + ATTRIBUTE_BYTES <= end && count < MAXIMUM_ATTRIBUTES) {
      const word = words[at >> 2] as number;
      const size = word & LOW_HALF;
      const id = word >>> 16;
      if (size < ATTRIBUTE_BYTES || at + size > end) {
        this.framing = size < ATTRIBUTE_BYTES ? 'below-minimum' : 'overrun';
        break;
      }
      const slot = id < ATTRIBUTE_SLOTS ? served[id] : served[slotNumber(id)];
      const start = at + ATTRIBUTE_BYTES;
      const payload = size - ATTRIBUTE_BYTES;
      const flags = words[(at >> 2) + 1] as number;
      fields |= flags;
      offsets[count] = at;
      count += 1;
      at += (size + (ALIGNMENT - 1)) & -ALIGNMENT;
      if (payload === WORD && at <= end && slot?.plain === true) {
        const value = words[start >> 2] as number;
        padding |= words[(start >> 2) + 1] as number;
        numbers[id] = value;
        low |= slot.low;
        high |= slot.high;
        known += 1;
        if (value > slot.safe) this.measureValue(slot, value);
      } else {
        padding |= paddingBits(start + payload, Math.min(at, end));
        if (slot !== undefined) {
          known += 1;
          this.take(slot, start, payload);
        } else if ((flags & FLAG_MANDATORY) !== 0) this.faults |= FAULT.unknownMandatory;
        else this.faults |= FAULT.unknownOptional;
      }
    }
    call.low |= low;
    call.high |= high;
    if (known !== differentIn(call)) this.faults |= FAULT.duplicate;
    this.count = count;
    this.flags = fields & LOW_HALF;
    this.reserved = fields >>> 16;
    this.padding = padding;
  }

  private forget(): void {
    const { call } = this;
    call.low = call.high = call.driver = call.wantLow = call.wantHigh = call.wantDriver = 0;
    this.framing = 'none';
    this.tail = this.bitsUndefined = this.faults = 0;
  }

  /** Measures a known attribute of any direction, type and size. */
  private take(slot: Slot, start: number, payload: number): void {
    const { call } = this;
    if (slot.output) {
      call.wantLow |= slot.low;
      call.wantHigh |= slot.high;
      call.wantDriver |= slot.driver;
      call.room[slot.id] = payload;
      if (payload < slot.size && !slot.input && slot.kind !== 'list') this.faults |= FAULT.roomShort;
    }
    if (!slot.input) return;
    call.low |= slot.low;
    call.high |= slot.high;
    call.driver |= slot.driver;
    if (slot.kind === 'list') {
      if (payload % slot.size !== 0) this.faults |= FAULT.short;
      this.faults |= FAULT.wide;
      return;
    }
    if (payload < slot.size) this.faults |= FAULT.short;
    for (let at = start + slot.size; at < start + payload; at += 1) this.tail |= copy[at] as number;
    if (!slot.scalar) {
      this.faults |= FAULT.wide;
      return;
    }
    const word = words[start >> 2] as number;
    const value = payload < slot.size ? (word & ((1 << (8 * payload)) - 1)) >>> 0 : word;
    call.numbers[slot.id] = value;
    this.measureValue(slot, value);
  }

  /** A number that may not be valid. */
  private measureValue(slot: Slot, value: number): void {
    this.bitsUndefined |= value & slot.undefinedBits;
    if (value > slot.max) this.faults |= FAULT.aboveMaximum;
    if (slot.members?.has(value) === false) this.faults |= FAULT.enumUnknown;
  }
}

/** Every bit set in the copy from `from` up to `to`. */
function paddingBits(from: number, to: number): number {
  let bits = 0;
  for (let at = from; at < to; at += 1) bits |= copy[at] as number;
  return bits;
}

/** How many attributes a call has, however often each was given. Most messages have none of the driver. */
function differentIn({ low, high, driver, wantLow, wantHigh, wantDriver }: Call): number {
  const core = bitCount(low | wantLow) + bitCount(high | wantHigh);
  const own = driver | wantDriver;
  return own === 0 ? core : core + bitCount(own);
}

/** How many bits of a 32-bit number are set. */
function bitCount(number: number): number {
  let sums = number - ((number >>> 1) & 0x55555555);
  sums = (sums & 0x33333333) + ((sums >>> 2) & 0x33333333);
  return Math.imul((sums + (sums >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
