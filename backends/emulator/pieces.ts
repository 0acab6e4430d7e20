/** Writes in two pieces. */
import type { Answer, WriteCall } from '../backend.ts';
import type { Pipelines } from './rules.ts';

/** Bytes of an address. */
const POINTER = 8;

/** A write on its way: whole, and what is written one after the other. */
export interface Writing {
  readonly call: WriteCall;
  pieces: readonly WriteCall[];
}

/** As a kernel does it for files whose driver takes one buffer at a time: each piece is a write of its own. */
export function pieceRules(): Pipelines {
  const cut = (writing: Writing): number => {
    const { call } = writing;
    const length = call.regions[0]?.bytes.length ?? 0;
    const at = Math.min(call.cut ?? length, length);
    writing.pieces = at === length ? [call] : [pieceOf(call, 0, at), pieceOf(call, at, length)];
    return 0;
  };
  return { 'file.cut': [{ clause: 'write-vector', apply: cut }] };
}

function pieceOf(call: WriteCall, from: number, to: number): WriteCall {
  const [whole, ...others] = call.regions;
  return {
    fd: call.fd,
    regions: whole === undefined ? [] : [{ ...whole, bytes: whole.bytes.subarray(from, to) }, ...others],
    // An address that lies in both pieces is whole in neither.
    patches: call.patches
      .filter(({ into, offset }) => into !== 0 || (offset >= from && offset + POINTER <= to))
      .map((patch) => (patch.into === 0 ? { ...patch, offset: patch.offset - from } : patch)),
  };
}

/** What was taken counts up to the first piece that is refused or taken in part; a refusal is told where nothing was taken. */
export async function inPieces(
  pieces: readonly WriteCall[],
  write: (piece: WriteCall) => Promise<Answer>,
): Promise<Answer> {
  let taken = 0;
  for (const piece of pieces) {
    const answer = await write(piece);
    if (!answer.ok) return taken === 0 ? answer : { ok: true, value: taken };
    taken += answer.value;
    if (answer.value !== (piece.regions[0]?.bytes.length ?? 0)) break;
  }
  return { ok: true, value: taken };
}
