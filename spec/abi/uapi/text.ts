/** Texts in messages: struct `name`, at most 32 bytes in the order of memory, with zeros behind the end. */
import type { StructValue } from '../abi.ts';

const WORDS = ['text_0', 'text_8', 'text_16', 'text_24'] as const;
const WORD_BYTES = 8;

export const NAME_BYTES = WORD_BYTES * WORDS.length;

/** What a name may be: characters that read alike in every program, up to the bytes there are. */
export function isName(text: string): boolean {
  return /^[a-z0-9_.:/-]+$/.test(text) && text.length <= NAME_BYTES;
}

/** The fields that hold a text; what is longer than the struct is cut off. */
export function nameFields(text: string): StructValue {
  const bytes = new Uint8Array(NAME_BYTES);
  bytes.set(new TextEncoder().encode(text).subarray(0, NAME_BYTES));
  const view = new DataView(bytes.buffer);
  return Object.fromEntries(WORDS.map((field, index) => [field, view.getBigUint64(WORD_BYTES * index, true)]));
}

/** The text in the fields of a struct, up to the zeros at its end. */
export function nameIn(fields: StructValue): string {
  const bytes = new Uint8Array(NAME_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [index, field] of WORDS.entries()) view.setBigUint64(WORD_BYTES * index, BigInt(fields[field] ?? 0), true);
  return new TextDecoder().decode(bytes).replace(/\0+$/, '');
}
