/** Cells of a diagram: every byte of a stretch of memory belongs to exactly one. */
import type { Cell } from './abi.ts';

/** Numbers longer than this are shown as bytes, and longer bytes by their number. */
const SHOWN_BYTES = 8;

/** A little-endian number, or how many bytes there are. */
export function valueText(bytes: Uint8Array): string {
  if (bytes.length > SHOWN_BYTES || bytes.length === 0) return `${String(bytes.length)} bytes`;
  let value = 0n;
  for (const byte of [...bytes].reverse()) value = (value << 8n) | BigInt(byte);
  return value > 0xffffn ? `0x${value.toString(16)}` : String(value);
}

/** `cells` in order of their offsets, with what lies between them and before `bytes` named `padding`. */
export function filled(cells: readonly Cell[], bytes: number): Cell[] {
  const all: Cell[] = [];
  let at = 0;
  const pad = (to: number): void => {
    if (to > at) all.push({ name: 'padding', value: '0', at, bytes: to - at, part: 'padding' });
  };
  for (const cell of [...cells].sort((a, b) => a.at - b.at)) {
    pad(cell.at);
    all.push(cell);
    at = cell.at + cell.bytes;
  }
  pad(bytes);
  return all;
}
