/** Reads a journal back: every whole line, checked; a last line torn by a crash is left out. */
import { UsageError } from '../failure.ts';
import { validatorOf } from '../result/schemas.ts';
import { parseJson, readText } from '../result/text_file.ts';
import type { HeaderLine, JournalLine } from './journal.ts';

export interface ReadJournal {
  readonly header: HeaderLine;
  /** All lines, the header first. */
  readonly lines: readonly JournalLine[];
  /** Bytes up to the end of the last whole line. */
  readonly length: number;
}

export async function readJournal(path: string, root: string): Promise<ReadJournal> {
  const text = readText(path);
  // Only what a line feed ends was written whole.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const validate = await validatorOf(root, 'journal');
  const lines: JournalLine[] = [];
  for (const [index, line] of whole.split('\n').slice(0, -1).entries()) {
    const value = parseJson(line, path, index + 1);
    const problem = validate(value);
    if (problem !== undefined)
      throw new UsageError(`${path}:${String(index + 1)}: not a line of a journal: ${problem}`);
    const entry = value as JournalLine;
    if ((entry.kind === 'header') !== (index === 0)) {
      const what = index === 0 ? 'a journal begins with its header' : 'a second header';
      throw new UsageError(`${path}:${String(index + 1)}: ${what}`);
    }
    lines.push(entry);
  }
  const [header] = lines;
  if (header?.kind !== 'header') throw new UsageError(`${path}: not a journal: it has no whole line`);
  return { header, lines, length: Buffer.byteLength(whole) };
}
