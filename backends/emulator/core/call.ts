/**
 * One call on its way through a method's pipeline, in neutral words: what a front end makes of a message.
 * One Call serves all messages of a front end, one after the other; nothing may keep it.
 */
import type { StructValue } from '../../../spec/abi/abi.ts';
import type { Operation } from '../dispatch_table.ts';
import type { Channel } from './channel.ts';
import type { Consumer } from './consumer.ts';
import type { Context } from './context.ts';
import type { Device } from './device.ts';
import type { Instance } from './instance.ts';
import type { Process } from './process.ts';

export const ATTRIBUTE_SLOTS = 64;

export type ObjectValue =
  | bigint
  | StructValue
  | Instance
  | Channel
  | readonly Instance[]
  | readonly number[]
  | readonly bigint[]
  | readonly StructValue[]
  | undefined;

export class Call {
  device!: Device;
  context!: Context;
  operation!: Operation;
  /** The process that calls, and the channel whose descriptor it used; undefined for consumers inside the kernel. */
  process: Process | undefined;
  channel: Channel | undefined;
  /** How a consumer inside the kernel calls; undefined for processes. */
  consumer: Consumer | undefined;
  /** Whether the call wants its target alone; set where calls can meet. */
  alone = false;
  /** The object the call is about; undefined for create and for fixed objects. */
  target: Instance | undefined;
  /** The number by which the message names it (port number, handle). */
  objectId = 0;
  /** Attribute ids present as input: ids 0 to 31 and 32 to 63. */
  low = 0;
  high = 0;
  /** Input values by attribute id: u32, enum, flags, handle. */
  readonly numbers = new Uint32Array(ATTRIBUTE_SLOTS);
  /** Input values by attribute id: u64, struct, and the object behind a handle. */
  readonly objects: ObjectValue[] = new Array<ObjectValue>(ATTRIBUTE_SLOTS).fill(undefined);
  /** Output values by attribute id, numbers and the others. */
  readonly outNumbers = new Uint32Array(ATTRIBUTE_SLOTS);
  readonly outObjects: ObjectValue[] = new Array<ObjectValue>(ATTRIBUTE_SLOTS).fill(undefined);
  /** Ids of outputs the caller gave room for. */
  wantLow = 0;
  wantHigh = 0;
  /** Bytes of room by attribute id, for lists. */
  readonly room = new Uint32Array(ATTRIBUTE_SLOTS);

  /** Shifts count modulo 32. */
  has(id: number): boolean {
    return (((id < 32 ? this.low : this.high) >>> id) & 1) !== 0;
  }

  wants(id: number): boolean {
    return (((id < 32 ? this.wantLow : this.wantHigh) >>> id) & 1) !== 0;
  }

  /** Whether the caller gave room for any output. */
  wantsAny(): boolean {
    return (this.wantLow | this.wantHigh) !== 0;
  }

  instance(id: number): Instance | undefined {
    return this.objects[id] as Instance | undefined;
  }

  /** The channel behind a descriptor. */
  channelAt(id: number): Channel | undefined {
    return this.objects[id] as Channel | undefined;
  }

  /** The objects behind a list of handles. */
  instances(id: number): readonly Instance[] {
    return (this.objects[id] ?? []) as readonly Instance[];
  }

  struct(id: number): StructValue {
    return this.objects[id] as StructValue;
  }
}
