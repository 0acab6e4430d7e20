/**
 * The compiled specification: what `compile.ts` writes to build/spec.json and everything else reads.
 * It is above 250 lines because it is one data model, whose parts name each other.
 * Numbers are plain numbers (u32 and below); 64-bit values are '0x…' strings in files and bigint in memory.
 */

import type { Vector } from './vector.ts';

export type AbiId = 'uapi' | 'uverbs';
export type Level = 'must' | 'must not' | 'should' | 'may' | 'observed';
export type Subject = 'core' | 'driver' | 'provider' | 'device' | 'consumer';
/** Why a clause binds: two authors, one author, Linux ships it, or our own decision. */
export type Basis = 'agreed' | 'proposed' | 'shipped' | 'decided';

/** A position in a source file; line and column count from 1. `file` is relative to the project root. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface SourceRef {
  /** Key of spec/sources.yaml. */
  readonly key: string;
  /** What follows the key: a function, a table, a section. */
  readonly detail: string;
}

export interface Source {
  readonly key: string;
  readonly kind: 'mail' | 'kernel' | 'manual' | 'standard' | 'decision';
  readonly title: string;
  readonly from?: string;
  readonly date?: string;
  readonly messageId?: string;
  readonly file?: string;
  readonly line?: number;
  /** Where it can be read by anybody. */
  readonly link?: string;
}

export interface Clause {
  readonly id: string;
  readonly chapter: string;
  readonly sentence: string;
  readonly level: Level;
  readonly subject: Subject;
  readonly abi: readonly AbiId[];
  /** The errnos a refusal may carry, per ABI; one unless the clause gives a reason for more. */
  readonly errno?: Readonly<Partial<Record<AbiId, readonly string[]>>>;
  readonly errnoReason?: string;
  readonly basis: Basis;
  readonly sources: readonly SourceRef[];
  readonly since?: string;
  readonly until?: string;
  readonly notTestable?: string;
  readonly withdrawn?: string;
  readonly place: Place;
  /** SHA-256 (first 16 hex digits) over id, level, subject, abi, errno and sentence. */
  readonly digest: string;
}

/** Clauses that can be claimed together. */
export interface Profile {
  readonly id: string;
  readonly title: string;
  /** Whom it is for. */
  readonly purpose: string;
  /** False for what is never certified. */
  readonly certified: boolean;
  /** Why it is never certified; absent where it can be. */
  readonly because?: string;
  /** The ABIs in which it can be claimed. */
  readonly abi: readonly AbiId[];
  /** What it demands, that of the profiles it includes as well, in the order of the specification. */
  readonly clauses: readonly string[];
  /** Clauses of its chapters that it does not demand, and why. */
  readonly except: Readonly<Record<string, string>>;
  /** Capabilities that a device must offer. */
  readonly requires: readonly string[];
  /** Capabilities that it, or the way to it, may lack: clauses that rest on them are excused. */
  readonly mayLack: readonly string[];
  /** What its users need and no clause decides. */
  readonly notCovered: readonly string[];
  /** Over all of this. */
  readonly digest: string;
}

/** Something shipped that does otherwise than a clause says. */
export interface Deviation {
  readonly clause: string;
  /** Name of a driver, or `core`. */
  readonly driver: string;
  /** Bounds on the release, such as `>=6.1 <6.12`. */
  readonly kernels: string;
  /** What happens. */
  readonly what: string;
  /** The fewest calls that show it, in words. */
  readonly trace?: readonly string[];
  /** The scenario that shows it, and the check where it is one of several. */
  readonly scenario?: string;
  readonly check?: string;
  /** Why the clause stands. */
  readonly because: string;
  readonly sources: readonly Source[];
  /** A link to the report or the mend. */
  readonly upstream?: string;
  readonly place: Place;
}

/** One statement of the mails, and where it went. */
export interface Statement {
  /** From 1, without gaps. */
  readonly number: number;
  /** What the mail says, in our words. */
  readonly says: string;
  /** Surnames; somebody whom the mail quotes among them. */
  readonly who: readonly string[];
  /** Keys of spec/sources.yaml, each with a line of the mail. */
  readonly mails: Readonly<Record<string, number>>;
  readonly clauses?: readonly string[];
  /** Tests, lints and schemas, relative to the project root. */
  readonly rules?: readonly string[];
  readonly benches?: readonly string[];
  /** Keys of spec/sources.yaml. */
  readonly decisions?: readonly string[];
  /** Why it cannot or need not be tested. */
  readonly because?: string;
  /** What is missing; beside other homes, what they do not hold. */
  readonly open?: string;
  readonly place: Place;
}

