/** Any bytes to words, from the tables alone. Never throws: what does not fit the layout is located by byte offset. */
import type { Decoded, DecodedItem } from '../abi.ts';
import { commandWord } from './command.ts';
import { NO_REQUEST, decodeWritten } from './decode_written.ts';
import {
  ATTRIBUTE_BYTES,
  DATA_AT,
  DRIVER_BIT,
  DRIVER_ID,
  FLAGS_AT,
  FLAG_MANDATORY,
  FLAG_WRITTEN,
  HEADER_BYTES,
  INLINE_BYTES,
  MAXIMUM_LENGTH,
  REQUEST,
  attributeAt,
} from './layout.ts';
import { isReference, type Command, type NativeAttribute, type NativeMethod, type UverbsTables } from './tables.ts';

type Problem = NonNullable<Decoded['problem']>;

export function decode(tables: UverbsTables, request: number, bytes: Uint8Array): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const requestName = request === REQUEST ? 'RDMA_VERBS_IOCTL' : `0x${request.toString(16)}`;
  const unreadable = (offset: number, message: string): Decoded => ({
    name: '?',
    request: requestName,
    header: [],
    attributes: [],
    problem: { offset, message },
  });
  if (request === NO_REQUEST) return decodeWritten(tables, bytes);
  if (request !== REQUEST) {
    const other = tables.hfi1.ioctls.find((ioctl) => ioctl.request === request);
    const whose = other === undefined ? '' : `; it is ${other.name} of hfi1`;
    return unreadable(0, `${requestName} is not the request number of this ABI${whose}`);
  }
  if (bytes.length < HEADER_BYTES)
    return unreadable(bytes.length, `the header is ${String(HEADER_BYTES)} bytes, here are ${String(bytes.length)}`);
  const objectId = view.getUint16(2, true);
  const methodId = view.getUint16(4, true);
  const object = tables.objects.find(({ id }) => id === objectId)?.name;
  const method = tables.methods.find((candidate) => candidate.objectId === objectId && candidate.id === methodId);
  const objectName = object ?? idName('object', objectId);
  const methodName = method?.name ?? idName('method', methodId);
  const header = [
    item('length', String(view.getUint16(0, true)), 0, 2),
    item('object_id', object === undefined ? objectName : `${object}(${String(objectId)})`, 2, 2),
    item('method_id', method === undefined ? methodName : `${methodName}(${String(methodId)})`, 4, 2),
    item('num_attrs', String(view.getUint16(6, true)), 6, 2),
    item('reserved1', `0x${view.getBigUint64(8, true).toString(16)}`, 8, 8),
    item('driver_id', driverText(tables, view.getUint32(16, true)), 16, 4),
    item('reserved2', `0x${view.getUint32(20, true).toString(16)}`, 20, 4),
  ];
  const command = method?.invokes === true ? invoked(tables, method, view) : undefined;
  const problem = framing(view);
  return {
    name: `${objectName}.${methodName}${command === undefined ? '' : `(${command})`}`,
    request: requestName,
    header,
    attributes: attributeOffsets(view).map((at) => attributeItem(tables, method, view, at)),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Of a number with two names, the later one. */
function driverText(tables: UverbsTables, id: number): string {
  const ids = tables.constants.find(({ name }) => name === 'driver_id')?.members ?? [];
  const driver = id === DRIVER_ID ? undefined : ids.findLast(({ value }) => value === id);
  return driver === undefined ? String(id) : `${driver.name.toLowerCase()}(${String(id)})`;
}

/** The first thing about lengths that does not fit. */
function framing(view: DataView): Problem | undefined {
  const length = view.getUint16(0, true);
  const count = view.getUint16(6, true);
  const expected = attributeAt(count);
  if (length > MAXIMUM_LENGTH)
    return { offset: 0, message: `length ${String(length)} is above ${String(MAXIMUM_LENGTH)}` };
  if (length !== expected)
    return {
      offset: 0,
      message: `length ${String(length)} is not the ${String(expected)} of ${String(count)} attributes`,
    };
  if (length > view.byteLength)
    return {
      offset: view.byteLength,
      message: `length says ${String(length)} bytes, here are ${String(view.byteLength)}`,
    };
  return undefined;
}

/** Where attributes start, of those that are there in full. */
function attributeOffsets(view: DataView): readonly number[] {
  const there = Math.floor((view.byteLength - HEADER_BYTES) / ATTRIBUTE_BYTES);
  return Array.from({ length: Math.min(there, view.getUint16(6, true)) }, (_, index) => attributeAt(index));
}

/** The write command inside, by name. */
function invoked(tables: UverbsTables, method: NativeMethod, view: DataView): string | undefined {
  const id = method.attributes.find((attribute) => attribute.form === 'const')?.id;
  const at = attributeOffsets(view).find((offset) => view.getUint16(offset, true) === id);
  return at === undefined ? undefined : commandName(tables, view.getBigUint64(at + DATA_AT, true));
}

function commandName(tables: UverbsTables, word: bigint): string {
  const command = tables.commands.find((candidate: Command) => BigInt(commandWord(candidate)) === word);
  return command?.name ?? `command 0x${word.toString(16)}`;
}

function attributeItem(
  tables: UverbsTables,
  method: NativeMethod | undefined,
  view: DataView,
  at: number,
): DecodedItem {
  const id = view.getUint16(at, true);
  const flags = view.getUint16(at + FLAGS_AT, true);
  const reserved = view.getUint16(at + 6, true);
  const known = method?.attributes.find((attribute) => attribute.id === id);
  const notes: string[] = known?.form === 'out' ? [known.sometimes ? 'output of some' : 'output'] : [];
  if ((flags & FLAG_MANDATORY) === 0) notes.push('optional');
  if ((flags & FLAG_WRITTEN) !== 0) notes.push('written');
  if ((flags & ~(FLAG_MANDATORY | FLAG_WRITTEN)) !== 0) notes.push(`flags 0x${flags.toString(16)}`);
  if (known?.form === 'enum') notes.push(`element ${String(reserved & 0xff)}`);
  const rest = known?.form === 'enum' ? reserved >> 8 : reserved;
  if (rest !== 0) notes.push(`reserved 0x${rest.toString(16)}`);
  return {
    name: known?.name ?? idName('attribute', id),
    value:
      known !== undefined && method?.invokes === true && known.form === 'const'
        ? commandName(tables, view.getBigUint64(at + DATA_AT, true))
        : dataText(known, view, at),
    offset: at,
    length: ATTRIBUTE_BYTES,
    notes,
  };
}

/** The data field: a handle, a value as long as the length says, or where the value lies. */
function dataText(known: NativeAttribute | undefined, view: DataView, at: number): string {
  const length = view.getUint16(at + 2, true);
  const data = view.getBigUint64(at + DATA_AT, true);
  if (known !== undefined && (isReference(known.form) || known.form === 'raw_fd'))
    return `#${String(view.getBigInt64(at + DATA_AT, true))}`;
  const pointed = known === undefined ? length > INLINE_BYTES : known.form === 'out' || length > INLINE_BYTES;
  return pointed ? `${String(length)} bytes at 0x${data.toString(16)}` : `0x${data.toString(16)}`;
}

function idName(what: string, id: number): string {
  return id >= DRIVER_BIT ? `driver ${what} 0x${id.toString(16)}` : `${what} ${String(id)}`;
}

function item(name: string, value: string, offset: number, length: number): DecodedItem {
  return { name, value, offset, length, notes: [] };
}
