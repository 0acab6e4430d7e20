/** Reads a result from outside: a result document, or the journal of a run that never wrote one. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Spec } from '../../spec/model.ts';
import { UsageError } from '../failure.ts';
import { readJournal } from '../run/journal_read.ts';
import type { ResultDocument } from './document.ts';
import { fold } from './fold.ts';
import { validatorOf } from './schemas.ts';
import { parseJson, readText } from './text_file.ts';

export const RESULT_FILE = 'result.json';
export const JOURNAL_FILE = 'journal.ndjson';

/** `path` is a result document, a journal, or a folder that holds either. */
export async function readResult(path: string, root: string, spec: Spec): Promise<ResultDocument> {
  const file = fileIn(path);
  if (file.endsWith('.ndjson')) return fold((await readJournal(file, root)).lines, spec);
  return asDocument(parseJson(readText(file), file), file, root);
}

export async function asDocument(value: unknown, file: string, root: string): Promise<ResultDocument> {
  const problem = (await validatorOf(root, 'result'))(value);
  if (problem !== undefined) throw new UsageError(`${file}: not a result document of this tool: ${problem}`);
  return value as ResultDocument;
}

function fileIn(path: string): string {
  if (!existsSync(path) || !statSync(path).isDirectory()) return path;
  for (const name of [RESULT_FILE, JOURNAL_FILE]) {
    if (existsSync(join(path, name))) return join(path, name);
  }
  throw new UsageError(`${path}: holds neither ${RESULT_FILE} nor ${JOURNAL_FILE}`);
}
