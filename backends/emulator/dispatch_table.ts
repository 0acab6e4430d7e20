/**
 * The dense table a device is driven by: class id, then method number, two array accesses a call.
 * Made once, at registration, from the merged rows; its size is computed and stated (`bytes`).
 */
import { DRIVER_BIT } from '../../spec/abi/uapi/layout.ts';
import { requiredFor, tablesOf, type ClassInfo, type MethodInfo } from '../../spec/abi/uapi/tables.ts';
import type { Spec } from '../../spec/model.ts';
import { ATTRIBUTE_SLOTS, DRIVER_SLOTS, type Call } from './core/call.ts';
import { judgingOf, type Judging } from './fronts/uapi/judging.ts';
import type { Row } from './registration.ts';
import { slotNumber, slotOf, type Slot } from './slots.ts';
import { pipelineOf, type Pipelines, type Step } from './rules.ts';

/** What the tables say of a method as one class has it. */
export interface Shape {
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
}

export interface Operation extends Shape {
  /** What the `uapi` front end asks before and after it; decided here, since it is the same for every call. */
  readonly judging: Judging;
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

export function classOf(table: DispatchTable, id: number): ClassEntry | undefined {
  return id < DRIVER_BIT ? table.core[id] : table.driver[id - DRIVER_BIT];
}

/** What was made of methods, for tables to come. */
export type Made = WeakMap<MethodInfo, { readonly shape: Shape; readonly judging: Judging }>;

/**
 * `made` is shared by tables of the same types and front end whose handle spaces begin alike, such as those of drivers that
 * add to the same common classes: what no driver touched is made once for all of them.
 */
export function compileTable(
  spec: Spec,
  pipelines: Pipelines,
  rows: readonly Row[],
  made: Made = new WeakMap(),
): DispatchTable {
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
      let known = made.get(method);
      if (known === undefined) {
        const shape = shapeOf(spec, spaces, info, space, method);
        made.set(method, (known = { shape, judging: judgingOf(pipelines, shape) }));
      }
      const { shape, judging } = known;
      // What every call reads comes first: engines keep what a spread brings out of the object itself.
      methods[number] = { judging, run: pipelineOf<Call>(pipelines, row.pipeline), ...shape };
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

function shapeOf(spec: Spec, spaces: readonly string[], info: ClassInfo, space: number, method: MethodInfo): Shape {
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
  };
}
