/** Connection identifiers as scenarios use them: addresses, and what a query of an id tells. */
import type { Value } from '../../spec/abi/abi.ts';
import type { Client } from './client.ts';
import { Refused, ask, type Thing } from './things.ts';
import { words } from './words.ts';

export interface Address {
  readonly high: bigint;
  readonly low: bigint;
}

export const EVERY_PORT: Address = { high: 0n, low: 0n };
/** An address that no port has. */
export const NOWHERE: Address = { high: 0xfe80000000000000n, low: 0xdeadn };
/** Room for private data, and more than there can be. */
export const DATA_BYTES = 64;
const addresses = new WeakMap<Client, Map<number, Address>>();

/** The address of a port, as a query of it tells; asked once. */
export async function addressOf(client: Client, port = 1): Promise<Address> {
  let known = addresses.get(client);
  if (known === undefined) addresses.set(client, (known = new Map<number, Address>()));
  let address = known.get(port);
  if (address === undefined) known.set(port, (address = await queried(client, port)));
  return address;
}

async function queried(client: Client, port: number): Promise<Address> {
  const context = await client.open();
  const call = { object: 'port', method: 'query', on: port, attributes: {}, room: { gid_high: 0, gid_low: 0 } };
  const result = await context.call(call);
  await context.close();
  if (result.reply === undefined) throw new Refused('port-query', result);
  const { gid_high: high, gid_low: low } = result.reply.attributes;
  return { high: high as bigint, low: low as bigint };
}

/** What an id is, in the words of its table. */
export interface Shown {
  readonly state: string;
  readonly portSpace: string;
  readonly userHandle: bigint;
  readonly port: number;
  readonly own: Address;
  readonly service: number;
  readonly remote: Address;
  readonly remoteService: number;
  readonly data: readonly number[];
}

const ROOM = {
  state: 0,
  port_space: 0,
  user_handle: 0,
  port: 0,
  gid_high: 0,
  gid_low: 0,
  service: 0,
  remote_gid_high: 0,
  remote_gid_low: 0,
  remote_service: 0,
  private_data: DATA_BYTES,
};

export async function shown(id: Thing): Promise<Shown> {
  const result = await ask(id, 'query', {}, ROOM);
  if (result.reply === undefined) throw new Refused('cm-id-query', result);
  const of = result.reply.attributes;
  const list = (of['private_data'] ?? []) as readonly number[];
  return {
    state: words(of['state']),
    portSpace: words(of['port_space']),
    userHandle: of['user_handle'] as bigint,
    port: Number(of['port']),
    own: { high: of['gid_high'] as bigint, low: of['gid_low'] as bigint },
    service: Number(of['service']),
    remote: { high: of['remote_gid_high'] as bigint, low: of['remote_gid_low'] as bigint },
    remoteService: Number(of['remote_service']),
    // The room that was not needed is filled with zeros.
    data: list.slice(0, list.findLastIndex((word) => word !== 0) + 1),
  };
}

export async function stateOfId(id: Thing): Promise<string> {
  return (await shown(id)).state;
}

export function bindTo({ high, low }: Address, service = 0): Readonly<Record<string, Value>> {
  return { gid_high: high, gid_low: low, service };
}

export function towards({ high, low }: Address, service: number): Readonly<Record<string, Value>> {
  return { remote_gid_high: high, remote_gid_low: low, remote_service: service };
}

export function told({ high, low }: Address): string {
  return `0x${high.toString(16)}:0x${low.toString(16)}`;
}
