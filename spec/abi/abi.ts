/**
 * What an ABI is to the rest of the project: one value that turns neutral calls into bytes and bytes back into words.
 * Nobody outside spec/abi branches on which ABI it is. It is above 250 lines because the value and the words it is made of are one
 * contract, which both ABIs and all their users read as a whole.
 */
import type { AbiId } from '../model.ts';
import type { DamageName } from './damage_names.ts';
import type { Native } from './native.ts';

/** A neutral value: numbers, enum names, lists of flag names, structs, lists of numbers or records. */
export type Value =
  | number
  | bigint
  | string
  | readonly string[]
  | StructValue
  | readonly number[]
  | readonly bigint[]
  | readonly StructValue[];
export interface StructValue {
  readonly [field: string]: number | bigint;
}

/** A call in neutral words. `room` asks for outputs, in bytes (0 = the attribute's own size). */
export interface Call {
  readonly object: string;
  /** Queue-pair type; decides the class in `uapi`. */
  readonly variant?: string | undefined;
  readonly method: string;
  /** Handle of the object the call is about; absent for create. */
  readonly on?: number | undefined;
  readonly attributes: Readonly<Record<string, Value>>;
  readonly room?: Readonly<Record<string, number>> | undefined;
  /** Names of attributes sent without the mandatory flag. */
  readonly optional?: readonly string[] | undefined;
}

/**
 * Memory that exists for one call; `bytes` is updated in place by the callee.
 * `guard`: the byte after the last one is unmapped, so a read or write beyond `bytes` faults.
 */
export interface Region {
  readonly bytes: Uint8Array;
  readonly readOnly?: boolean;
  readonly guard?: boolean;
}

/** Before the call, the address of region `region` + `target` is stored as u64 in region `into` at `offset`. */
export interface Patch {
  readonly into: number;
  readonly offset: number;
  readonly region: number;
  readonly target: number;
}

/** Bytes ready to be sent: region 0 offset 0 is the ioctl's argument. */
export interface Encoded {
  readonly request: number;
  readonly regions: readonly Region[];
  readonly patches: readonly Patch[];
}

/** What came back of a successful call, in neutral words. */
export interface Reply {
  /** The object's handle as the message carries it after the call. */
  readonly handle: number;
  readonly attributes: Readonly<Record<string, Value>>;
}

/** What one record of an event channel says, in neutral words. */
export interface EventReport {
  /** Name in enum `event`, or its number where it has none. */
  readonly event: string;
  /** User handle of the object, number of the port, 0 for the device. */
  readonly element: bigint;
  /** What it is about (`qp`, `port`), where the record tells. */
  readonly object?: string;
  /** Every bit set in bytes that must be zero. */
  readonly reserved: number;
}

/** One field or attribute of a message, as a printer wants it. */
export interface DecodedItem {
  readonly name: string;
  readonly value: string;
  /** Offset of its first byte in region 0. */
  readonly offset: number;
  readonly length: number;
  /** `output` where the method may write it, `output of some` where it does for some objects only (with `input` where it reads it too), `written` where it was; `optional`; what does not fit. */
  readonly notes: readonly string[];
}

/** A message in words. `problem` locates the first byte that does not fit the layout. */
export interface Decoded {
  /** e.g. `qp.modify` or `class 0x40 method 3`. */
  readonly name: string;
  readonly request: string;
  readonly header: readonly DecodedItem[];
  readonly attributes: readonly DecodedItem[];
  readonly problem?: { readonly offset: number; readonly message: string };
}

/** One stretch of bytes of a message and what it holds; together they cover the memory without gap or overlap. */
export interface Cell {
  readonly name: string;
  readonly value: string;
  /** Offset of its first byte, and how many there are. */
  readonly at: number;
  readonly bytes: number;
  readonly part: 'header' | 'attribute' | 'value' | 'padding';
}

/** A message field by field, as it lies in memory. */
export interface Diagram {
  /** As `Decoded` has it. */
  readonly name: string;
  readonly request: string;
  readonly bytes: number;
  readonly cells: readonly Cell[];
  /** Memory the message points to: structs of write commands, buffers of attributes. */
  readonly buffers: readonly { readonly title: string; readonly bytes: number; readonly cells: readonly Cell[] }[];
}

