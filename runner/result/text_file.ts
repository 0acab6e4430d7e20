/** Text files somebody else may have written: bounded in size, and every complaint has a place. */
import { readFileSync, statSync } from 'node:fs';
import { UsageError, messageOf } from '../failure.ts';

/** Bytes; a run of ten thousand scenarios stays far below. */
const LARGEST = 256 * 1024 * 1024;

export function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > LARGEST) throw new Error(`${String(size)} bytes is more than the ${String(LARGEST)} this tool reads`);
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    throw new UsageError(`${path}: cannot be read: ${reason(thrown)}`);
  }
}

/** Parses JSON; `path`, and `line` where the text is one line of a file, say where it comes from. */
export function parseJson(text: string, path: string, line?: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    const at = placeOf(text, messageOf(thrown));
    const place =
      line === undefined ? `${String(at.line)}:${String(at.column)}` : `${String(line)}:${String(at.column)}`;
    throw new UsageError(`${path}:${place}: not JSON`);
  }
}

/** Line and column, from 1, of the character the parser names; the end where it names none. */
function placeOf(text: string, message: string): { readonly line: number; readonly column: number } {
  const named = /position (\d+)/.exec(message)?.[1];
  const before = text.slice(0, named === undefined ? text.length : Number(named));
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

function reason(thrown: unknown): string {
  const code = (thrown as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'permission denied';
  return messageOf(thrown);
}
