/**
 * A `uapi` message while it is judged: one walk over its attributes measures everything, the rules then decide.
 * So every attribute is read once, and a rule costs the same whatever the number of attributes.
 */
import { ATTRIBUTE_BYTES, FLAG_MANDATORY, HEADER_BYTES, aligned } from '../../../../spec/abi/uapi/layout.ts';
import { ATTRIBUTE_SLOTS, Call } from '../../core/call.ts';
import type { Context } from '../../core/context.ts';
import type { Operation, Slot } from '../../dispatch_table.ts';

const MAXIMUM_ATTRIBUTES = 512;

export type FramingFault = 'none' | 'below-minimum' | 'overrun';

export class Message {
  readonly call = new Call();
  context!: Context;
  bytes: Uint8Array = new Uint8Array();
  readOnly = false;
  request = 0;
  method = -1;
  length = 0;
  classId = 0;
  objectId = 0;
  operation: Operation | undefined;

  /** What the walk found: attributes with the slot they fit, where they lie, and the room or payload they have. */
  count = 0;
  readonly slots: (Slot | undefined)[] = new Array<Slot | undefined>(MAXIMUM_ATTRIBUTES).fill(undefined);
  readonly ids = new Uint16Array(MAXIMUM_ATTRIBUTES);
  readonly offsets = new Uint16Array(MAXIMUM_ATTRIBUTES);
  readonly payloads = new Uint16Array(MAXIMUM_ATTRIBUTES);
  /** Kinds of the inputs, as KIND_BITS. */
  kinds = 0;
  framing: FramingFault = 'none';
  flags = 0;
  reserved = 0;
  padding = 0;
  unknownMandatory = false;
  unknownOptional = false;
  duplicate = false;
  short = false;
  roomShort = false;
  tail = 0;

  /** Bytes as little-endian numbers: cheaper than a DataView per message. */
  u16(at: number): number {
    const b = this.bytes;
    return (b[at] as number) | ((b[at + 1] as number) << 8);
  }

  u32(at: number): number {
    const b = this.bytes;
    return (
      ((b[at] as number) |
        ((b[at + 1] as number) << 8) |
        ((b[at + 2] as number) << 16) |
        ((b[at + 3] as number) << 24)) >>>
      0
    );
  }

  /** Reads the header; the caller has made sure that it is there. */
  readHeader(): void {
    this.length = this.u16(0);
    this.classId = this.u16(2);
    this.objectId = this.u32(4);
  }

  /** Measures every attribute up to the first whose frame is broken. Never reads beyond the mapped bytes. */
  walk(operation: Operation): void {
    const bytes = this.bytes;
    const end = Math.min(this.length, bytes.length);
    const call = this.call;
    let at = HEADER_BYTES;
    let count = 0;
    let flags = 0;
    let kinds = 0;
    let reserved = 0;
    let padding = 0;
    let low = 0;
    let high = 0;
    let wantLow = 0;
    let wantHigh = 0;
    this.framing = 'none';
    this.unknownMandatory = this.unknownOptional = this.duplicate = this.short = this.roomShort = false;
    this.tail = 0;
    while (at + ATTRIBUTE_BYTES <= end && count < MAXIMUM_ATTRIBUTES) {
      const size = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
      if (size < ATTRIBUTE_BYTES) {
        this.framing = 'below-minimum';
        break;
      }
      if (at + size > end) {
        this.framing = 'overrun';
        break;
      }
      const id = (bytes[at + 2] as number) | ((bytes[at + 3] as number) << 8);
      const attributeFlags = (bytes[at + 4] as number) | ((bytes[at + 5] as number) << 8);
      flags |= attributeFlags;
      reserved |= (bytes[at + 6] as number) | (bytes[at + 7] as number);
      const next = at + aligned(size);
      for (let i = at + size; i < next; i += 1) padding |= bytes[i] as number;
      const slot = id < ATTRIBUTE_SLOTS ? operation.slots[id] : undefined;
      const payload = size - ATTRIBUTE_BYTES;
      if (slot === undefined) {
        if ((attributeFlags & FLAG_MANDATORY) !== 0) this.unknownMandatory = true;
        else this.unknownOptional = true;
      } else {
        const bit = 1 << (id & 31);
        if (((id < 32 ? low | wantLow : high | wantHigh) & bit) !== 0) this.duplicate = true;
        if (slot.input) {
          kinds |= slot.kindBit;
          if (id < 32) low |= bit;
          else high |= bit;
          if (payload < slot.size) this.short = true;
          else if (payload > slot.size) this.measureTail(at + ATTRIBUTE_BYTES + slot.size, at + size);
        }
        if (slot.output) {
          if (id < 32) wantLow |= bit;
          else wantHigh |= bit;
          if (!slot.input && payload < slot.size && slot.kind !== 'list') this.roomShort = true;
          call.room[id] = payload;
        }
      }
      this.slots[count] = slot;
      this.ids[count] = id;
      this.offsets[count] = at;
      this.payloads[count] = payload;
      count += 1;
      at = next;
    }
    this.count = count;
    this.kinds = kinds;
    this.flags = flags;
    this.reserved = reserved;
    this.padding = padding;
    call.low = low;
    call.high = high;
    call.wantLow = wantLow;
    call.wantHigh = wantHigh;
  }

  private measureTail(from: number, to: number): void {
    let tail = 0;
    for (let i = from; i < to; i += 1) tail |= this.bytes[i] as number;
    this.tail |= tail;
  }
}
