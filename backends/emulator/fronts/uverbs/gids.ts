/** The GIDs of an emulated device: one on an InfiniBand port, two addresses in both versions on a RoCE port, none on others. */
import type { Device } from '../../core/device.ts';

/** One entry of a table. */
export interface GidEntry {
  readonly port: number;
  readonly index: number;
  /** 0 InfiniBand, 1 RoCE v1, 2 RoCE v2. */
  readonly type: number;
  /** Halves of the GID, in network order. */
  readonly prefix: bigint;
  readonly id: bigint;
  /** Number of the network interface; 0 for none. */
  readonly interface: number;
}

export const GID_BYTES = 32;

const LINK_LOCAL = 0xfe80000000000000n;
/** An IPv4 address as an IPv6 address: 192.0.2.0 and what is added. */
const IPV4 = 0x0000ffffc0000200n;
const FIRST_INTERFACE = 2;

export function entriesOf({ model }: Device): readonly GidEntry[] {
  return model.ports.flatMap(({ transport, gids }, at): readonly GidEntry[] => {
    const port = at + 1;
    const own = model.nodeGuid + BigInt(port);
    if (transport !== 'ROCE')
      return [{ port, index: 0, type: 0, prefix: LINK_LOCAL, id: own, interface: 0 }].slice(0, gids);
    const addresses: readonly (readonly [bigint, bigint])[] = [
      [LINK_LOCAL, own],
      [0n, IPV4 + BigInt(port)],
    ];
    return addresses
      .flatMap(([prefix, id], place) =>
        [1, 2].map((type) => ({
          port,
          index: 2 * place + type - 1,
          type,
          prefix,
          id,
          interface: FIRST_INTERFACE + at,
        })),
      )
      .slice(0, gids);
  });
}

/** Undefined where the entry is empty. */
export function entryAt(device: Device, port: number, index: number): GidEntry | undefined {
  return entriesOf(device).find((entry) => entry.port === port && entry.index === index);
}

/** As struct ib_uverbs_gid_entry has it. */
export function gidBytes({ port, index, type, prefix, id, interface: number }: GidEntry): Uint8Array {
  const bytes = new Uint8Array(GID_BYTES);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, prefix, false);
  view.setBigUint64(8, id, false);
  for (const [place, value] of [index, port, type, number].entries()) view.setUint32(16 + 4 * place, value, true);
  return bytes;
}
