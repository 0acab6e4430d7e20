/** A recorded message taken apart into a neutral call by the tables, and put together again by the codec. */
import type { Call, Value } from '../../spec/abi/abi.ts';
import { draftOf, draftOfCommand, type Draft } from '../../spec/abi/uverbs/draft.ts';
import { frameOf, written } from '../../spec/abi/uverbs/frame.ts';
import { DATA_AT, DRIVER_BIT, INLINE_BYTES, attributeAt } from '../../spec/abi/uverbs/layout.ts';
import { readLayout, unmeant, type Carried } from '../../spec/abi/uverbs/layouts.ts';
import { carriedBy, isReference, type Command, type Layout, type UverbsTables } from '../../spec/abi/uverbs/tables.ts';
import type { Spec } from '../../spec/model.ts';
import { memoryOf, type RecordedCall } from './recorded.ts';

const ADDRESS_BYTES = 8;

/** One attribute of an ioctl as it lies: what the data field or the memory behind it holds. */
interface Part {
  readonly id: number;
  readonly length: number;
  readonly flags: number;
  readonly data: bigint;
  /** Undefined where the value is in the data field, and where it is an address without memory. */
  readonly memory: Uint8Array | undefined;
}

/** Where a message of ours differs from a recorded one, in words; undefined where no neutral call is sent that way. */
export function differences(spec: Spec, tables: UverbsTables, recorded: RecordedCall): readonly string[] | undefined {
  return recorded.call === 'write' ? inWrite(spec, tables, recorded) : inIoctl(spec, tables, recorded);
}

function inIoctl(spec: Spec, tables: UverbsTables, recorded: RecordedCall): readonly string[] | undefined {
  const memory = memoryOf(recorded);
  const message = Buffer.from(memory.regions[0] ?? []);
  const [objectId, id] = [message.readUInt16LE(2), message.readUInt16LE(4)];
  const method = tables.methods.find((one) => one.objectId === objectId && one.id === id);
  const parts = Array.from({ length: message.readUInt16LE(6) }, (_, index): Part => {
    const at = attributeAt(index);
    const behind = memory.patches.find(({ offset }) => offset === at + DATA_AT);
    return {
      id: message.readUInt16LE(at),
      length: message.readUInt16LE(at + 2),
      flags: message.readUInt16LE(at + 4),
      data: message.readBigUInt64LE(at + DATA_AT),
      memory: behind === undefined ? undefined : memory.regions[behind.region],
    };
  });
  if (method === undefined) return undefined;
  const valueOf = ({ length, data, memory: behind }: Part): Uint8Array => {
    const inline = Buffer.alloc(INLINE_BYTES);
    inline.writeBigUInt64LE(data);
    return behind ?? inline.subarray(0, Math.min(length, INLINE_BYTES));
  };
  const of = (name: string): Part | undefined => {
    const native = method.attributes.find((one) => one.name === name);
    return parts.find((part) => part.id === native?.id);
  };
  if (method.invokes) {
    const word = Number(of('WRITE_CMD')?.data ?? 0n);
    const command = tables.commands.find((one) => one.number === (word & 0xff) && one.extended === word > 0xff);
    const [request, response] = [of('CORE_IN'), of('CORE_OUT')];
    const call = command === undefined ? undefined : callOf(spec, command, request && valueOf(request), response);
    if (call === undefined || command === undefined) return undefined;
    const address = command.request.fields[0]?.name === 'response' ? ADDRESS_BYTES : 0;
    return compared(draftOfCommand(spec, tables, command, call), parts, valueOf, address);
  }
  const carried = new Map<string, Value>();
  const room: Record<string, number> = {};
  for (const native of method.attributes) {
    const part = parts.find((one) => one.id === native.id);
    if (part === undefined || native.id >= DRIVER_BIT) continue;
    const [name = ''] = native.layout.fields[0]?.carries ?? [];
    if (native.form === 'out') for (const one of carriedBy(native.layout)) room[one] = 0;
    else if (isReference(native.form)) carried.set(name, Number(part.data));
    else
      for (const [one, value] of valuesOf(spec, method.object, native.layout, valueOf(part))) carried.set(one, value);
  }
  const [object, name] = (method.serves ?? '').split('.');
  if (object === undefined || name === undefined) return undefined;
  return compared(draftOf(spec, tables, neutral(spec, object, name, carried, room)), parts, valueOf);
}

