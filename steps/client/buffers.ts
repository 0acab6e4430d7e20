/** Memory of the process that is registered, and what stands in it. */
import type { StructValue } from '../../spec/abi/abi.ts';
import { BackendError } from '../../backends/backend.ts';
import type { Context } from './client.ts';
import { Refused, make, type Thing } from './things.ts';

/** Bytes of a memory region that scenarios register. */
export const REGION_BYTES = 16384;
/** Bytes of mapped memory on either side of it. */
const MARGIN = 4096;
const NEVER_SENT = 0xee;

/** A new memory region of `pd` over memory of its own, filled with a byte that no message has. */
export async function region(context: Context, pd: Thing, access: readonly string[] = ['LOCAL_WRITE']): Promise<Thing> {
  const { process, client } = context;
  // The region lies inside of what is mapped, so that what is outside of it can be read and written all the same.
  const mapped = await client.ask(process.map(-1, REGION_BYTES + 2 * MARGIN), 'map');
  if (!mapped.ok) throw new BackendError('resource', 'memory cannot be mapped');
  const start = mapped.value + BigInt(MARGIN);
  await put(context, mapped.value, new Uint8Array(REGION_BYTES + 2 * MARGIN).fill(NEVER_SENT));
  return make(context, 'mr', undefined, { start, length: BigInt(REGION_BYTES), access }, { pd });
}

export function startOf(mr: Thing): bigint {
  return mr.extra?.['start'] as bigint;
}

/** A piece of a region, as a scatter/gather entry. */
export function piece(mr: Thing, offset: number, length: number): StructValue {
  const { lkey } = mr.created.reply?.attributes ?? {};
  return { addr: startOf(mr) + BigInt(offset), length, lkey: Number(lkey ?? 0) };
}

export async function put({ client, process }: Context, address: bigint, bytes: Uint8Array): Promise<void> {
  const stored = await client.ask(process.store(address, bytes), 'store');
  if (!stored.ok) throw new BackendError('resource', 'mapped memory cannot be written');
}

export async function bytesAt(mr: Thing, offset: number, length: number): Promise<Uint8Array> {
  const { client, process } = mr.context;
  const loaded = await client.ask(process.load(startOf(mr) + BigInt(offset), length), 'load');
  if (!loaded.ok) throw new Refused('mr-create', mr.created, 'memory that can be read');
  return loaded.value;
}

/** The content of message `number`: no two are alike, and none holds the byte of an untouched buffer. */
export function content(number: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (number * 31 + index * 7) % NEVER_SENT);
}

export function isUntouched(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === NEVER_SENT);
}
