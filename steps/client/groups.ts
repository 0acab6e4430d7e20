/** Multicast groups by number, and queue pairs attached to them. */
import type { Context } from './client.ts';
import type { Result } from './result.ts';
import { Refused, make, on, type Thing } from './things.ts';

const GROUP_PREFIX = 0xff12401bffff0000n;
const FIRST_MLID = 0xc001;

export interface Group {
  readonly gid_high: bigint;
  readonly gid_low: bigint;
  readonly mlid: number;
}

export function group(number: number): Group {
  return { gid_high: GROUP_PREFIX, gid_low: BigInt(number), mlid: FIRST_MLID + number };
}

type Method = 'attach_mcast' | 'detach_mcast';

export function change(qp: Thing, method: Method, which: Group): Promise<Result> {
  return qp.context.call(on(qp, method, { ...which }));
}

export async function attach(qp: Thing, which: Group): Promise<Result> {
  const result = await change(qp, 'attach_mcast', which);
  if (result.errno !== 0) throw new Refused('mcast-attach', result);
  return result;
}

export async function detach(qp: Thing, which: Group): Promise<void> {
  const result = await change(qp, 'detach_mcast', which);
  if (result.errno !== 0) throw new Refused('mcast-detach', result);
}

/** New UD queue pairs of one file, sharing what they need. */
export async function datagramPairs(context: Context, count: number): Promise<Thing[]> {
  const first = await make(context, 'qp', 'UD');
  const pairs = [first];
  while (pairs.length < count) pairs.push(await make(context, 'qp', 'UD', {}, first.parts));
  return pairs;
}
