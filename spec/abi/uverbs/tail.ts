/** What follows the fixed part of a write command's request: a list of handles, or optional pieces that say their own type. */
import type { Spec } from '../../model.ts';
import { readLayout, writeLayout, type Carried, type CarriedValue, type Source } from './layouts.ts';
import type { Layout, TailPiece } from './tables.ts';
import { carriedBy } from './tables.ts';

/** Requests are padded to whole words of this size. */
const WORD_BYTES = 8;
const HANDLE_BYTES = 4;

/** The tail's bytes, and the words by which the fixed part speaks of it: `@tail_count`, `@tail_bytes`, `@tail_log`. */
export interface Tail {
  readonly bytes: Uint8Array;
  readonly words: ReadonlyMap<string, number>;
}

/** Throws RangeError where the ABI cannot say how long a list is. */
export function writeTail(spec: Spec, object: string, pieces: readonly TailPiece[], source: Source): Tail {
  const parts: Uint8Array[] = [];
  let log = 0;
  for (const piece of pieces) {
    if (piece.list !== undefined) {
      const handles = (source(piece.list) ?? []) as readonly number[];
      log = Math.log2(handles.length);
      if (!Number.isInteger(log))
        throw new RangeError(`uverbs cannot say ${String(handles.length)} entries: not a power of two`);
      parts.push(new Uint8Array(Uint32Array.from(handles).buffer));
    } else if (carriedBy(piece.layout).some((name) => source(name) !== undefined)) {
      parts.push(writeLayout(spec, object, piece.layout, source));
    }
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(Math.ceil(length / WORD_BYTES) * WORD_BYTES);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  const words = new Map([
    ['@tail_count', parts.length],
    ['@tail_bytes', length],
    ['@tail_log', log],
  ]);
  return { bytes, words };
}

/** What a tail carries, how many bytes it takes, and whether it is as the fixed part says. */
export interface ReadTail {
  readonly carried: Carried;
  readonly bytes: number;
  readonly sound: boolean;
}

/** `fixed`: what the fixed part carries. `given`: the bytes behind it. */
export function readTail(
  spec: Spec,
  object: string,
  pieces: readonly TailPiece[],
  fixed: Carried,
  given: Uint8Array,
): ReadTail {
  const view = new DataView(given.buffer, given.byteOffset, given.byteLength);
  const carried = new Map<string, CarriedValue>();
  const list = pieces[0]?.list;
  if (list !== undefined) {
    const count = 2 ** Number(fixed.get('@tail_log'));
    const bytes = count * HANDLE_BYTES;
    if (bytes > given.length) return { carried, bytes: given.length, sound: false };
    carried.set(
      list,
      Array.from({ length: count }, (_, index) => view.getUint32(index * HANDLE_BYTES, true)),
    );
    return { carried, bytes, sound: true };
  }
  let at = 0;
  for (let left = Number(fixed.get('@tail_count') ?? 0); left > 0; left -= 1) {
    const layout = at + HANDLE_BYTES > given.length ? undefined : pieceOf(pieces, view.getUint32(at, true));
    if (layout === undefined || at + layout.bytes > given.length) return { carried, bytes: at, sound: false };
    for (const [name, value] of readLayout(spec, object, layout, given.subarray(at, at + layout.bytes)))
      carried.set(name, value);
    at += layout.bytes;
  }
  return { carried, bytes: at, sound: at === Number(fixed.get('@tail_bytes') ?? 0) };
}

function pieceOf(pieces: readonly TailPiece[], type: number): Layout | undefined {
  return pieces.find(({ layout }) => layout.fields[0]?.value === type)?.layout;
}
