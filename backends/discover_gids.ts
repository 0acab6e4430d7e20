/** Whether a table of GIDs has an empty entry, asked of the ports by the ABI's own query. */
import type { Abi } from '../spec/abi/abi.ts';
import type { Process } from './backend.ts';

const ENTRY_BYTES = 32;
const GID_BYTES = 16;
/** Entries of a port that are looked at, where it has many. */
const LOOKED_AT = 64;

/** `port`, and how many entries it has. */
export async function hasEmptyGid(
  { native, encode }: Pick<Abi, 'native' | 'encode'>,
  process: Process,
  fd: number,
  port: number,
  entries: number,
): Promise<boolean> {
  for (let index = 0; native !== undefined && index < Math.min(entries, LOOKED_AT); index += 1) {
    const given = { PORT: port, GID_INDEX: index, FLAGS: 0, RESP_ENTRY: new Uint8Array(ENTRY_BYTES) };
    const encoded = encode(native.message('device', 'query_gid_entry', given));
    const answer = await process.ioctl({ fd, ...encoded });
    // A device that lists an empty entry as a GID of zeros has one as well: it is what the clause is about.
    const entry = encoded.regions.find(({ bytes }) => bytes.length === ENTRY_BYTES)?.bytes;
    const zeros = answer.ok && entry?.subarray(0, GID_BYTES).every((byte) => byte === 0) === true;
    // Whatever the errno of a refusal is: the right one is the business of the clause.
    if (zeros || !answer.ok) return true;
  }
  return false;
}
