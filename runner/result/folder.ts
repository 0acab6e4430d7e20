/** What a command writes: its place is looked at before the work, so that nothing of anybody else is ever overwritten. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError, messageOf } from '../failure.ts';
import { JOURNAL_FORMAT } from '../run/journal.ts';
import { RESULT_FORMAT, type ResultDocument } from './document.ts';
import { JOURNAL_FILE, RESULT_FILE } from './read.ts';

/** Makes the folder where it is missing; refuses one that cannot be written or holds another tool's files. */
export function prepareFolder(folder: string): void {
  makeWritable(folder);
  refuseForeign(join(folder, RESULT_FILE), markOf(RESULT_FORMAT), ELSEWHERE);
  refuseForeign(join(folder, JOURNAL_FILE), markOf(JOURNAL_FORMAT), ELSEWHERE);
}

/** The same for a command that writes one file of a format of its own. */
export function prepareFile(path: string, format: string): void {
  if (path === '' || path.endsWith('/')) throw new UsageError(`--out ${path}: names no file`);
  makeWritable(dirname(path));
  refuseForeign(path, markOf(format), ELSEWHERE);
}

const ELSEWHERE = 'choose another place with --out';

/** What documents of a format have in their first bytes. */
function markOf(format: string): string {
  return `"format":${JSON.stringify(format)}`;
}

function makeWritable(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (thrown) {
    throw new UsageError(`${folder}: cannot be written: ${messageOf(thrown)}; choose another with --out`);
  }
}

/** One step at a time: the recursive mkdir of Node never returns where a file system such as /proc takes no new folder. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/**
 * Refuses a file that is there and does not have `mark` in its first bytes, where every format puts its name. `other` says
 * what else to choose.
 */
export function refuseForeign(path: string, mark: string, other: string): void {
  if (!existsSync(path)) return;
  // Opening a pipe would wait for whoever writes to it.
  if (!statSync(path).isFile()) throw new UsageError(`${path}: is in the way: it is not a file; ${other}`);
  const front = Buffer.alloc(200);
  let length: number;
  try {
    const fd = openSync(path, 'r');
    length = readSync(fd, front, 0, front.length, 0);
    closeSync(fd);
  } catch (thrown) {
    throw new UsageError(`${path}: is in the way: ${messageOf(thrown)}; ${other}`);
  }
  if (!front.subarray(0, length).toString('utf8').includes(mark))
    throw new UsageError(`${path}: was not written by this tool; move it away or ${other}`);
}

/** Keeps our own earlier files under `.previous` names. */
export function keepPrevious(folder: string): void {
  for (const name of [RESULT_FILE, JOURNAL_FILE]) {
    const path = join(folder, name);
    if (existsSync(path)) renameSync(path, join(folder, name.replace('.', '.previous.')));
  }
}

/** Whole or not at all: written beside its place and renamed into it. */
export function writeResult(folder: string, document: ResultDocument): string {
  const path = join(folder, RESULT_FILE);
  writeAtomically(path, `${JSON.stringify(document)}\n`);
  return path;
}

export function writeAtomically(path: string, text: string): void {
  makeFolder(dirname(path));
  const draft = `${path}.${String(process.pid)}.tmp`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}