function inWrite(spec: Spec, tables: UverbsTables, recorded: RecordedCall): readonly string[] | undefined {
  const { regions } = memoryOf(recorded);
  const bytes = Buffer.from(regions[0] ?? []);
  const command = tables.commands.find(({ number, extended }) => !extended && number === bytes.readUInt32LE(0));
  const room = command === undefined || command.response.bytes === 0 ? undefined : {};
  const call = command === undefined ? undefined : callOf(spec, command, bytes.subarray(8), room);
  if (command === undefined || call === undefined) return undefined;
  const ours =
    written(frameOf(command, draftOfCommand(spec, tables, command, call))).regions[0]?.bytes ?? new Uint8Array(0);
  // How long it is counts the driver's part; the address of the response is each one's own.
  const driver = 8 + command.request.bytes;
  const begin = command.response.bytes === 0 ? 8 : 16;
  return [
    ...told('command', hexOf(bytes.subarray(0, 4)), hexOf(ours.slice(0, 4))),
    ...told('request', hexOf(bytes.subarray(begin, driver)), hexOf(ours.slice(begin, driver))),
  ];
}

/** What a command asks, in neutral words; undefined where no neutral call does the same. */
function callOf(
  spec: Spec,
  command: Command,
  request: Uint8Array = new Uint8Array(0),
  response?: unknown,
): Call | undefined {
  const [object, method] = (command.serves ?? command.like ?? '').split('.');
  if (object === undefined || method === undefined || command.opensContext || command.work !== undefined)
    return undefined;
  const carried = new Map<string, Value>(valuesOf(spec, object, command.request, request));
  const mask = carried.get('@mask');
  const bitOf = (name: string): number => {
    const bit = spec.qp.bits[spec.objects[object]?.attributes[name]?.bit ?? ''];
    return command.flags?.[name] ?? (bit === undefined ? 0 : 2 ** bit);
  };
  for (const name of mask === undefined ? [] : carried.keys())
    if (!name.startsWith('@') && (Number(mask) & bitOf(name)) === 0) carried.delete(name);
  // A query says by the same bits what it wants to know.
  const wanted = (name: string): boolean =>
    mask === undefined || bitOf(name) === 0 || (Number(mask) & bitOf(name)) !== 0;
  const names = response === undefined ? [] : carriedBy(command.response).filter(wanted);
  return neutral(spec, object, method, carried, Object.fromEntries(names.map((name) => [name, 0])));
}

function valuesOf(spec: Spec, object: string, layout: Layout, bytes: Uint8Array): Carried {
  const others = unmeant(spec, object, layout, bytes);
  return new Map([...readLayout(spec, object, layout, bytes)].filter(([name]) => !others.has(name)));
}

function neutral(
  spec: Spec,
  object: string,
  method: string,
  carried: ReadonlyMap<string, Value>,
  room: Readonly<Record<string, number>>,
): Call {
  const variant = Object.entries(spec.enums['qp_type'] ?? {}).find(([, id]) => id === carried.get('@variant'))?.[0];
  const attributes = Object.fromEntries([...carried].filter(([name]) => !name.startsWith('@')));
  const on = carried.get('@handle') ?? carried.get('@object_id');
  return { object, variant, method, on: on === undefined ? undefined : Number(on), attributes, room };
}

/** Attributes are compared by their ids: their order is the caller's to choose. */
function compared(
  ours: Draft,
  theirs: readonly Part[],
  valueOf: (part: Part) => Uint8Array,
  response = 0,
): readonly string[] {
  const found: string[] = [];
  const core = theirs.filter(({ id }) => id < DRIVER_BIT);
  for (const part of core) {
    const same = ours.attributes.find(({ id }) => id === part.id);
    if (same === undefined) {
      found.push(`${String(part.id)}: we send none`);
      continue;
    }
    found.push(...told(`${same.name} flags`, String(part.flags), String(same.flags)));
    if (same.form === 'object') found.push(...told(same.name, String(part.data), String(same.handle)));
    else found.push(...told(`${same.name} length`, String(part.length), String(same.payload.length)));
    // What a command of the library begins with where it has a response: an address that the kernel does not read here.
    const from = response > 0 && part.id === 0 ? response : 0;
    if (same.form === 'in')
      found.push(...told(same.name, hexOf(valueOf(part).subarray(from)), hexOf(same.payload.subarray(from))));
  }
  const missing = ours.attributes.filter(({ id }) => !core.some((part) => part.id === id));
  return [...found, ...missing.map(({ name }) => `${name}: we alone`)];
}

function told(name: string, theirs: string, ours: string): string[] {
  return theirs === ours ? [] : [`${name}: ${theirs}, ours ${ours}`];
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