/** Bytes of a message that name something which a call made, or which this call makes. */
export interface NamedPlace {
  readonly region: number;
  readonly offset: number;
  readonly bytes: number;
  /** A handle in the open file; a descriptor or an address of the process; a number or key that an object was given. */
  readonly names: 'handle' | 'fd' | 'address' | 'number';
  /** The object; for a number what it is (`qpn`, `lkey`); `memory`. */
  readonly of: string;
  readonly use: 'made' | 'used' | 'ended';
  /** True where it is the object that the call is about. */
  readonly target: boolean;
}

/** One value of an answer, as it lies in memory. */
export interface OutputPlace {
  readonly region: number;
  readonly offset: number;
  readonly bytes: number;
  /** In the kernel's spelling, and the neutral attributes it carries. */
  readonly name: string;
  readonly carries: readonly string[];
  /** In network order. */
  readonly big: boolean;
  /** The numbers that stand for words here, where it is one of an enum. */
  readonly words?: Readonly<Record<string, number>>;
}

/** A message with the places in it that name something, and those it is answered in. */
export interface NamedCall {
  readonly object: string;
  readonly method: string;
  /** It changes nothing: its answer tells how the object is. */
  readonly observes: boolean;
  readonly places: readonly NamedPlace[];
  readonly outputs: readonly OutputPlace[];
}

/** Bytes as sent, and the addresses in them. */
export interface SentMemory {
  readonly regions: readonly Uint8Array[];
  readonly patches: readonly Patch[];
}

/** What a program that makes the same calls elsewhere must know; undefined for messages no table describes. */
export interface Names {
  ioctl(request: number, memory: SentMemory): NamedCall | undefined;
  write(memory: SentMemory): NamedCall | undefined;
}

/** A named malformation of a message. */
export interface Damage<Draft> {
  readonly name: DamageName;
  /** The attributes (by name) it can be applied to; `['']` where it concerns the message as a whole; empty where it cannot be. */
  targets(draft: Draft): readonly string[];
  apply(draft: Draft, target: string): Draft;
}

/** One element of a chain of messages, as it lies in memory. */
export interface Element {
  readonly method: number;
  /** It was carried out. */
  readonly done: boolean;
  /** The errno by which it was refused; 0 where it was not. */
  readonly errno: number;
  /** The whole word that holds these three. */
  readonly command: number;
  /** Its message, up to the next element or the end of the memory. */
  readonly message: Uint8Array;
}

/** Many messages in one call. */
export interface Chains {
  /** Elements at most, and the most bytes from one to the next. */
  readonly maximum: number;
  readonly farthest: number;
  /** `lies`: words of the header of an element that are not what they should be. */
  join(messages: readonly Encoded[], lies?: (index: number) => { command?: number; next?: number }): Encoded;
  elements(encoded: Pick<Encoded, 'regions'>): readonly Element[];
}

export interface Abi<Draft = unknown> {
  readonly id: AbiId;
  /** True where this ABI has a message for the method. */
  expresses(object: string, method: string): boolean;
  /** True for methods that want their object alone: while one runs, every other call that uses the object is refused, and the reverse. */
  wantsAlone(object: string, method: string): boolean;
  /** The structured message of a call, before bytes; what damage works on. */
  draft(call: Call): Draft;
  encode(draft: Draft): Encoded;
  /** The reply in `encoded` (its regions as they are after the call). */
  reply(call: Call, encoded: Encoded): Reply;
  /** Messages a freshly opened file must be sent before any other; none in `uapi`, GET_CONTEXT in `uverbs`. */
  greeting(): readonly Encoded[];
  /** What of a modify mask of a queue-pair type reaches the state table: `uverbs` drops some bits and adds one. */
  modifyBits(type: string, to: string, mask: number): number;
  /** Bytes of one record of a channel (`comp_channel`, `async_event`, `event_channel`). */
  recordBytes(channel: string): number;
  /** What a record says. Throws RangeError where the bytes are not one record. */
  record(channel: string, bytes: Uint8Array): EventReport;
  /** Names everything in the bytes, from the tables alone; never throws on any bytes. */
  decode(request: number, bytes: Uint8Array): Decoded;
  /** The message of a call as it lies in memory, from the tables alone. */
  diagram(call: Call): Diagram;
  /** Absent where no implementation exists that a program could make calls on. */
  readonly names?: Names;
  /** The malformations this ABI can express; a name that is absent has no counterpart in its messages. */
  readonly damage: Readonly<Partial<Record<DamageName, Damage<Draft>>>>;
  /** How it carries many messages in one call; undefined where it does not. */
  readonly chains?: Chains;
  /** What it has beside; undefined where that is nothing. */
  readonly native?: Native<Draft>;
}