/** A function of libibverbs 1.0, and the calls it comes to. */
export interface LibraryFunction {
  readonly function: string;
  readonly group: string;
  /** It is a function of the header, which calls the provider. */
  readonly inline: boolean;
  /** In their order: `open`, `close` or `read` with what the descriptor is of; `object.method`; a write command. Empty where there are none. */
  readonly calls: Readonly<Record<AbiId, readonly string[]>>;
  /** Why it makes no call, or none in one of the two. */
  readonly library?: string;
  /** What of its arguments goes where, and what comes back. */
  readonly arguments?: string;
  /** Outputs that its caller is handed; `handle` is the handle or the descriptor. */
  readonly returns: readonly string[];
  /** Clauses it rests on. */
  readonly clauses: readonly string[];
}

/** A part of the specification: pages that are read together. */
export interface Part {
  readonly id: string;
  readonly title: string;
  /** What its pages say, and whom they bind. */
  readonly purpose: string;
}

export interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly part: string;
  /** Its place among all pages, from 1. */
  readonly order: number;
  readonly clauses: readonly string[];
}

export type AttributeType =
  | { readonly kind: 'u32'; readonly max?: number }
  | { readonly kind: 'u64' }
  | { readonly kind: 'enum'; readonly of: string }
  | { readonly kind: 'flags'; readonly of: string }
  | { readonly kind: 'handle'; readonly object: string }
  /** A file descriptor of the calling process that stands for an fd object. */
  | { readonly kind: 'fd'; readonly object: string }
  | { readonly kind: 'struct'; readonly of: string }
  /** `name`: the struct of a record, or the object the handles name. */
  | { readonly kind: 'list'; readonly of: ListOf; readonly name?: string };

export type ListOf = 'u16' | 'u32' | 'u64' | 'record' | 'handle';

export interface StructField {
  readonly name: string;
  /** Byte offset inside the struct; the compiler computes it from the order of the fields. */
  readonly offset: number;
  readonly width: 1 | 2 | 4 | 8 | 16;
  readonly meaning: string;
}

export interface StructType {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly fields: readonly StructField[];
}

export interface Attribute {
  readonly name: string;
  /** `uapi` attribute id, unique in the class; driver attributes have the top bit set. */
  readonly id: number;
  readonly type: AttributeType;
  readonly meaning: string;
  /** A valid value, used to build specimen messages. Absent for handles and outputs. */
  readonly example?: unknown;
  /** The modify-mask bit this attribute stands for (queue pairs only). */
  readonly bit?: string;
  /** Variants of the object a handle names that are welcome; absent = all. */
  readonly variants?: readonly string[];
  /** Of an attribute of the device that is a limit: what it bounds. */
  readonly bounds?: readonly Bound[];
}

/** A value that a limit of the device bounds. */
export interface Bound {
  readonly object: string;
  /** Attribute of create, or of modify where create does not take it; a list is bounded in its length. */
  readonly attribute: string;
  /** Field of the attribute where it is a struct. */
  readonly field?: string;
  /** The clause under which a value above the limit is refused. */
  readonly clause: string;
}

export type Direction = 'in' | 'out' | 'inout';

export interface MethodAttribute {
  readonly name: string;
  readonly direction: Direction;
  readonly required: boolean;
  /** Variants (queue-pair types) this attribute exists for; absent = all. */
  readonly only?: readonly string[];
  /** Variants for which it is optional although `required`. */
  readonly optionalFor?: readonly string[];
  /** Attribute that takes its place: with that one given, this one is not required. */
  readonly unless?: string;
  /** The capability of devices that take it, where not all with the method do. */
  readonly needs?: string;
}

export interface Method {
  readonly name: string;
  /** `uapi` method number = number of the ioctl. */
  readonly number: number;
  readonly role: 'create' | 'query' | 'modify' | 'destroy' | 'named';
  readonly meaning: string;
  /** An object of this table must use the one that the method is called on. */
  readonly user?: string;
  /** States of the object in which it is taken, and the one it leads to, where the object has states of its own. */
  readonly from?: readonly string[];
  readonly to?: string;
  readonly attributes: readonly MethodAttribute[];
  /** Variants whose objects it can succeed on; absent = all. */
  readonly serves?: readonly string[];
  /** The capability of devices that have it, where not all with the object do. */
  readonly needs?: string;
}

