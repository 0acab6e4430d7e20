/** The INTERFACE object: what the dispatch table holds, put into lists. */
import { DRIVER_BIT } from '../../../spec/abi/uapi/layout.ts';
import { structOf } from '../../../spec/abi/uapi/values.ts';
import { nameFields, nameIn } from '../../../spec/abi/uapi/text.ts';
import type { StructValue } from '../../../spec/abi/abi.ts';
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call, ObjectValue } from '../core/call.ts';
import { classOf, type ClassEntry, type DispatchTable, type Operation } from '../dispatch_table.ts';
import type { KnownName } from '../driver_names.ts';
import { type Slot } from '../slots.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';

const DIRECTIONS = { in: 1, out: 2, both: 3 } as const;
const PAYLOAD_MAXIMUM = 0xffff;

/** Class ids of a table, ascending, driver classes last. */
export function classIds(table: DispatchTable): number[] {
  return [...table.core, ...table.driver].filter((entry) => entry !== undefined).map((entry) => entry.id);
}

export function methodNumbers(entry: ClassEntry): number[] {
  return entry.methods.filter((method) => method !== undefined).map((method) => method.number);
}

/** One record per attribute of the method, ascending by id. */
export function attributeRecords(operation: Operation): StructValue[] {
  return operation.slots.filter((slot) => slot !== undefined).map(recordOf);
}

function recordOf(slot: Slot): StructValue {
  const list = slot.kind === 'list';
  return {
    id: slot.wire,
    direction: slot.input ? (slot.output ? DIRECTIONS.both : DIRECTIONS.in) : DIRECTIONS.out,
    required: slot.required ? 1 : 0,
    minimum: list ? 0 : slot.size,
    maximum: list ? PAYLOAD_MAXIMUM : slot.size,
  };
}

function nameRecord({ kind, number, name }: KnownName): StructValue {
  return { kind, number, ...nameFields(name) };
}

export function interfaceRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'interface', name);
  const classAsked = id('class');
  const methodAsked = id('method');
  const entryOf = (call: Call): ClassEntry | undefined => classOf(call.device.table, call.numbers[classAsked] ?? 0);
  const operationOf = (call: Call): Operation | undefined => entryOf(call)?.methods[call.numbers[methodAsked] ?? 0];
  const classNumberFits: Rule<Call> = {
    clause: 'discovery-unknown',
    apply: (call) =>
      (call.numbers[classAsked] ?? 0) < 2 * DRIVER_BIT && entryOf(call) !== undefined ? 0 : ERRNO.EOPNOTSUPP,
  };
  const pipeline = (
    counts: string,
    lists: string,
    bytes: number,
    clause: string,
    items: (call: Call) => ObjectValue,
    before: readonly Rule<Call>[],
  ): readonly Rule<Call>[] => {
    const count = id(counts);
    const list = id(lists);
    const length = (call: Call): number => (call.outObjects[list] as readonly unknown[]).length;
    return [
      ...before,
      { clause, apply: (call) => ((call.outObjects[list] = items(call)), 0) },
      {
        clause: 'discovery-room',
        apply: (call) => (call.wants(list) && length(call) * bytes > (call.room[list] ?? 0) ? ERRNO.ENOSPC : 0),
      },
      { clause: 'discovery-counts', apply: (call) => ((call.outNumbers[count] = length(call)), 0) },
    ];
  };
  const known: Rule<Call> = {
    clause: 'discovery-unknown',
    apply: (call) => (operationOf(call) === undefined ? ERRNO.EOPNOTSUPP : 0),
  };
  const record = structOf(spec, 'attribute_record').size;
  const [name, kind, classFound, number] = [id('name'), id('kind'), id('class_id'), id('number')];
  const nameAsked = (call: Call): KnownName | undefined => {
    if (!call.has(name)) return undefined;
    const text = nameIn(call.struct(name));
    return call.device.names.find((known) => known.name === text);
  };
  return {
    'interface.query': pipeline(
      'class_count',
      'classes',
      2,
      'discovery-classes',
      (call) => classIds(call.device.table),
      [],
    ),
    'interface.query_class': pipeline(
      'method_count',
      'methods',
      2,
      'discovery-methods',
      (call) => {
        const entry = entryOf(call);
        return entry === undefined ? [] : methodNumbers(entry);
      },
      [classNumberFits],
    ),
    'interface.query_names': pipeline(
      'name_count',
      'names',
      structOf(spec, 'name_record').size,
      'discovery-names',
      (call) => call.device.names.filter(({ classId }) => classId === entryOf(call)?.id).map(nameRecord),
      [classNumberFits],
    ),
    'interface.find': [
      { clause: 'discovery-name-unknown', apply: (call) => (nameAsked(call) === undefined ? ERRNO.EOPNOTSUPP : 0) },
      {
        clause: 'discovery-find',
        apply: (call) => {
          const found = nameAsked(call);
          call.outNumbers[kind] = found?.kind ?? 0;
          call.outNumbers[classFound] = found?.classId ?? 0;
          call.outNumbers[number] = found?.number ?? 0;
          return 0;
        },
      },
    ],
    'interface.query_method': pipeline(
      'attribute_count',
      'attributes',
      record,
      'discovery-attributes',
      (call) => {
        const operation = operationOf(call);
        return operation === undefined ? [] : attributeRecords(operation);
      },
      [classNumberFits, known],
    ),
  };
}
