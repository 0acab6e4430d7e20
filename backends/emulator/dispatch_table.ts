/**
 * The dense table a device is driven by: class id, then method number, two array accesses a call.
 * Made once, at registration, from the merged rows; its size is computed and stated (`bytes`).
 */
import { DRIVER_BIT } from '../../spec/abi/uapi/layout.ts';
import { requiredFor, tablesOf, type ClassInfo, type MethodInfo } from '../../spec/abi/uapi/tables.ts';
import { structOf, valueBytes } from '../../spec/abi/uapi/values.ts';
import type { Attribute, ListOf, MethodAttribute, Spec, StructType } from '../../spec/model.ts';
import { ATTRIBUTE_SLOTS, DRIVER_SLOTS, type Call } from './core/call.ts';
import type { Row } from './registration.ts';
import { pipelineOf, type Pipelines, type Step } from './rules.ts';

/** The largest number that engines keep unboxed in an object. */
const LARGEST_SMALL = 0x7fffffff;

/** What the front end must know of one attribute of one method. */
export interface Slot {
  /** Where the attribute stands in a call; its id, or for one of the driver the place of its ordinal. */
  readonly id: number;
  /** The id in messages. */
  readonly wire: number;
  /** The bit of this slot in the presence words of a call, for slots 0 to 31, 32 to 63, and the driver's. */
  readonly low: number;
  readonly high: number;
  readonly driver: number;
  readonly name: string;
  readonly kind: Attribute['type']['kind'];
  /** True for values of 32 bits: u32, enum, flags, handle, fd. */
  readonly scalar: boolean;
  /** True for the usual attribute, an input of 32 bits that is no output. */
  readonly plain: boolean;
  readonly input: boolean;
  readonly output: boolean;
  /** Bytes of the value; of one element for a list. */
  readonly size: number;
  /** Layout of a struct value, or of the records of a list. */
  readonly struct: StructType | undefined;
  /** Largest u32 accepted. */
  readonly max: number;
  /** Accepted enum numbers, or undefined. */
  readonly members: ReadonlySet<number> | undefined;
  /** Defined flag bits, and those that are not: none where the value is not of type flags. */
  readonly bits: number;
  readonly undefinedBits: number;
  /** Every number from 0 up to this one is valid: most values need no closer look. */
  readonly safe: number;
  /** What a list is made of. */
  readonly elements: ListOf | undefined;
  /** Handle space and object a handle, a list of handles or a descriptor names; empty for values. */
  readonly space: number;
  readonly object: string;
  readonly required: boolean;
}

export interface Operation {
  readonly object: string;
  readonly variant: string | undefined;
  readonly method: string;
  readonly number: number;
  readonly classId: number;
  readonly creates: boolean;
  /** Handle space of the class; -1 for fixed objects. */
  readonly space: number;
  /** What object ids name: handles, the one object there is, the ports by number, or nothing, as the descriptor does. */
  readonly instances: 'created' | 'one' | 'ports' | 'fd';
  /** True where the object id is the handle of an object that exists. */
  readonly addressed: boolean;
  /** True where it is called on the descriptor of a channel. */
  readonly onChannel: boolean;
  /** By attribute id, 0 to 63, then the driver's by ordinal. */
  readonly slots: readonly (Slot | undefined)[];
  /** The slots of inputs that name objects: handles, lists of handles, descriptors. */
  readonly handles: readonly Slot[];
  readonly requiredLow: number;
  readonly requiredHigh: number;
  /** Required attributes that another one, when given, takes the place of; by id. */
  readonly waivers: readonly { readonly id: number; readonly by: number }[];
  /** The rules of the method, one after the other. */
  readonly run: Step<Call>;
}

export interface ClassEntry {
  readonly id: number;
  readonly object: string;
  readonly variant: string | undefined;
  readonly space: number;
  /** By method number; sized to the highest one. */
  readonly methods: readonly (Operation | undefined)[];
}

export interface DispatchTable {
  /** By class id; driver classes by their ordinal below the driver bit. */
  readonly core: readonly (ClassEntry | undefined)[];
  readonly driver: readonly (ClassEntry | undefined)[];
  readonly spaces: readonly string[];
  /** Pointer-sized entries times eight: what the same table would take in a kernel. */
  readonly bytes: number;
}

/** The slot of an attribute id; -1 where there is none. */
export function slotNumber(id: number): number {
  if (id < DRIVER_BIT) return id < ATTRIBUTE_SLOTS ? id : -1;
  return id < DRIVER_BIT + DRIVER_SLOTS ? ATTRIBUTE_SLOTS + id - DRIVER_BIT : -1;
}

export function classOf(table: DispatchTable, id: number): ClassEntry | undefined {
  return id < DRIVER_BIT ? table.core[id] : table.driver[id - DRIVER_BIT];
}

export function compileTable(spec: Spec, pipelines: Pipelines, rows: readonly Row[]): DispatchTable {
  const tables = tablesOf(spec);
  const spaces = [...new Set(Object.values(spec.objects).map((table) => table.space))];
  const core: (ClassEntry | undefined)[] = [];
  const driver: (ClassEntry | undefined)[] = [];
  for (const group of byClass(rows).values()) {
    const first = group[0] as Row;
    const info = tables.classOf(first.object, first.variant);
    const space = info.table.instances !== 'created' ? -1 : spaces.indexOf(info.table.space);
    const methods: (Operation | undefined)[] = [];
    for (const [number, method] of tables.methodsOf(info)) {
      const row = group.find((candidate) => candidate.method === method.method.name);
      if (row === undefined) continue;
      while (methods.length < number) methods.push(undefined);
      methods[number] = operationOf(spec, pipelines, spaces, info, space, method, row.pipeline);
    }
    const entry = { id: info.id, object: info.table.object, variant: info.variant, space, methods };
    place(info.id < DRIVER_BIT ? core : driver, info.id & (DRIVER_BIT - 1), entry);
  }
  const entries = [...core, ...driver];
  const bytes = 8 * entries.reduce((sum, entry) => sum + 1 + (entry?.methods.length ?? 0), 0);
  return { core, driver, spaces, bytes };
}

