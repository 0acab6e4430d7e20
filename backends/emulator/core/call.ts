/**
 * One call on its way through a method's pipeline, in neutral words: what a front end makes of a message.
 * One Call serves all messages of a front end, one after the other; nothing may keep it.
 */
import type { StructValue } from '../../../spec/abi/abi.ts';
import type { Operation } from '../dispatch_table.ts';
import type { Origin } from '../fronts/front.ts';
import type { Channel } from './channel.ts';
import type { Consumer } from './consumer.ts';
import type { Context } from './context.ts';
import type { Device } from './device.ts';
import type { Instance } from './instance.ts';
import type { Process } from './process.ts';

/** Attributes of the core by id, then those of the driver by ordinal. */
export const ATTRIBUTE_SLOTS = 64;
export const DRIVER_SLOTS = 32;
const SLOTS = ATTRIBUTE_SLOTS + DRIVER_SLOTS;

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
  /** Who calls; undefined for consumers inside the kernel, and for benches. */
  origin: Origin | undefined;
  /** How a consumer inside the kernel calls; undefined for processes. */
  consumer: Consumer | undefined;
  /** Whether the call wants its target alone; set where calls can meet. */
  alone = false;
  /** The object the call is about; undefined for create and for fixed objects. */
  target: Instance | undefined;
  /** The number by which the message names it (port number, handle). */
  objectId = 0;
  /** Attribute slots present as input: 0 to 31, 32 to 63, and the driver's. */
  low = 0;
  high = 0;
  driver = 0;
  /** Input values by attribute id: u32, enum, flags, handle. */
  readonly numbers = new Uint32Array(SLOTS);
  /** Input values by attribute id: u64, struct, and the object behind a handle. */
  readonly objects: ObjectValue[] = new Array<ObjectValue>(SLOTS).fill(undefined);
  /** Output values by attribute id, numbers and the others. */
  readonly outNumbers = new Uint32Array(SLOTS);
  readonly outObjects: ObjectValue[] = new Array<ObjectValue>(SLOTS).fill(undefined);
  /** Ids of outputs the caller gave room for. */
  wantLow = 0;
  wantHigh = 0;
  wantDriver = 0;
  /** The errno by which a part of a call that has several was refused, until the rules have drawn the consequences. */
  refused = 0;
  /** Bytes of room by attribute id, for lists. */
  readonly room = new Uint32Array(SLOTS);

  /** The process that calls. */
  get process(): Process | undefined {
    return this.origin?.process;
  }

  /** The channel whose descriptor it used. */
  get channel(): Channel | undefined {
    return this.origin?.channel;
  }

  /** Shifts count modulo 32. */
  has(id: number): boolean {
    return (((id < 32 ? this.low : id < ATTRIBUTE_SLOTS ? this.high : this.driver) >>> id) & 1) !== 0;
  }

  wants(id: number): boolean {
    return (((id < 32 ? this.wantLow : id < ATTRIBUTE_SLOTS ? this.wantHigh : this.wantDriver) >>> id) & 1) !== 0;
  }

  /** Whether the caller gave room for any output. */
  wantsAny(): boolean {
    return (this.wantLow | this.wantHigh | this.wantDriver) !== 0;
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
