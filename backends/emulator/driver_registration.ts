/**
 * A driver that registers while the emulator runs. First its rows are judged, then they are laid over the common operations;
 * each is a rule, since each can be got wrong. Nothing is made of rows that are refused.
 */
import { DRIVER_BIT } from '../../spec/abi/uapi/layout.ts';
import { tablesOf, type Tables } from '../../spec/abi/uapi/tables.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { Spec } from '../../spec/model.ts';
import type { DriverIdentity, RegisteredName, RegisteredRow } from '../backend.ts';
import { DRIVER_SLOTS } from './core/call.ts';
import { givenNames, type KnownName } from './driver_names.ts';
import { namingRules } from './driver_naming.ts';
import { commonSpec, methodName, objectOfRow, ownRow, specWith } from './driver_rows.ts';
import type { DeviceModel } from './models/model.ts';
import { commonRows, type Row } from './registration.ts';
import type { Pipelines, Rule } from './rules.ts';

const INTERFACE = 1;
const FIRST_DRIVER_METHOD = 96;
const LAST_METHOD = 127;

/** Who a driver says it is, and the names it gives. */
export interface Naming {
  readonly driver?: DriverIdentity | undefined;
  readonly names?: readonly RegisteredName[] | undefined;
}

const UNNAMED: DriverIdentity = { name: 'registered', version: 0 };

/** A registration on its way. */
export class Registration {
  readonly rows: readonly RegisteredRow[];
  readonly driver: DriverIdentity;
  /** What it gives names to. */
  readonly given: readonly KnownName[];
  /** Names that the classes of the core and their methods have on the device. */
  readonly namesTaken: ReadonlySet<string>;
  /** Tables of the common classes. */
  readonly tables: Tables;
  /** The device's operations: at first the common ones, in the end what it will be driven by. */
  readonly merged: Map<string, Row>;
  readonly spec: Spec;
  /** Names of devices that exist. */
  readonly taken: ReadonlySet<string>;
  readonly device: string;
  /** Its own copy, to which the pipelines of the driver come. */
  readonly pipelines: Pipelines;

  constructor(
    spec: Spec,
    model: DeviceModel,
    pipelines: Pipelines,
    taken: ReadonlySet<string>,
    device: string,
    rows: readonly RegisteredRow[],
    { driver = UNNAMED, names = [] }: Naming = {},
  ) {
    const without = commonSpec(spec);
    this.tables = tablesOf(without);
    this.spec = specWith(without, rows);
    const offered = commonRows(without, model);
    this.merged = new Map(offered.map((row) => [this.key(classIdOf(this.tables, row), row.method), row]));
    this.pipelines = { ...pipelines };
    this.taken = taken;
    this.device = device;
    this.rows = rows;
    this.driver = driver;
    this.given = givenNames(names);
    const classes = offered.map(({ object, variant, method }) => [this.tables.classOf(object, variant).name, method]);
    this.namesTaken = new Set(classes.flatMap(([name = '', method = '']) => [name, `${name}.${method}`]));
  }

  key(classId: number, method: string): string {
    return `${String(classId)}.${method}`;
  }

  keyOf(row: RegisteredRow): string {
    return this.key(row.classId, methodName(this.tables, row.classId, row.method));
  }

  /** Whether the common operations have what a row speaks of. */
  isCommon(row: RegisteredRow): boolean {
    return this.merged.has(this.keyOf(row));
  }

  /** Serves a method by the driver's operation. */
  serve(row: RegisteredRow): void {
    const own = ownRow(this.spec, this.pipelines, row);
    Object.assign(this.pipelines, own.pipelines);
    this.merged.set(this.keyOf(row), own.row);
  }
}

function classIdOf(tables: Tables, { object, variant }: Row): number {
  return tables.classOf(object, variant).id;
}

/** Whether the driver may add what the row names: a class of its own, or a method of its range. */
function isOwn({ classId, method }: RegisteredRow): boolean {
  if (method < 0 || method > LAST_METHOD || classId >= 2 * DRIVER_BIT) return false;
  return classId >= DRIVER_BIT || method >= FIRST_DRIVER_METHOD;
}

function attributesFit({ classId, attributes = [] }: RegisteredRow): boolean {
  const first = classId >= DRIVER_BIT ? 1 : DRIVER_BIT;
  return attributes.every(({ id }) => id >= first && id < DRIVER_BIT + DRIVER_SLOTS);
}

function refuseIf(clause: string, errno: number, wrong: (r: Registration) => boolean): Rule<Registration> {
  return { clause, apply: (registration) => (wrong(registration) ? errno : 0) };
}

function each(
  clause: string,
  concerns: (r: Registration, row: RegisteredRow) => boolean,
  work: (r: Registration, row: RegisteredRow) => void,
): Rule<Registration> {
  return {
    clause,
    apply: (r) => {
      for (const row of r.rows) if (concerns(r, row)) work(r, row);
      return 0;
    },
  };
}

const brings = ({ operation }: RegisteredRow): boolean => operation === 'refuse' || operation === 'serve';

export function registrationRules(): Readonly<Record<string, readonly Rule<Registration>[]>> {
  return {
    'driver/registration': [
      refuseIf('driver-register-name', ERRNO.EEXIST, (r) => r.taken.has(r.device)),
      refuseIf(
        'driver-register-twice',
        ERRNO.EEXIST,
        (r) => new Set(r.rows.map((row) => r.keyOf(row))).size < r.rows.length,
      ),
      refuseIf('driver-register-interface', ERRNO.EINVAL, (r) => r.rows.some((row) => row.classId === INTERFACE)),
      refuseIf('driver-register-range', ERRNO.EINVAL, (r) =>
        r.rows.some((row) => !attributesFit(row) || (brings(row) && !r.isCommon(row) && !isOwn(row))),
      ),
      refuseIf('driver-register-range', ERRNO.EINVAL, (r) =>
        r.rows.some((row) => row.classId < DRIVER_BIT && brings(row) && !hasClass(r, row)),
      ),
      refuseIf('driver-register-nothing', ERRNO.EINVAL, (r) => r.rows.some((row) => !brings(row) && !r.isCommon(row))),
      ...namingRules(),
      each(
        'driver-override',
        (r, row) => brings(row) && r.isCommon(row),
        (r, row) => {
          r.serve(row);
        },
      ),
      each(
        'driver-method',
        (r, row) => brings(row) && !r.isCommon(row) && row.classId < DRIVER_BIT,
        (r, row) => {
          r.serve(row);
        },
      ),
      each(
        'driver-class',
        (r, row) => brings(row) && !r.isCommon(row) && row.classId >= DRIVER_BIT,
        (r, row) => {
          r.serve(row);
        },
      ),
      each(
        'driver-unsupported',
        (_r, row) => row.operation === 'unsupported',
        (r, row) => {
          r.merged.delete(r.keyOf(row));
        },
      ),
    ],
  };
}

/** Whether the device has the common class that a row names. */
function hasClass(registration: Registration, row: RegisteredRow): boolean {
  const object = objectOfRow(registration.tables, row);
  return [...registration.merged.values()].some((known) => known.object === object);
}

/** The rows in the order of their classes, as a table is made of them. */
export function rowsOf({ merged, spec }: Registration): Row[] {
  const tables = tablesOf(spec);
  const order = ({ object, variant }: Row): number => tables.classOf(object, variant).id;
  return [...merged.values()].sort((a, b) => order(a) - order(b));
}
