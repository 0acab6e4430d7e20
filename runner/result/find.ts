/**
 * The results lying about: every result document below the folder runs write to by default. Those of documented defects
 * are left out: what a broken emulator shows says nothing of anybody, and counts only where it is named.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RESULT_FILE } from './read.ts';

export const RESULTS_FOLDER = 'results';

/** How the folders of `faulty:DEFECT` begin; see commands/run.ts. */
const FAULTY = 'faulty-';

/** Paths, newest first. */
export function resultFiles(folder = RESULTS_FOLDER): string[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return names
    .filter((name) => !name.startsWith(FAULTY))
    .filter((name) => name === RESULT_FILE || name.endsWith(`/${RESULT_FILE}`))
    .map((name) => join(folder, name))
    .map((path) => ({ path, time: statSync(path).mtimeMs }))
    .sort((a, b) => b.time - a.time)
    .map(({ path }) => path);
}
