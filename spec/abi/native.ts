/** What an ABI has beside the messages of neutral calls: commands that write takes, and methods that stand for no call. */
import type { Call, Encoded, Patch, Region, Reply } from './abi.ts';

/** A command that is also taken by write, by its own name. */
export interface WriteCommand {
  readonly name: string;
  /** The first word of its header. */
  readonly word: number;
  readonly extended: boolean;
  /** The neutral call it does; undefined where it does none, and where it is the one that opens the context. */
  readonly does: { readonly object: string; readonly method: string } | undefined;
  /** Neutral attributes it has a place for. */
  readonly takes: ReadonlySet<string>;
  /** Bytes of its request, and of its response; 0 where it has none. */
  readonly request: number;
  readonly response: number;
  /** Whether it answers with more than its response. */
  readonly answersMore: boolean;
  /** Whether more of the request follows its struct. */
  readonly followed: boolean;
  /** Whether driver data can follow the request of a plain command. */
  readonly driverData: boolean;
}

/** A command as write takes it, before bytes. Lengths in bytes; words that are not given are those that fit. */
export interface Frame {
  readonly word: number;
  readonly extended: boolean;
  /** What follows the headers: the core's part, and the driver's. */
  readonly request: Uint8Array;
  readonly driver: Uint8Array;
  /** Room for the response, and for the driver behind it. */
  readonly room: number;
  readonly driverRoom: number;
  /** Where the response goes: into the room; nowhere, as the address is 0; no field of the message says so. */
  readonly address: 'room' | 'zero' | 'none';
  readonly inWords?: number;
  readonly outWords?: number;
  readonly driverInWords?: number;
  readonly driverOutWords?: number;
  readonly reserved?: number;
  /** How many bytes are written, where the frame is cut. */
  readonly cut?: number;
}

/** Bytes added to the request of a command and to the room for its response; less than 0: taken away. */
export interface Sizes {
  readonly request?: number | undefined;
  readonly room?: number | undefined;
  /** Each byte added to the request. */
  readonly tail?: number | undefined;
  /** Each byte of the room. */
  readonly fill?: number | undefined;
}

/** What is written, and the memory it points to: the room is region 1. */
export interface Written {
  readonly regions: readonly Region[];
  readonly patches: readonly Patch[];
}

/** What an ABI has beside the messages of neutral calls. Names are its own. */
export interface Native<Draft> {
  /** Number of an object type by its name. */
  readonly objects: Readonly<Record<string, number>>;
  readonly commands: readonly WriteCommand[];
  /** A command inside the message that can carry any. */
  command(name: string, call: Call): Draft;
  /** The same with other lengths. */
  resized(draft: Draft, sizes: Sizes): Draft;
  /** The same command as write takes it. */
  frame(name: string, draft: Draft): Frame;
  written(frame: Frame): Written;
  /** What came back of a command that succeeded: of a message that carried it, or of a write. */
  answered(name: string, call: Call, sent: Encoded | Written): Reply;
  /** A message of a method. Inputs: a number, or bytes; outputs: the room, by its bytes; what is not given is left out. */
  message(object: string, method: string, given: Readonly<Record<string, number | bigint | Uint8Array>>): Draft;
  /** Outputs that were written, by name. */
  outputs(object: string, method: string, encoded: Encoded): Readonly<Record<string, Uint8Array>>;
}
