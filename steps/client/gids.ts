/** The GIDs of a device, as its two methods tell them. */
import type { Context } from './client.ts';
import { ask, type Asked } from './native.ts';
import { Refused } from './things.ts';

export const GID_BYTES = 32;
/** As many entries as the length of an attribute can say. */
const MOST = Math.floor(0xffff / GID_BYTES);

export interface Gid {
  readonly port: number;
  readonly index: number;
  readonly bytes: Uint8Array;
}

/** `size`: bytes of an entry; `room`: of all. */
export function gidTable(
  context: Context,
  size: number | bigint,
  room: number,
  more: Readonly<Record<string, bigint>> = {},
): Promise<Asked> {
  const outputs = { RESP_ENTRIES: new Uint8Array(room).fill(0xff), RESP_NUM_ENTRIES: new Uint8Array(8) };
  return ask(context, 'device', 'query_gid_table', { ENTRY_SIZE: size, ...more, ...outputs });
}

export function gidEntry(context: Context, port: bigint | number, index: bigint | number, flags = 0n): Promise<Asked> {
  const RESP_ENTRY = new Uint8Array(GID_BYTES);
  return ask(context, 'device', 'query_gid_entry', { PORT: port, GID_INDEX: index, FLAGS: flags, RESP_ENTRY });
}

/** How many entries an answer tells of, and their bytes. */
export function entriesIn({ outputs }: Asked, size: number): Uint8Array[] {
  const count = outputs['RESP_NUM_ENTRIES'];
  const all = outputs['RESP_ENTRIES'] ?? new Uint8Array(0);
  const told = count === undefined ? 0 : Number(new DataView(count.buffer, count.byteOffset).getBigUint64(0, true));
  return Array.from({ length: told }, (_, at) => all.slice(at * size, (at + 1) * size));
}

export async function gidsOf(context: Context): Promise<Gid[]> {
  const asked = await gidTable(context, GID_BYTES, MOST * GID_BYTES);
  if (asked.result.errno !== 0) throw new Refused('gid-table', asked.result);
  return entriesIn(asked, GID_BYTES).map((bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { port: view.getUint32(20, true), index: view.getUint32(16, true), bytes };
  });
}

/** Length of the table of each port, the first port first. */
export async function tableLengths(context: Context): Promise<number[]> {
  const number = async (object: string, on: number, name: string): Promise<number> => {
    const result = await context.call({ object, method: 'query', on, attributes: {}, room: { [name]: 0 } });
    if (result.reply === undefined) throw new Refused(`${object}-query`, result);
    return Number(result.reply.attributes[name]);
  };
  const ports = await number('device', 0, 'port_count');
  return Promise.all(Array.from({ length: ports }, (_, at) => number('port', at + 1, 'gid_table_length')));
}
