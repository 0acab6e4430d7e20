/** Any bytes to words, from the tables alone. Never throws: what does not fit the layout is located by byte offset. */
import type { Attribute, Direction, Spec } from '../../model.ts';
import type { Decoded, DecodedItem } from '../abi.ts';
import { decodeChain } from './chain.ts';
import { attributesById } from './encode.ts';
import {
  ATTRIBUTE_BYTES,
  CHAIN_METHOD,
  DRIVER_BIT,
  FLAG_MANDATORY,
  FLAG_WRITTEN,
  HEADER_BYTES,
  aligned,
  methodOf,
} from './layout.ts';
import type { ClassInfo, Tables } from './tables.ts';
import { decodeValue, formatValue } from './values.ts';

export function decode(spec: Spec, tables: Tables, request: number, bytes: Uint8Array): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const number = methodOf(request);
  const requestName = `0x${request.toString(16)}`;
  const unreadable = (message: string): Decoded => ({
    name: '?',
    request: requestName,
    header: [],
    attributes: [],
    problem: { offset: bytes.length, message },
  });
  if (number < 0)
    return {
      ...unreadable(`${requestName} is not a request number of this ABI`),
      problem: { offset: 0, message: `${requestName} is not a request number of this ABI` },
    };
  if (number === CHAIN_METHOD) return decodeChain(request, bytes, (inner, part) => decode(spec, tables, inner, part));
  if (bytes.length < HEADER_BYTES)
    return unreadable(`the header is ${String(HEADER_BYTES)} bytes, here are ${String(bytes.length)}`);
  const length = view.getUint16(0, true);
  const info = tables.classes.get(view.getUint16(2, true));
  const method = info === undefined ? undefined : tables.methodsOf(info).get(number)?.method;
  const className = info?.name ?? className16(view.getUint16(2, true));
  const header: DecodedItem[] = [
    item('length', String(length), 0, 2),
    item('class_id', info === undefined ? className : `${className}(${String(info.id)})`, 2, 2),
    item('object_id', String(view.getUint32(4, true)), 4, 4),
  ];
  const directions = new Map(method?.attributes.map((use) => [use.name, use.direction]));
  const { attributes, problem } = walk(spec, info, view, length, directions);
  return {
    name: `${className}.${method?.name ?? `method ${String(number)}`}`,
    request: requestName,
    header,
    attributes,
    ...(problem === undefined ? {} : { problem }),
  };
}

function walk(
  spec: Spec,
  info: ClassInfo | undefined,
  view: DataView,
  length: number,
  directions: ReadonlyMap<string, Direction>,
): { attributes: DecodedItem[]; problem?: { offset: number; message: string } } {
  const attributes: DecodedItem[] = [];
  const stop = (offset: number, message: string) => ({ attributes, problem: { offset, message } });
  if (length < HEADER_BYTES) return stop(0, `length ${String(length)} is below ${String(HEADER_BYTES)}`);
  if (length > view.byteLength)
    return stop(view.byteLength, `length says ${String(length)} bytes, here are ${String(view.byteLength)}`);
  const names = info === undefined ? new Map<number, Attribute>() : attributesById(info);
  let at = HEADER_BYTES;
  while (at < length) {
    if (at + ATTRIBUTE_BYTES > length)
      return stop(at, `${String(length - at)} bytes are left, an attribute header has ${String(ATTRIBUTE_BYTES)}`);
    const size = view.getUint16(at, true);
    if (size < ATTRIBUTE_BYTES) return stop(at, `attribute length ${String(size)} is below ${String(ATTRIBUTE_BYTES)}`);
    if (at + size > length) return stop(at, `attribute of ${String(size)} bytes ends beyond the message`);
    const known = names.get(view.getUint16(at + 2, true));
    attributes.push(
      attributeItem(spec, known, view, at, size, known === undefined ? undefined : directions.get(known.name)),
    );
    at += aligned(size);
  }
  return { attributes };
}

function attributeItem(
  spec: Spec,
  known: Attribute | undefined,
  view: DataView,
  at: number,
  size: number,
  direction: Direction | undefined,
): DecodedItem {
  const id = view.getUint16(at + 2, true);
  const flags = view.getUint16(at + 4, true);
  const reserved = view.getUint16(at + 6, true);
  const payload = size - ATTRIBUTE_BYTES;
  const value = known === undefined ? undefined : decodeValue(spec, known.type, view, at + ATTRIBUTE_BYTES, payload);
  const notes: string[] = direction === 'inout' ? ['input', 'output'] : direction === 'out' ? ['output'] : [];
  if ((flags & FLAG_MANDATORY) === 0) notes.push('optional');
  if ((flags & FLAG_WRITTEN) !== 0) notes.push('written');
  if ((flags & ~(FLAG_MANDATORY | FLAG_WRITTEN)) !== 0) notes.push(`flags 0x${flags.toString(16)}`);
  if (reserved !== 0) notes.push(`reserved 0x${reserved.toString(16)}`);
  return {
    name: known?.name ?? (id >= DRIVER_BIT ? `driver attribute 0x${id.toString(16)}` : `attribute ${String(id)}`),
    value:
      known !== undefined && value !== undefined
        ? formatValue(known.type, value)
        : hexOf(view, at + ATTRIBUTE_BYTES, payload),
    offset: at,
    length: size,
    notes,
  };
}

function item(name: string, value: string, offset: number, length: number): DecodedItem {
  return { name, value, offset, length, notes: [] };
}

function className16(id: number): string {
  return id >= DRIVER_BIT ? `driver class 0x${id.toString(16)}` : `class ${String(id)}`;
}

function hexOf(view: DataView, at: number, length: number): string {
  let text = '';
  for (let i = 0; i < length; i += 1)
    text += view
      .getUint8(at + i)
      .toString(16)
      .padStart(2, '0');
  return text === '' ? '(empty)' : `0x${text}`;
}
