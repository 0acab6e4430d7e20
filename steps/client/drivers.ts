/** Drivers registered by control, and raw messages for what they add: no table of the specification knows it. */
import { BackendError, type DriverIdentity, type RegisteredName, type RegisteredRow } from '../../backends/backend.ts';
import type { Call, Encoded } from '../../spec/abi/abi.ts';
import type { DraftAttribute } from '../../spec/abi/uapi/draft.ts';
import { uapi } from '../../spec/abi/uapi/uapi.ts';
import {
  ATTRIBUTE_BYTES,
  FLAG_MANDATORY,
  FLAG_WRITTEN,
  HEADER_BYTES,
  aligned,
  requestOf,
} from '../../spec/abi/uapi/layout.ts';
import { tablesOf } from '../../spec/abi/uapi/tables.ts';
import { errnoName } from '../../spec/errno.ts';
import type { Client, Context } from './client.ts';
import type { Result } from './result.ts';

const WORD = 4;

/** Who a driver says it is, and the names it gives. */
export interface Naming {
  readonly driver?: DriverIdentity;
  readonly names?: readonly RegisteredName[];
}

/** `0`, or the errno's name; and whether the device is there afterwards. */
export async function register(
  client: Client,
  device: string,
  rows: readonly RegisteredRow[],
  naming: Naming = {},
): Promise<{ readonly answer: string; readonly bytes: number; readonly there: boolean }> {
  const answer = await client.control({ action: 'register_driver', device, rows, ...naming });
  const there = (await client.devices()).some(({ name }) => name === device);
  return {
    answer: answer.ok ? '0' : errnoName(answer.errno),
    bytes: answer.ok ? (answer.value['bytes'] ?? 0) : 0,
    there,
  };
}

/** A file of a device registered before; undefined where there is none of that name. */
export async function openRegistered(client: Client, device: string): Promise<Context | undefined> {
  const found = (await client.devices()).find(({ name }) => name === device);
  if (found === undefined) return undefined;
  const context = await client.open(true, found);
  // Objects are not queried as soon as they are made: query may be what the driver changed.
  for (const { table, variant } of tablesOf(client.session.spec).classes.values())
    context.seen.add(`${table.object}/${variant ?? ''}`);
  return context;
}

/** Registers under a name of its own, does the work in a newly opened file of the device, and closes it. */
export async function registered<T>(
  client: Client,
  rows: readonly RegisteredRow[],
  work: (context: Context, made: { readonly device: string; readonly bytes: number }) => Promise<T>,
  naming: Naming = {},
): Promise<T> {
  const device = `registered${String((await client.devices()).length)}`;
  const { answer, bytes } = await register(client, device, rows, naming);
  const context = await openRegistered(client, device);
  if (context === undefined) throw new BackendError('protocol', `no device for the rows of ${device}: ${answer}`);
  const value = await work(context, { device, bytes });
  await context.close();
  return value;
}

/** A 32-bit attribute of the driver, marked mandatory. */
export interface DriverValue {
  readonly id: number;
  readonly value: number;
}

function driverAttribute({ id, value }: DriverValue, flags: number): DraftAttribute {
  const payload = new Uint8Array(WORD);
  new DataView(payload.buffer).setUint32(0, value, true);
  const name = `0x${id.toString(16)}`;
  return { name, id, flags, reserved: 0, payload, direction: 'inout', required: false, list: false };
}

/** A neutral call that carries attributes of the driver beside its own. */
export async function callWith(
  context: Context,
  call: Call,
  values: readonly DriverValue[],
  flags = FLAG_MANDATORY,
): Promise<Result> {
  const abi = uapi(context.client.session.spec);
  const draft = abi.draft(call);
  const added = values.map((one) => driverAttribute(one, flags));
  const inputs = draft.attributes.filter(({ direction }) => direction !== 'out');
  const outputs = draft.attributes.filter(({ direction }) => direction === 'out');
  return context.send(abi.encode({ ...draft, attributes: [...inputs, ...added, ...outputs] }), call);
}

/** A message to a method by numbers alone. */
export async function rawCall(
  context: Context,
  classId: number,
  method: number,
  objectId = 0,
  values: readonly DriverValue[] = [],
): Promise<Result> {
  const size = ATTRIBUTE_BYTES + aligned(WORD);
  const bytes = new Uint8Array(HEADER_BYTES + values.length * size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, bytes.length, true);
  view.setUint16(2, classId, true);
  view.setUint32(4, objectId, true);
  for (const [index, { id, value }] of values.entries()) {
    const at = HEADER_BYTES + index * size;
    view.setUint16(at, ATTRIBUTE_BYTES + WORD, true);
    view.setUint16(at + 2, id, true);
    view.setUint16(at + 4, FLAG_MANDATORY, true);
    view.setUint32(at + ATTRIBUTE_BYTES, value, true);
  }
  const encoded: Encoded = { request: requestOf(method), regions: [{ bytes }], patches: [] };
  return context.send(encoded);
}

/** The object id in the header of an answer. */
export function objectIdOf(result: Result): number {
  return new DataView(result.after.buffer, result.after.byteOffset).getUint32(4, true);
}

/** What came back in the attributes of the driver that were written, by id. */
export function writtenBack({ after }: Result): Map<number, number> {
  const view = new DataView(after.buffer, after.byteOffset, after.byteLength);
  const found = new Map<number, number>();
  for (let at = HEADER_BYTES; at + ATTRIBUTE_BYTES + WORD <= after.length;) {
    const length = view.getUint16(at, true);
    if (length < ATTRIBUTE_BYTES) break;
    const written = (view.getUint16(at + 4, true) & FLAG_WRITTEN) !== 0;
    if (written) found.set(view.getUint16(at + 2, true), view.getUint32(at + ATTRIBUTE_BYTES, true));
    at += aligned(length);
  }
  return found;
}
