/** One work request behind the request of a command that posts: its fixed part, then the pieces of memory it names. */
import type { Spec } from '../../model.ts';
import type { StructValue } from '../abi.ts';
import { readLayout, writeLayout, type Carried, type Source } from './layouts.ts';
import { readRecords, writeRecords } from './records.ts';
import type { ReadTail, Tail } from './tail.ts';
import type { Work } from './tables.ts';

/** The commands have room for many; a neutral call is about one. */
const ONE = 1;

/** The words of the request: `@work_count`, `@work_bytes`, `@piece_count`; of the work request: `@work_pieces`. */
export function writeWork(spec: Spec, object: string, { layout, pieces }: Work, source: Source): Tail {
  const records = (source(pieces.list) ?? []) as readonly StructValue[];
  const words = new Map([
    ['@work_count', ONE],
    ['@work_bytes', layout.bytes],
    ['@piece_count', records.length],
    ['@work_pieces', records.length],
  ]);
  const fixed = writeLayout(spec, object, layout, (name) => words.get(name) ?? source(name));
  const list = writeRecords(spec, object, pieces, records);
  const bytes = new Uint8Array(fixed.length + list.length);
  bytes.set(fixed);
  bytes.set(list, fixed.length);
  return { bytes, words };
}

/** The first work request. Sound where all that the request speaks of is there. */
export function readWork(
  spec: Spec,
  object: string,
  { layout, pieces }: Work,
  said: Carried,
  given: Uint8Array,
): ReadTail {
  const word = (name: string): number => Number(said.get(name) ?? 0);
  const listAt = word('@work_count') * word('@work_bytes');
  const bytes = listAt + word('@piece_count') * pieces.layout.bytes;
  if (bytes > given.length) return { carried: new Map(), bytes: given.length, sound: false };
  if (word('@work_count') === 0 || word('@work_bytes') < layout.bytes)
    return { carried: new Map(), bytes, sound: true };
  const carried = new Map(readLayout(spec, object, layout, given.subarray(0, layout.bytes)));
  carried.set(
    pieces.list,
    readRecords(spec, object, pieces, given.subarray(listAt, bytes), Number(carried.get('@work_pieces') ?? 0)),
  );
  return { carried, bytes, sound: true };
}
