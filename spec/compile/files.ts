/** Reading source files by their path relative to the project root; what cannot be read is a problem, not a throw. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareText, type Report } from '../problem.ts';

/** The start of a file, for problems that concern it as a whole. */
export function fileStart(file: string) {
  return { file, line: 1, column: 1 };
}

/** Paths (relative, with `/`, sorted) of the files directly in `folder` that end in `extension`; a missing folder has none. */
export function listFiles(root: string, folder: string, extension: string, report: Report): readonly string[] {
  try {
    return readdirSync(join(root, folder))
      .filter((name) => name.endsWith(extension))
      .sort(compareText)
      .map((name) => `${folder}/${name}`);
  } catch (error) {
    if (!isMissing(error)) report(fileStart(folder), `cannot list this folder: ${reason(error)}`);
    return [];
  }
}

export function readText(root: string, file: string, report: Report): string | undefined {
  try {
    return readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    report(fileStart(file), isMissing(error) ? 'this file is missing' : `cannot read this file: ${reason(error)}`);
    return undefined;
  }
}

/** The folder of the package.json above this module: the same from the sources and from build/. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** A system error in one phrase, without the absolute path Node puts into it. */
function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
