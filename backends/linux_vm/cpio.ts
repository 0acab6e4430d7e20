/** An archive the kernel unpacks as its first file system: cpio, "newc". The same entries give the same bytes. */

export interface Entry {
  /** Path without a leading slash; the folders above it come before it. */
  readonly path: string;
  /** Type and permissions: `FOLDER`, or `FILE` with its bits. */
  readonly mode: number;
  readonly bytes?: Uint8Array;
}

export const FOLDER = 0o040755;
export const FILE = 0o100644;
export const PROGRAM = 0o100755;

const MAGIC = '070701';
/** Every part of an archive begins at a multiple of this. */
const ALIGNED = 4;

/** Owner, group, times and devices are 0: nothing of the machine that makes the archive gets into it. */
export function archive(entries: readonly Entry[]): Buffer {
  return Buffer.concat([...entries, { path: 'TRAILER!!!', mode: 0 }].map((entry, index) => packed(entry, index + 1)));
}

function packed({ path, mode, bytes = new Uint8Array() }: Entry, inode: number): Buffer {
  const name = Buffer.from(`${path}\0`);
  // inode, mode, uid, gid, links, time, size, device (2), device it stands for (2), length of the name, checksum
  const fields = [inode, mode, 0, 0, 1, 0, bytes.length, 0, 0, 0, 0, name.length, 0];
  const head = MAGIC + fields.map((field) => field.toString(16).padStart(8, '0')).join('');
  return Buffer.concat([filled(Buffer.concat([Buffer.from(head), name])), filled(bytes)]);
}

function filled(bytes: Uint8Array): Uint8Array {
  const rest = (ALIGNED - (bytes.length % ALIGNED)) % ALIGNED;
  return rest === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(rest)]);
}
