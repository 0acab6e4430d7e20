/** The `uverbs` tables in memory: what spec/abi/uverbs/*.yaml says, checked, with nested layouts laid flat. */
import type { ErrnoName } from '../../errno.ts';
import type { Hfi1 } from './read_hfi1.ts';

/** A field of a layout, or an attribute that is one value. Offsets and sizes in bytes. */
export interface Field {
  readonly name: string;
  readonly at: number;
  /** 1, 2, 4 and 8 are numbers, 16 a GID; anything else is not looked into. */
  readonly bytes: number;
  readonly big: boolean;
  /** Neutral attributes, `attribute.field`, or `@handle`, `@object_id`, `@variant`, `@mask` and those that speak of what follows. */
  readonly carries: readonly string[];
  /** The layout of the field, where it holds a neutral struct. */
  readonly layout: Layout | undefined;
  /** Native number per neutral name, where they differ from the neutral numbers. */
  readonly map: Readonly<Record<string, number>> | undefined;
  /** The neutral attribute written where what it carries is not given. */
  readonly otherwise: string | undefined;
  /** Written where nothing is carried. */
  readonly value: number;
  /** Written where the neutral struct has no such field. */
  readonly absent: number;
  /** The kernel that brought it. */
  readonly since: string | undefined;
}

export interface Layout {
  readonly name: string;
  readonly bytes: number;
  readonly fields: readonly Field[];
  /** Other readings of the same bytes, of unions. */
  readonly also?: readonly Field[];
  /** The kernel that brought it. */
  readonly since?: string | undefined;
  /** A layout of this project. */
  readonly own?: boolean;
  /** A neutral list of numbers of 8 bytes that fills as much of the place as there is. */
  readonly list?: string;
}

/** One part of what follows a request: a list of handles by its neutral name, or a layout that begins with its type. */
export interface TailPiece {
  readonly list: string | undefined;
  readonly layout: Layout;
}

/** A neutral list of records, and how one of them lies. */
export interface Records {
  readonly list: string;
  readonly layout: Layout;
}

/** A work request: its fixed part, and the pieces of memory that follow it. */
export interface Work {
  readonly layout: Layout;
  readonly pieces: Records;
}

