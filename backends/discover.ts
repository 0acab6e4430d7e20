/**
 * What a device can do, read through the ABI itself before a run: by the INTERFACE object where the ABI has one,
 * by trying where it has not. The answers are the words of `@needs:`.
 */
import type { Abi, Call, Reply, Value } from '../spec/abi/abi.ts';
import { tablesOf } from '../spec/abi/uapi/tables.ts';
import { says } from '../spec/abi/says.ts';
import { capabilityOfControl, capabilityOfObject, capabilityOfType } from '../spec/capabilities.ts';
import { errnoName } from '../spec/errno.ts';
import type { ObjectTable, Spec } from '../spec/model.ts';
import { counts } from './discover_counts.ts';
import { refusesTheSleepless } from './discover_kernel.ts';
import { changesRanges } from './discover_ranges.ts';
import { BackendError, type Backend, type Description, type Process } from './backend.ts';
import { hasEmptyGid } from './discover_gids.ts';
import { resizes } from './discover_srq.ts';

/** As many class ids as a message has room for, whatever a device says it has. */
const MOST_CLASSES = 2000;

/** The least that can be mapped. */
const PAGE = 4096;

export interface Prober {
  readonly process: Process;
  readonly fd: number;
  /** Whether the device has memory that its file maps. */
  readonly mappable: boolean;
  /** The reply, or undefined where the call was refused. */
  call(call: Call): Promise<Reply | undefined>;
  /** The errno's name, or `0`. */
  errno(call: Call): Promise<string>;
}

export async function discoverCapabilities(
  backend: Backend,
  abi: Abi,
  spec: Spec,
  description: Description,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const action of description.controls) found.add(capabilityOfControl(action));
  if (description.unprivileged) found.add('unprivileged');
  if (description.controls.includes('stall') && description.operations === undefined) {
    found.add('stall-core');
    found.add('stall-hardware');
  }
  const prober = await openProber(backend, abi, description);
  const types = abi.expresses('interface', 'query')
    ? await listed(prober, spec, found)
    : await tried(prober, abi, spec, found);
  for (const type of types) found.add(capabilityOfType(type));
  found.add(types.length > 0 ? 'qp' : 'no-qp');
  if (types.length > 0 && description.node !== 'RNIC') found.add('qp-modify-connects');
  await methods(prober, abi, spec, types, found);
  if (found.has('mr-modify') && (await changesRanges(prober, NOT_SUPPORTED))) found.add('mr-modify-range');
  await counts(prober, spec, found);
  if (found.has('srq-modify') && (await resizes(prober, NOT_SUPPORTED))) found.add('srq-resize');
  if (prober.mappable) found.add('doorbell-page');
  if (await opensSystemNode(abi, prober.process, description)) found.add('system-node');
  const transport = await ports(prober, abi, spec, found, description.node);
  const device = description.devices[0]?.name ?? '';
  if (found.has('ah') && found.has('control-kernel-call')) {
    if (await refusesTheSleepless(backend, spec, device, transport)) found.add('ah-slept');
  }
  const { complaints } = await backend.reset();
  if (complaints !== undefined) found.add('complaints');
  return found;
}

async function openProber(backend: Backend, abi: Abi, description: Description): Promise<Prober> {
  const device = description.devices[0];
  if (device === undefined) throw new BackendError('config', `${description.implementation} names no device`);
  const process = await backend.process();
  const opened = await process.open(device.path);
  if (!opened.ok) throw new BackendError('config', `${device.path} cannot be opened: ${errnoName(opened.errno)}`);
  for (const encoded of abi.greeting()) await process.ioctl({ fd: opened.value, ...encoded });
  const fd = opened.value;
  const mapped = await process.map(fd, PAGE);
  return {
    process,
    fd,
    mappable: mapped.ok,
    async call(call) {
      const encoded = abi.encode(abi.draft(call));
      const answer = await process.ioctl({ fd, ...encoded });
      return answer.ok ? abi.reply(call, encoded) : undefined;
    },
    async errno(call) {
      const answer = await process.ioctl({ fd, ...abi.encode(abi.draft(call)) });
      return answer.ok ? '0' : errnoName(answer.errno);
    },
  };
}

/** Whether there is a system-wide node, and it says of itself what it has. */
async function opensSystemNode(abi: Abi, process: Process, { system }: Description): Promise<boolean> {
  if (system === undefined || !abi.expresses('interface', 'query')) return false;
  const opened = await process.open(system.path);
  if (!opened.ok) return false;
  const call: Call = { object: 'interface', method: 'query', on: 0, attributes: {}, room: { class_count: 0 } };
  const answer = await process.ioctl({ fd: opened.value, ...abi.encode(abi.draft(call)) });
  await process.close(opened.value);
  return answer.ok;
}

/** A handle, or a descriptor, that names nothing. */
const NOTHING = 0x00fffff0;
const NOT_SUPPORTED: ReadonlySet<string> = new Set(['EOPNOTSUPP', 'EPROTONOSUPPORT', 'ENOSYS']);

/** Whether the device has a method that makes such objects: it refuses one of parts that do not exist for another reason. */
async function creates(prober: Prober, abi: Abi, table: ObjectTable): Promise<boolean> {
  const create = Object.values(table.methods).find((method) => method.role === 'create');
  if (create === undefined || !abi.expresses(table.object, create.name)) return false;
  const attributes: Record<string, Value> = {};
  for (const { name, direction, required } of create.attributes) {
    const attribute = table.attributes[name];
    if (direction === 'out' || !required || attribute === undefined) continue;
    const { kind } = attribute.type;
    if (kind === 'handle' || kind === 'fd') attributes[name] = NOTHING;
    else if (kind === 'list') attributes[name] = (attribute.example ?? [NOTHING]) as Value;
    else attributes[name] = (attribute.example ?? 0) as Value;
  }
  return !NOT_SUPPORTED.has(await prober.errno({ object: table.object, method: create.name, attributes }));
}

