/** What fixed objects say of themselves. */
import type { Context } from './client.ts';
import type { Result } from './result.ts';
import { Refused, tableOf } from './things.ts';
import { words } from './words.ts';

/** Queries a fixed object for everything this ABI reports of it. */
export async function query(context: Context, object: string, number: number): Promise<Result> {
  const room: Record<string, number> = {};
  for (const use of tableOf(context.client.session.spec, object).methods['query']?.attributes ?? []) room[use.name] = 0;
  return context.call({ object, method: 'query', on: number, attributes: {}, room });
}

/** The device's own word for one of its limits; one of 64 bits may be more than a number holds. */
export async function exactLimitOf(context: Context, name: string): Promise<bigint> {
  const result = await query(context, 'device', 0);
  if (result.reply === undefined) throw new Refused('device-query', result);
  return BigInt((result.reply.attributes[name] ?? 0) as number | bigint);
}

/** The same where it is of 32 bits or less. */
export async function limitOf(context: Context, name: string): Promise<number> {
  return Number(await exactLimitOf(context, name));
}

/** How many ports the device has. */
export function portCount(context: Context): Promise<number> {
  return limitOf(context, 'port_count');
}

const SMALLEST_MTU = 128;

/** Bytes that one packet on the first port carries. */
export async function portMtu(context: Context): Promise<number> {
  const result = await query(context, 'port', 1);
  if (result.reply === undefined) throw new Refused('port-query', result);
  const mtus = context.client.session.spec.enums['path_mtu'] ?? {};
  return SMALLEST_MTU << (mtus[words(result.reply.attributes['active_mtu'])] ?? 0);
}
