/** Records of one neutral struct, one right behind the other: the pieces of memory of a work request, the completions of an answer. */
import type { Spec } from '../../model.ts';
import type { StructValue } from '../abi.ts';
import { structOf } from '../uapi/values.ts';
import { readStruct, writeStruct } from './layouts.ts';
import type { Records } from './tables.ts';

export function writeRecords(
  spec: Spec,
  object: string,
  { list, layout }: Records,
  records: readonly StructValue[],
): Uint8Array {
  const struct = structOf(spec, recordOf(spec, object, list));
  const bytes = new Uint8Array(records.length * layout.bytes);
  const view = new DataView(bytes.buffer);
  for (const [index, record] of records.entries()) writeStruct(layout, struct, record, view, index * layout.bytes);
  return bytes;
}

/** `count` records, or as many as the bytes hold. */
export function readRecords(
  spec: Spec,
  object: string,
  { list, layout }: Records,
  bytes: Uint8Array,
  count: number,
): readonly StructValue[] {
  const struct = structOf(spec, recordOf(spec, object, list));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Math.min(count, Math.floor(bytes.length / layout.bytes));
  return Array.from({ length }, (_, index) => readStruct(layout, struct, view, index * layout.bytes));
}

/** The neutral struct that an attribute is a list of. */
export function recordOf(spec: Spec, object: string, attribute: string): string {
  const type = spec.objects[object]?.attributes[attribute]?.type;
  if (type?.kind !== 'list' || type.of !== 'record' || type.name === undefined)
    throw new RangeError(`${object}.${attribute} is no list of records`);
  return type.name;
}
