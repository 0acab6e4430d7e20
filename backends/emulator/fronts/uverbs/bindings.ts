/** Which operations of a device's dispatch table serve which methods and write commands. What none serves, the device does not have. */
import { commandWord } from '../../../../spec/abi/uverbs/command.ts';
import { EMULATED_KERNEL, isIn } from '../../../../spec/abi/uverbs/kernels.ts';
import { tablesOf } from '../../../../spec/abi/uverbs/read_tables.ts';
import type { Command, NativeMethod } from '../../../../spec/abi/uverbs/tables.ts';
import type { Spec } from '../../../../spec/model.ts';
import type { DispatchTable, Operation } from '../../dispatch_table.ts';

/** Operations by variant; the empty text for objects without variants. */
export type Operations = ReadonlyMap<string, Operation>;

export interface BoundMethod {
  readonly native: NativeMethod;
  readonly operations: Operations;
}

export interface BoundCommand {
  readonly command: Command;
  /** Object and method of the neutral call it serves. */
  readonly object: string;
  readonly method: string;
  readonly operations: Operations;
}

export interface Bindings {
  readonly spec: Spec;
  /** By `methodKey`. */
  readonly methods: ReadonlyMap<number, BoundMethod>;
  readonly objects: ReadonlySet<number>;
  /** By what WRITE_CMD holds. */
  readonly commands: ReadonlyMap<number, BoundCommand>;
}

export function methodKey(objectId: number, methodId: number): number {
  return objectId * 0x10000 + methodId;
}

const NONE: Operations = new Map();
/** Methods that no neutral call stands for, and the pipeline of each. */
export const OWN: ReadonlyMap<string, 'handles' | 'gid-table' | 'gid-entry'> = new Map([
  ['device.info_handles', 'handles'],
  ['device.query_gid_table', 'gid-table'],
  ['device.query_gid_entry', 'gid-entry'],
]);
const built = new WeakMap<DispatchTable, Bindings>();

export function bindingsOf(spec: Spec, table: DispatchTable): Bindings {
  let bindings = built.get(table);
  if (bindings === undefined) built.set(table, (bindings = bind(spec, table)));
  return bindings;
}

function bind(spec: Spec, table: DispatchTable): Bindings {
  const served = operationsOf(table);
  const tables = tablesOf(spec);
  const methods = new Map<number, BoundMethod>();
  for (const native of tables.methods) {
    const operations = served.get(native.serves ?? native.like ?? '');
    if (native.invokes || OWN.has(`${native.object}.${native.name}`) || operations !== undefined)
      methods.set(methodKey(native.objectId, native.id), { native: emulated(native), operations: operations ?? NONE });
  }
  const commands = new Map<number, BoundCommand>();
  for (const command of tables.commands) {
    const name = command.serves ?? command.like ?? '';
    const operations = served.get(name);
    const [object = '', method = ''] = name.split('.');
    if (operations !== undefined) commands.set(commandWord(command), { command, object, method, operations });
  }
  const named = new Set([...commands.values()].map(({ command }) => command.object));
  const objects = new Set([
    ...[...methods.values()].map(({ native }) => native.objectId),
    ...tables.objects.filter(({ name }) => named.has(name)).map(({ id }) => id),
  ]);
  return { spec, methods, objects, commands };
}

/** The method with the attributes that the emulated kernel knows. */
function emulated(native: NativeMethod): NativeMethod {
  return { ...native, attributes: native.attributes.filter((attribute) => isIn(attribute, EMULATED_KERNEL)) };
}

/** Neutral call (`cq.create`) to the operations of its variants. */
function operationsOf(table: DispatchTable): ReadonlyMap<string, Operations> {
  const served = new Map<string, Map<string, Operation>>();
  for (const entry of [...table.core, ...table.driver]) {
    for (const operation of entry?.methods ?? []) {
      if (operation === undefined) continue;
      const name = `${operation.object}.${operation.method}`;
      const variants = served.get(name) ?? new Map<string, Operation>();
      served.set(name, variants.set(operation.variant ?? '', operation));
    }
  }
  return served;
}
