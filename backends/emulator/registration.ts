/**
 * Registration: the rows of the common operations and of the driver become one list, before any call is served.
 * A driver row replaces the common one; `keep` leaves it; `unsupported` takes it away. Conflicts are refused here, all at once.
 */
import { tablesOf } from '../../spec/abi/uapi/tables.ts';
import type { Spec } from '../../spec/model.ts';
import type { DeviceModel } from './models/model.ts';

export interface Row {
  readonly object: string;
  readonly variant: string | undefined;
  readonly method: string;
  /** Name of the pipeline that serves it. */
  readonly pipeline: string;
}

/** What a driver says of one method of a class. */
export interface DriverRow {
  readonly object: string;
  readonly variant?: string;
  readonly method: string;
  /** Name of a pipeline, or the words `keep` and `unsupported`. */
  readonly pipeline: string;
}

export class RegistrationError extends Error {
  readonly conflicts: readonly string[];
  constructor(conflicts: readonly string[]) {
    super(`registration refused: ${conflicts.join('; ')}`);
    this.name = 'RegistrationError';
    this.conflicts = conflicts;
  }
}

/** The rows of the common operations a model supports. */
export function commonRows(spec: Spec, model: DeviceModel): Row[] {
  const rows: Row[] = [];
  for (const object of model.objects) {
    const table = spec.objects[object];
    if (table === undefined)
      throw new RegistrationError([`model ${model.id} names ${object}, which the spec does not have`]);
    const variants = typeof table.classId === 'number' ? [undefined] : model.qpTypes;
    for (const variant of variants) {
      for (const { name, needs } of Object.values(table.methods)) {
        if (needs !== undefined && !model.extras.includes(needs)) continue;
        rows.push({ object, variant, method: name, pipeline: `${object}.${name}` });
      }
    }
  }
  return rows;
}

/** Common rows with the driver's laid over them. Throws RegistrationError naming every conflict. */
export function merge(spec: Spec, common: readonly Row[], driver: readonly DriverRow[]): Row[] {
  const tables = tablesOf(spec);
  const merged = new Map(common.map((row) => [keyOf(row), row]));
  const served = new Set(common.map((row) => row.object));
  const seen = new Set<string>();
  const conflicts: string[] = [];
  for (const row of driver) {
    const key = keyOf(row);
    const table = spec.objects[row.object];
    if (seen.has(key)) conflicts.push(`${key} is given twice`);
    seen.add(key);
    if (table === undefined) {
      conflicts.push(`${key}: the spec has no object ${row.object}`);
      continue;
    }
    const variants = typeof table.classId === 'number' ? [] : Object.keys(table.classId);
    if (row.variant === undefined ? variants.length > 0 : !variants.includes(row.variant)) {
      const wanted = variants.length > 0 ? `name one of ${variants.join(', ')}` : `${row.object} has no variants`;
      conflicts.push(`${key}: ${wanted}`);
      continue;
    }
    if (table.methods[row.method] === undefined) conflicts.push(`${key}: ${row.object} has no method ${row.method}`);
    if (table.driver !== true && !served.has(row.object))
      conflicts.push(`${key}: ${row.object} is a common class this device does not have`);
    if ((row.pipeline === 'keep' || row.pipeline === 'unsupported') && !merged.has(key)) {
      conflicts.push(`${key}: nothing to ${row.pipeline === 'keep' ? 'keep' : 'take away'}`);
      continue;
    }
    if (row.pipeline === 'unsupported') merged.delete(key);
    else if (row.pipeline !== 'keep')
      merged.set(key, { object: row.object, variant: row.variant, method: row.method, pipeline: row.pipeline });
  }
  if (conflicts.length > 0) throw new RegistrationError(conflicts);
  const order = (row: Row): number => tables.classOf(row.object, row.variant).id;
  return [...merged.values()].sort((a, b) => order(a) - order(b));
}

function keyOf(row: {
  readonly object: string;
  readonly variant?: string | undefined;
  readonly method: string;
}): string {
  return `${row.object}${row.variant === undefined ? '' : ` ${row.variant}`}.${row.method}`;
}
