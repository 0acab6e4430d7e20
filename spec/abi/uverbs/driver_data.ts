/** What a driver wants beside the core's part of a message: driver_data.yaml, and how it gets into drafts. */
import type { Spec } from '../../model.ts';
import type { Draft, DraftAttribute } from './draft.ts';
import { DRIVER_ID, FLAG_MANDATORY } from './layout.ts';
import { Node } from './narrow.ts';
import { tablesOf } from './read_tables.ts';
import type { NativeMethod } from './tables.ts';

export interface DriverData {
  /** The header's driver_id. */
  readonly id: number;
  /** Bytes by neutral call, or `context`. */
  readonly calls: ReadonlyMap<string, { readonly in: number; readonly out: number }>;
}

/** Nothing but its number for a driver that is not in the table; nothing at all for no driver. */
export function driverDataOf(spec: Spec, driver: string): DriverData {
  const id = driverId(spec, driver);
  const drivers = new Node(spec.uverbs, 'uverbs').child('driver_data');
  if (!drivers.has(driver)) return { id, calls: new Map() };
  const node = drivers.child(driver);
  const calls = node
    .child('calls')
    .children()
    .map(([call, bytes]) => [call, { in: bytes.number('in', 0), out: bytes.number('out', 0) }] as const);
  return { id, calls: new Map(calls) };
}

function driverId(spec: Spec, driver: string): number {
  const ids = tablesOf(spec).constants.find(({ name }) => name === 'driver_id')?.members ?? [];
  return ids.find(({ name }) => name === driver.toUpperCase())?.value ?? DRIVER_ID;
}

/** The same message with the driver's number and, unless it has driver data already, zeros and room for the driver. */
export function withDriverData(data: DriverData, call: string, method: NativeMethod, draft: Draft): Draft {
  const wanted = data.calls.get(call);
  const more = wanted === undefined ? [] : [part(method, 'in', wanted.in), part(method, 'out', wanted.out)].flat();
  const added = more.filter(({ id }) => !draft.attributes.some((attribute) => attribute.id === id));
  return { ...draft, driverId: data.id, attributes: [...draft.attributes, ...added] };
}

function part(method: NativeMethod, form: 'in' | 'out', bytes: number): readonly DraftAttribute[] {
  if (bytes === 0) return [];
  const name = form === 'in' ? 'UHW_IN' : 'UHW_OUT';
  const native = method.attributes.find((attribute) => attribute.name === name);
  if (native === undefined)
    throw new TypeError(`uverbs table driver_data: ${method.object}.${method.name} has no ${name}`);
  const { id, required } = native;
  const rest = { reserved: 0, handle: 0, sized: false, target: false, flags: FLAG_MANDATORY };
  return [{ ...rest, id, form, required, name: name.toLowerCase(), payload: new Uint8Array(bytes) }];
}
