/** The results lying about: every result document below the folder runs write to by default. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RESULT_FILE } from './read.ts';

export const RESULTS_FOLDER = 'results';

/** Paths, newest first. */
export function resultFiles(folder = RESULTS_FOLDER): string[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return names
    .filter((name) => name === RESULT_FILE || name.endsWith(`/${RESULT_FILE}`))
    .map((name) => join(folder, name))
    .map((path) => ({ path, time: statSync(path).mtimeMs }))
    .sort((a, b) => b.time - a.time)
    .map(({ path }) => path);
}