async function listed(prober: Prober, spec: Spec, found: Set<string>): Promise<string[]> {
  const counted = await prober.call({
    object: 'interface',
    method: 'query',
    on: 0,
    attributes: {},
    room: { class_count: 0 },
  });
  const count = Math.min(Number(counted?.attributes['class_count'] ?? 0), MOST_CLASSES);
  const reply = await prober.call({
    object: 'interface',
    method: 'query',
    on: 0,
    attributes: {},
    room: { classes: 2 * count },
  });
  const { classes } = tablesOf(spec);
  const types: string[] = [];
  for (const id of (reply?.attributes['classes'] ?? []) as readonly number[]) {
    const info = classes.get(id);
    if (info === undefined) continue;
    if (info.variant !== undefined) types.push(info.variant);
    else if (info.table.driver === true) found.add('driver-class');
    else if (info.table.instances !== 'fixed') found.add(capabilityOfObject(info.table.object));
  }
  return types;
}

async function tried(prober: Prober, abi: Abi, spec: Spec, found: Set<string>): Promise<string[]> {
  const pd = await prober.call({ object: 'pd', method: 'create', attributes: {} });
  const cq = await prober.call({ object: 'cq', method: 'create', attributes: { cqe: 1, comp_vector: 0 } });
  const xrcd = await prober.call({ object: 'xrcd', method: 'create', attributes: {} });
  for (const table of Object.values(spec.objects)) {
    if (table.instances !== 'fixed' && typeof table.classId === 'number' && (await creates(prober, abi, table)))
      found.add(capabilityOfObject(table.object));
  }
  const types: string[] = [];
  for (const type of Object.keys(spec.objects['qp']?.classId ?? {})) {
    const queues = { pd: pd?.handle ?? 0, send_cq: cq?.handle ?? 0, recv_cq: cq?.handle ?? 0 };
    const cap = { cap: { max_send_wr: 1, max_recv_wr: 1, max_send_sge: 1, max_recv_sge: 1 } };
    const subtype = type === 'DRIVER' ? { driver_type: 0 } : {};
    const attributes = type === 'XRC_TGT' ? { xrcd: xrcd?.handle ?? 0 } : { ...queues, ...cap, ...subtype };
    if ((await prober.call({ object: 'qp', variant: type, method: 'create', attributes })) !== undefined)
      types.push(type);
  }
  return types;
}

/**
 * Methods that not every device has: one that is there refuses an object that does not exist for another reason.
 * All that need the same must be there: a device can serve POST_SEND as a mere doorbell and no receives at all.
 */
async function methods(
  prober: Prober,
  abi: Abi,
  spec: Spec,
  types: readonly string[],
  found: Set<string>,
): Promise<void> {
  const served = new Set<string>();
  const lacking = new Set<string>();
  for (const { object, methods: all, attributes, instances } of Object.values(spec.objects)) {
    if (instances !== 'fixed' && object !== 'qp' && !found.has(capabilityOfObject(object))) continue;
    for (const { name: method, needs, serves, attributes: uses } of Object.values(all)) {
      if (needs === undefined || !abi.expresses(object, method)) continue;
      const variant = types.find((type) => serves?.includes(type));
      if (serves !== undefined && variant === undefined) continue;
      const given = uses
        .filter(({ direction, only }) => direction !== 'out' && (only === undefined || only.includes(variant ?? '')))
        .map(({ name }) => [name, (attributes[name]?.example ?? 0) as Value]);
      const call = {
        object,
        variant,
        method,
        on: NOTHING,
        attributes: Object.fromEntries(given) as Call['attributes'],
      };
      (NOT_SUPPORTED.has(await prober.errno(call)) ? lacking : served).add(needs);
    }
  }
  for (const needs of served) if (!lacking.has(needs)) found.add(needs);
}

/** The transport of the first port. */
async function ports(
  prober: Prober,
  abi: Abi,
  spec: Spec,
  found: Set<string>,
  node: string | undefined,
): Promise<Value | undefined> {
  const device = await prober.call({
    object: 'device',
    method: 'query',
    on: 0,
    attributes: {},
    room: { port_count: 0 },
  });
  const count = Math.min(Number(device?.attributes['port_count'] ?? 0), 255);
  let first: Value | undefined;
  for (let port = 1; port <= count; port += 1) {
    const reply = await prober.call({
      object: 'port',
      method: 'query',
      on: port,
      attributes: {},
      room: { transport: 0, gid_table_length: 0, max_mtu: 0 },
    });
    const transport = reply?.attributes['transport'];
    first ??= transport;
    const largest = reply?.attributes['max_mtu'];
    if (largest !== undefined && largest !== Object.keys(spec.enums['path_mtu'] ?? {}).at(-1)) found.add('mtu-beyond');
    if (transport === 'IB') found.add('port-ib');
    if (transport === 'ROCE') found.add(node === 'RNIC' ? 'port-iwarp' : 'port-roce');
    const entries = Number(reply?.attributes['gid_table_length'] ?? 0);
    const path = { [transport === 'ROCE' ? 'path_roce' : 'path_ib']: { port, sgid_index: entries } };
    const beyond = { object: 'ah', method: 'create', attributes: { pd: NOTHING, ...path } };
    if (entries > 0 && says(abi, beyond)) found.add('gid-index-beyond');
    if (await hasEmptyGid(abi, prober.process, prober.fd, port, entries)) found.add('gid-empty');
  }
  return first;
}
