/** What a driver says in numbers, in the words of registration: tables for what it adds, rows, and pipelines. */
import { DRIVER_BIT } from '../../spec/abi/uapi/layout.ts';
import { tablesOf, type ClassInfo, type Tables } from '../../spec/abi/uapi/tables.ts';
import type { Attribute, Method, MethodAttribute, ObjectTable, Spec } from '../../spec/model.ts';
import type { RegisteredAttribute, RegisteredRow } from '../backend.ts';
import { refusing } from './classes/driver.ts';
import type { Row } from './registration.ts';
import type { Pipelines, Rule } from './rules.ts';

const NAMES: readonly string[] = ['create', 'query', 'modify', 'destroy'];
/** Example of an attribute: none, since nothing builds messages from these tables. */
const MEANING = 'of the driver';

/** The object a row is about. */
export function objectOfRow(tables: Tables, { classId }: RegisteredRow): string {
  return tables.classes.get(classId)?.table.object ?? `driver_class_${String(classId)}`;
}

/** The name of a method of a class by its number. */
export function methodName(tables: Tables, classId: number, number: number): string {
  const info = tables.classes.get(classId);
  const known = info === undefined ? undefined : tables.methodsOf(info).get(number)?.method.name;
  return known ?? NAMES[number] ?? `driver_method_${String(number)}`;
}

const common = new WeakMap<Spec, Spec>();

/** The specification without the classes of drivers. */
export function commonSpec(spec: Spec): Spec {
  let without = common.get(spec);
  if (without === undefined) {
    const tables = Object.values(spec.objects).filter((table) => table.driver !== true);
    without = { ...spec, objects: Object.fromEntries(tables.map((table) => [table.object, table])) };
    common.set(spec, without);
  }
  return without;
}

/** The specification as this driver's device has it: the common classes with what the driver adds to them, and its own behind them. */
export function specWith(spec: Spec, rows: readonly RegisteredRow[]): Spec {
  const objects = new Map(Object.entries(spec.objects));
  const tables = tablesOf(spec);
  for (const row of rows) {
    const object = objectOfRow(tables, row);
    const table = objects.get(object) ?? emptyTable(object, row.classId);
    objects.set(object, withRow(table, row, tables));
  }
  return { ...spec, objects: Object.fromEntries(objects) };
}

function emptyTable(object: string, classId: number): ObjectTable {
  const nothing = { attributes: {}, methods: {}, uses: [], lifecycle: [] };
  return { object, title: object, instances: 'created', space: object, driver: true, classId, ...nothing };
}

function withRow(table: ObjectTable, row: RegisteredRow, tables: Tables): ObjectTable {
  const { method: number, attributes: given = [] } = row;
  const name = methodName(tables, row.classId, number);
  if (table.methods[name] !== undefined && given.length === 0) return table;
  const role = number === 0 ? 'create' : number === 3 ? 'destroy' : 'named';
  const empty: Method = { name, number, role, meaning: MEANING, attributes: [] };
  const method = table.methods[name] ?? empty;
  const added = given.map((one): [Attribute, MethodAttribute] => {
    const attribute = attributeOf(one, tables);
    const direction = one.names === undefined ? 'inout' : 'in';
    return [attribute, { name: attribute.name, direction, required: false }];
  });
  return {
    ...table,
    attributes: { ...table.attributes, ...Object.fromEntries(added.map(([one]) => [one.name, one])) },
    methods: {
      ...table.methods,
      [name]: { ...method, attributes: [...method.attributes, ...added.map(([, use]) => use)] },
    },
  };
}

function attributeOf({ id, names }: RegisteredAttribute, tables: Tables): Attribute {
  const name = `driver_attribute_${String(id)}`;
  const object = names === undefined ? undefined : tables.classes.get(names)?.table.object;
  return { name, id, meaning: MEANING, type: object === undefined ? { kind: 'u32' } : { kind: 'handle', object } };
}

/** The row of an operation that the driver brings, and the pipeline that serves it. */
export function ownRow(
  spec: Spec,
  pipelines: Pipelines,
  row: RegisteredRow,
): { readonly row: Row; readonly pipelines: Pipelines } {
  const tables = tablesOf(spec);
  const info = tables.classes.get(row.classId) as ClassInfo;
  const method = methodName(tables, row.classId, row.method);
  const object = info.table.object;
  const replaced = row.classId < DRIVER_BIT ? pipelines[`${object}.${method}`] : undefined;
  const own = row.method === 0 ? 'driver.create' : row.method === 3 ? 'driver.destroy' : 'driver.call';
  const pipeline = `driver/${String(row.classId)}/${String(row.method)}`;
  const rules =
    row.operation === 'refuse'
      ? refusing(row.errno ?? '')
      : replaced === undefined
        ? pipelines[own]
        : inTurn(replaced, pipelines['driver.call'] ?? []);
  return { row: { object, variant: info.variant, method, pipeline }, pipelines: { [pipeline]: rules ?? [] } };
}

type Rules = readonly Rule<never>[];

const joined = new WeakMap<Rules, WeakMap<Rules, Rules>>();

/** The rules of one pipeline and then those of another: the same array each time, so that what is made of it is made once. */
function inTurn(first: Rules, second: Rules): Rules {
  let known = joined.get(first);
  if (known === undefined) joined.set(first, (known = new WeakMap<Rules, Rules>()));
  let both = known.get(second);
  if (both === undefined) known.set(second, (both = [...first, ...second]));
  return both;
}
