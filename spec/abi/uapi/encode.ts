/** Drafts to bytes, and bytes of an answered message to a neutral reply. */
import type { Spec } from '../../model.ts';
import type { Call, Encoded, Region, Reply, Value } from '../abi.ts';
import type { Draft } from './draft.ts';
import { ATTRIBUTE_BYTES, FLAG_WRITTEN, HEADER_BYTES, aligned } from './layout.ts';
import type { ClassInfo, Tables } from './tables.ts';
import { decodeValue } from './values.ts';
import type { Attribute } from '../../model.ts';

/** One region holding the message; a draft whose fields lie is encoded as it lies. */
export function encode(draft: Draft): Encoded {
  let size = HEADER_BYTES;
  for (const attribute of draft.attributes) size += ATTRIBUTE_BYTES + aligned(attribute.payload.length);
  const bytes = takeBytes(Math.max(size, draft.mapped ?? 0));
  put16(bytes, 0, draft.length ?? size);
  put16(bytes, 2, draft.classId);
  put16(bytes, 4, draft.objectId & 0xffff);
  put16(bytes, 6, draft.objectId >>> 16);
  let at = HEADER_BYTES;
  for (const attribute of draft.attributes) {
    put16(bytes, at, attribute.length ?? ATTRIBUTE_BYTES + attribute.payload.length);
    put16(bytes, at + 2, attribute.id);
    put16(bytes, at + 4, attribute.flags);
    put16(bytes, at + 6, attribute.reserved);
    at += ATTRIBUTE_BYTES;
    const { payload } = attribute;
    for (let i = 0; i < payload.length; i += 1) bytes[at + i] = payload[i] as number;
    const end = at + payload.length;
    at += aligned(payload.length);
    if (attribute.padding !== undefined) bytes.fill(attribute.padding, end, at);
  }
  const region: Region =
    draft.mapped === undefined ? { bytes, readOnly: draft.readOnly === true } : cut(bytes, draft.mapped, draft);
  return { request: draft.request, regions: [region], patches: [] };
}

/** A message of which only the first bytes are mapped. */
function cut(bytes: Uint8Array, mapped: number, draft: Draft): Region {
  return { bytes: bytes.subarray(0, mapped), readOnly: draft.readOnly === true, guard: true };
}

const SLAB_BYTES = 1 << 16;
let slab = new ArrayBuffer(0);
let taken = 0;

/** Zeroed bytes, cut from a larger piece: an array buffer per message costs more than everything else about it. */
function takeBytes(size: number): Uint8Array {
  if (taken + size > slab.byteLength) {
    slab = new ArrayBuffer(Math.max(SLAB_BYTES, size));
    taken = 0;
  }
  const bytes = new Uint8Array(slab, taken, size);
  taken += aligned(size);
  return bytes;
}

function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value & 0xff;
  bytes[at + 1] = (value >>> 8) & 0xff;
}

/** The outputs a successful call wrote, by name, and the object's handle. */
export function replyOf(spec: Spec, tables: Tables, call: Call, encoded: Encoded): Reply {
  const bytes = encoded.regions[0]?.bytes ?? new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = attributesById(tables.classOf(call.object, call.variant));
  const attributes: Record<string, Value> = {};
  let at = HEADER_BYTES;
  while (at + ATTRIBUTE_BYTES <= bytes.length) {
    const length = view.getUint16(at, true);
    if (length < ATTRIBUTE_BYTES) break;
    const attribute = names.get(view.getUint16(at + 2, true));
    if (attribute !== undefined && (view.getUint16(at + 4, true) & FLAG_WRITTEN) !== 0) {
      const value = decodeValue(spec, attribute.type, view, at + ATTRIBUTE_BYTES, length - ATTRIBUTE_BYTES);
      if (value !== undefined) attributes[attribute.name] = value;
    }
    at += aligned(length);
  }
  return { handle: view.getUint32(4, true), attributes };
}

const indexed = new WeakMap<ClassInfo, ReadonlyMap<number, Attribute>>();

/** The attributes of a class by id. */
export function attributesById(info: ClassInfo): ReadonlyMap<number, Attribute> {
  let found = indexed.get(info);
  if (found === undefined) {
    found = new Map(Object.values(info.table.attributes).map((attribute) => [attribute.id, attribute]));
    indexed.set(info, found);
  }
  return found;
}