/** Whether a call lacks an attribute that it needs. */
export function lacksRequired({ requiredLow, requiredHigh, waivers }: Operation, call: Call): boolean {
  let low = requiredLow & ~call.low;
  let high = requiredHigh & ~call.high;
  if ((low | high) === 0) return false;
  for (const { id, by } of waivers) {
    if (!call.has(by)) continue;
    if (id < 32) low &= ~(1 << id);
    else high &= ~(1 << (id - 32));
  }
  return (low | high) !== 0;
}

function byClass(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.object}/${row.variant ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

function place(list: (ClassEntry | undefined)[], at: number, entry: ClassEntry): void {
  while (list.length < at) list.push(undefined);
  list[at] = entry;
}

function operationOf(
  spec: Spec,
  pipelines: Pipelines,
  spaces: readonly string[],
  info: ClassInfo,
  space: number,
  method: MethodInfo,
  pipeline: string,
): Operation {
  const slots: (Slot | undefined)[] = new Array<Slot | undefined>(ATTRIBUTE_SLOTS + DRIVER_SLOTS).fill(undefined);
  let requiredLow = 0;
  let requiredHigh = 0;
  for (const { attribute, use } of method.attributes) {
    const required = requiredFor(use, info.variant);
    slots[slotNumber(attribute.id)] = slotOf(spec, spaces, attribute, use, required);
    if (!required || attribute.id >= DRIVER_BIT) continue;
    if (attribute.id < 32) requiredLow |= 1 << attribute.id;
    else requiredHigh |= 1 << (attribute.id - 32);
  }
  return {
    object: info.table.object,
    variant: info.variant,
    method: method.method.name,
    number: method.method.number,
    classId: info.id,
    creates: method.method.role === 'create',
    space,
    instances: info.table.instances !== 'fixed' ? info.table.instances : info.table.object === 'port' ? 'ports' : 'one',
    addressed: info.table.instances === 'created' && method.method.role !== 'create',
    onChannel: info.table.instances === 'fd' && method.method.role !== 'create',
    slots,
    handles: slots.filter((slot) => slot?.input === true && slot.object !== '') as readonly Slot[],
    requiredLow,
    requiredHigh,
    waivers: method.attributes.flatMap(({ attribute, use }) => {
      const by = method.attributes.find((other) => other.use.name === use.unless)?.attribute.id;
      return by === undefined ? [] : [{ id: attribute.id, by }];
    }),
    run: pipelineOf<Call>(pipelines, pipeline),
  };
}

function structFor(spec: Spec, type: Attribute['type']): StructType | undefined {
  if (type.kind === 'struct') return structOf(spec, type.of);
  return type.kind === 'list' && type.of === 'record' ? structOf(spec, type.name ?? '') : undefined;
}

function slotOf(
  spec: Spec,
  spaces: readonly string[],
  attribute: Attribute,
  use: MethodAttribute,
  required: boolean,
): Slot {
  const type = attribute.type;
  const id = slotNumber(attribute.id);
  const scalar = type.kind !== 'u64' && type.kind !== 'struct' && type.kind !== 'list';
  const max = type.kind === 'u32' ? (type.max ?? 0xffffffff) : 0xffffffff;
  const members = type.kind === 'enum' ? new Set(Object.values(spec.enums[type.of] ?? {})) : undefined;
  const bits = type.kind === 'flags' ? Object.values(spec.flags[type.of] ?? {}).reduce((sum, bit) => sum | bit, 0) : 0;
  return {
    id,
    wire: attribute.id,
    low: id < 32 ? 1 << id : 0,
    high: id >= 32 && id < ATTRIBUTE_SLOTS ? 1 << (id - 32) : 0,
    driver: id >= ATTRIBUTE_SLOTS ? 1 << (id - ATTRIBUTE_SLOTS) : 0,
    name: attribute.name,
    kind: type.kind,
    scalar,
    plain: scalar && use.direction === 'in' && id < ATTRIBUTE_SLOTS,
    input: use.direction !== 'out',
    output: use.direction !== 'in',
    size: valueBytes(spec, type),
    struct: structFor(spec, type),
    max,
    members,
    bits,
    undefinedBits: type.kind === 'flags' ? ~bits : 0,
    safe: safeUpTo(max, members, bits, type.kind),
    space: spaces.indexOf(spec.objects[referent(type)]?.space ?? ''),
    object: referent(type),
    elements: type.kind === 'list' ? type.of : undefined,
    required,
  };
}

/** The object that values of a type name; empty where they are no names. */
function referent(type: Attribute['type']): string {
  if (type.kind === 'handle' || type.kind === 'fd') return type.object;
  return type.kind === 'list' && type.of === 'handle' ? (type.name ?? '') : '';
}

/** The largest number up to which every one is valid; -1 where 0 is not. */
function safeUpTo(max: number, members: ReadonlySet<number> | undefined, bits: number, kind: Slot['kind']): number {
  if (kind === 'flags') return ((bits + 1) & ~bits) - 1;
  if (members === undefined) return Math.min(max, LARGEST_SMALL);
  let safe = -1;
  while (members.has(safe + 1)) safe += 1;
  return safe;
}