/** The kernels that have something: 6.1 and older have what has no `since`; every later one has what has no `until`. */
export interface Lifespan {
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/** `raw_fd`: a descriptor that names no object; `enum`: an input of several kinds. */
export type AttributeForm = 'object' | 'fd' | 'raw_fd' | 'const' | 'flags' | 'enum' | 'in' | 'out';
/** Whether the data field of a form names an object: by its handle or by its descriptor. */
export function isReference(form: AttributeForm): boolean {
  return form === 'object' || form === 'fd';
}

export type Access = 'new' | 'read' | 'write' | 'destroy';

export interface NativeAttribute extends Lifespan {
  /** In the kernel's spelling: `RESP_CQE`. */
  readonly name: string;
  /** UVERBS_ATTR_<prefix>_<name>. */
  readonly constant: string;
  readonly id: number;
  readonly form: AttributeForm;
  /** Object and access of forms `object` and `fd`. */
  readonly object: string;
  readonly access: Access;
  /** Shortest length accepted, and the length that is known: the layout's. */
  readonly minimum: number;
  readonly bytes: number;
  /** Longer is accepted; what lies beyond an input's known bytes must be zero unless `open`. */
  readonly extensible: boolean;
  readonly open: boolean;
  /** The kernel refuses the call without it. */
  readonly required: boolean;
  /** An output that only some objects have, such as those of one type. */
  readonly sometimes: boolean;
  /** Largest number of form `const`. */
  readonly maximum: number;
  readonly layout: Layout;
  /** The constants its number is made of. */
  readonly values: string | undefined;
  /** What lies in an open one, one after the other: a layout, or a type such as `u32`. */
  readonly elements: string | undefined;
}

export interface NativeMethod extends Lifespan {
  readonly object: string;
  readonly name: string;
  readonly objectId: number;
  readonly id: number;
  /** UVERBS_METHOD_<constant>. */
  readonly constant: string;
  /** The neutral call it is the message of (`cq.create`); undefined for none. */
  readonly serves: string | undefined;
  /** The neutral query its outputs are taken from. */
  readonly like: string | undefined;
  readonly opensContext: boolean;
  /** True where it carries a write command. */
  readonly invokes: boolean;
  readonly attributes: readonly NativeAttribute[];
}

/** An object with its methods; `handles` says whether its instances are named by handles or descriptors, or there are none. */
export interface NativeObject extends Lifespan {
  readonly name: string;
  readonly id: number;
  readonly handles: 'handle' | 'fd' | 'none';
  /** Operations without which a driver does not have it. */
  readonly needs: readonly string[];
  readonly methods: readonly NativeMethod[];
}

export interface Command {
  readonly name: string;
  /** IB_USER_VERBS_<constant>. */
  readonly constant: string;
  readonly number: number;
  readonly extended: boolean;
  /** Whose it is; undefined for a number that never had code. */
  readonly object: string | undefined;
  readonly needs: readonly string[];
  /** What driver data can follow, beside what an extended command always can have. */
  readonly driverData: 'both' | 'in' | undefined;
  /** The neutral call it is the message of. */
  readonly serves: string | undefined;
  /** The neutral call it does the same as, where that is the message of a method. */
  readonly like: string | undefined;
  readonly opensContext: boolean;
  readonly request: Layout;
  /** Bytes of CORE_IN and CORE_OUT below which the command is refused. */
  readonly requestMinimum: number;
  readonly responseMinimum: number;
  /** What follows the request. */
  readonly tail: readonly TailPiece[];
  /** The work request that follows the request, of commands that post. */
  readonly work: Work | undefined;
  readonly response: Layout;
  /** What follows the response, as many as `@answer_count` of it says; the request says how many there is room for. */
  readonly answers: Records | undefined;
  /** Neutral attributes with a bit in the mask and no place for their value. */
  readonly maskOnly: readonly string[];
  /** What `@mask` says for each attribute given; undefined where it holds the modify bits. */
  readonly flags: Readonly<Record<string, number>> | undefined;
  /** The errno for a bit that is none of these; undefined for EOPNOTSUPP. */
  readonly unknownFlags: ErrnoName | undefined;
}

/** Numbers with a name of their own in the headers: <prefix><member>. */
export interface Constants {
  readonly name: string;
  /** The C enum, where it has a name. */
  readonly enum: string | undefined;
  readonly prefix: string;
  readonly flags: boolean;
  /** Defined in the kernel alone. */
  readonly internal: boolean;
  readonly members: readonly (Lifespan & { readonly name: string; readonly value: number })[];
}

export interface UverbsTables {
  readonly objects: readonly NativeObject[];
  /** Of all objects. */
  readonly methods: readonly NativeMethod[];
  readonly commands: readonly Command[];
  readonly layouts: Readonly<Record<string, Layout>>;
  readonly constants: readonly Constants[];
  readonly hfi1: Hfi1;
  /** DEVICE.INVOKE_WRITE and DEVICE.GET_CONTEXT. */
  readonly invoke: NativeMethod;
  readonly getContext: NativeMethod;
}

/** The neutral attributes a layout has a place for; `cap.max_send_wr` counts as `cap`. */
export function carriedBy(layout: Layout): readonly string[] {
  const names = layout.fields.flatMap((field) => field.carries.map((name) => name.split('.')[0] ?? name));
  if (layout.list !== undefined) names.push(layout.list);
  return [...new Set(names.filter((name) => !name.startsWith('@')))];
}

/** The neutral attributes that follow a request. */
export function carriedByTail({ tail, work }: Command): readonly string[] {
  const behind = work === undefined ? [] : [...carriedBy(work.layout), work.pieces.list];
  return [...behind, ...tail.flatMap(({ list, layout }) => (list === undefined ? carriedBy(layout) : [list]))];
}
