/** The built site as files: what is in it, and what its pages say. Read once. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
export const FOLDER = join(ROOT, 'build', 'site');

/** Paths below the folder with forward slashes, sorted. */
export function builtFiles(): readonly string[] {
  if (!existsSync(join(FOLDER, 'index.html'))) throw new Error('build/site is not there; `npm run site` builds it');
  return readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(FOLDER, join(entry.parentPath, entry.name)))
    .sort();
}

/** The pages as one links to them: '' for the first, 'objects/qp/' for one further down. */
export function builtPages(): readonly string[] {
  return builtFiles()
    .filter((path) => path === 'index.html' || path.endsWith('/index.html'))
    .map((path) => path.slice(0, -'index.html'.length));
}

export function htmlOf(page: string): string {
  return readFileSync(join(FOLDER, page, 'index.html'), 'utf8');
}
