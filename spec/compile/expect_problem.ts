/** Test support: the problems of an edited project, and where they are reported. */
import { expect } from 'vitest';
import { compileSpec } from '../compile.ts';
import { formatProblem } from '../problem.ts';
import { edited, temporaryProject } from './temporary_project.ts';

/** The problems of the small valid project with `files` put over it, as lines. */
export function problemsOf(files: Readonly<Record<string, string | undefined>>): string[] {
  const { spec, problems } = compileSpec(temporaryProject(files));
  expect(spec === undefined).toBe(problems.length > 0);
  return problems.map(formatProblem);
}

/**
 * Expects a problem with the message after an edit, at the place of the edit that `¦` marks (anywhere without a mark).
 */
export function expectProblem(file: string, piece: string, replacement: string, message: RegExp): void {
  const marked = edited(file, piece, replacement)[file] ?? '';
  const before = marked.slice(0, Math.max(marked.indexOf('¦'), 0)).split('\n');
  const place = `${file}:${String(before.length)}:${String((before.at(-1) ?? '').length + 1)}: `;
  const problems = problemsOf({ [file]: marked.replace('¦', '') });
  expect(problems).toContainEqual(expect.stringMatching(message));
  if (marked.includes('¦')) expect(problems.find((problem) => message.test(problem))).toContain(place);
}
