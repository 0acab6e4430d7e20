/** Text and bytes as they stand in a C file: nothing from outside ends a comment, a string or a line. */
import { plain } from '../views/plain.ts';

/** Columns of a line, of which tabs take eight. */
const WIDTH = 100;
const BYTES_IN_A_ROW = 16;

/** What a comment can hold. Only ASCII: a mail may go through anything. */
export function commentText(text: string): string {
  return ascii(plain(text)).replaceAll('*/', '* /').replaceAll('/*', '/ *').replaceAll('\\', '/');
}

function ascii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (found) => (found === 'µ' ? 'u' : '?'));
}

/** A string literal with its quotes; question marks are escaped, for three characters with two of them can mean another. */
export function literal(text: string): string {
  const escaped = ascii(plain(text)).replace(/["\\?]/g, (found) => `\\${found}`);
  return `"${escaped}"`;
}

/** A comment of lines of its own, broken where they get too long. */
export function comment(paragraphs: readonly string[], indent = ''): readonly string[] {
  const room = WIDTH - indent.replaceAll('\t', ' '.repeat(8)).length - ' * '.length;
  const lines = paragraphs.flatMap((text) => broken(commentText(text), room));
  return [`${indent}/*`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`];
}

function broken(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Rows of an initialiser. `notes`: by offset, what begins there; a row begins there too. */
export function byteRows(bytes: Uint8Array, notes: ReadonlyMap<number, string>, indent: string): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const note = notes.get(at);
    if (note !== undefined) lines.push(`${indent}/* ${commentText(note)} */`);
    const next = Math.min(at + BYTES_IN_A_ROW, bytes.length, ...[...notes.keys()].filter((begin) => begin > at));
    const row = [...bytes.subarray(at, next)];
    lines.push(`${indent}${row.map((byte) => `0x${byte.toString(16).padStart(2, '0')},`).join(' ')}`);
    at = next;
  }
  return lines;
}