/** One step of the life of an object that lifecycle and removal scenarios walk. */
export interface LifeStep {
  /** What the object has been through after it; unique in the list. */
  readonly name: string;
  readonly method: string;
  /** State a queue pair is moved to; its attributes follow from the transition table. */
  readonly to?: string;
  /** Attributes beside those that the method requires. */
  readonly with?: Readonly<Record<string, unknown>>;
  /** Variants that take this step; absent = all. */
  readonly only?: readonly string[];
  /** True where the object cannot be destroyed between the step before and this one. */
  readonly frees?: boolean;
}

export interface UseRule {
  /** Attribute of create that names the used object. */
  readonly attribute: string;
}

export interface ObjectTable {
  readonly object: string;
  readonly title: string;
  /** `created` by a call; `fixed`: there from the start, named by a known number; `fd`: made by create_fd, named by a descriptor, ended by close. */
  readonly instances: 'created' | 'fixed' | 'fd';
  /** Handle space in `uapi`: tables with the same space share handles. */
  readonly space: string;
  /** `uapi` class id, or one per variant. */
  readonly classId: number | Readonly<Record<string, number>>;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly methods: Readonly<Record<string, Method>>;
  readonly uses: readonly UseRule[];
  /** From nothing to nothing; empty for fixed objects. */
  readonly lifecycle: readonly LifeStep[];
  /** Attribute of the device that says how many can exist at once. */
  readonly limit?: string;
  readonly driver?: boolean;
  /** The class also answers on the system-wide node. */
  readonly global?: boolean;
  /** What a modify may make of each state of `state`, where that is all there is to its state machine. */
  readonly moves?: Readonly<Record<string, readonly string[]>>;
}

/** Two masks over the modify bits of facts A1; STATE is in neither. */
export interface Transition {
  readonly required: number;
  readonly optional: number;
}

export interface QpTable {
  readonly id: string;
  /** Transports whose ports this table judges. */
  readonly transports: readonly string[];
  /** Sub-type number of a DRIVER type; absent for the core's table. */
  readonly driverType?: number;
  /** from -> list of legal next states. */
  readonly legal: Readonly<Record<string, readonly string[]>>;
  /** from -> list of next states that are refused, where what is not legal is not always refused; absent = all that is not legal. */
  readonly refused?: Readonly<Record<string, readonly string[]>>;
  /** type -> 'FROM->TO' -> masks; a legal pair without an entry takes and needs nothing. */
  readonly types: Readonly<Record<string, Readonly<Record<string, Transition>>>>;
  /** Bits a type understands at all; others answer EOPNOTSUPP before the table is asked. */
  readonly understood?: number;
}

/** What becomes of a work request that is posted in a state. */
export type Posting = 'refused' | 'held' | 'processed' | 'flushed';

export interface QpStates {
  readonly states: readonly string[];
  /** Attribute bit name -> bit number (facts A1). */
  readonly bits: Readonly<Record<string, number>>;
  /** Types of the core's table, in its order. */
  readonly types: readonly string[];
  readonly posting: Readonly<Record<'send' | 'receive', Readonly<Record<string, Posting>>>>;
  readonly curStateFrom: readonly string[];
  readonly tables: Readonly<Record<string, QpTable>>;
  /** type -> mask of bits that `uverbs` drops before the table is asked. */
  readonly uverbsDropped: Readonly<Record<string, number>>;
}

export interface Spec {
  readonly version: string;
  readonly digest: string;
  readonly parts: readonly Part[];
  /** In reading order. */
  readonly chapters: readonly Chapter[];
  readonly clauses: Readonly<Record<string, Clause>>;
  readonly sources: Readonly<Record<string, Source>>;
  readonly objects: Readonly<Record<string, ObjectTable>>;
  readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly flags: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly structs: Readonly<Record<string, StructType>>;
  /** Member of enum `event` -> member of enum `event_source`: what it is about. */
  readonly affiliations: Readonly<Record<string, string>>;
  readonly qp: QpStates;
  readonly vectors: readonly Vector[];
  /** What libibverbs 1.0 comes to, function by function. */
  readonly library: readonly LibraryFunction[];
  /** What is known of shipped implementations; no part of what binds, nor of the digest. */
  readonly deviations: readonly Deviation[];
  /** What the mails say and where it went; no part of what binds, nor of the digest. */
  readonly provenance: readonly Statement[];
  /** By id; a profile changes no verdict, so these are no part of the digest either. */
  readonly profiles: Readonly<Record<string, Profile>>;
  /** `uverbs` numbers and layouts; read by spec/abi/uverbs alone. */
  readonly uverbs: unknown;
}
