/** What is wrong with a source file, for the person who wrote it. */
import type { Place } from './model.ts';

export interface Problem extends Place {
  /** What was wrong and what to do, without the place. */
  readonly message: string;
}

/** Takes one finding; compilers and lints go on after it, so that one run shows everything. */
export type Report = (place: Place, message: string) => void;

/** A report that collects into a list. */
export function collector(into: Problem[]): Report {
  return ({ file, line, column }, message) => {
    into.push({ file, line, column, message });
  };
}

/** `file:line:column: message`, the form editors and terminals turn into a link. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${String(problem.line)}:${String(problem.column)}: ${problem.message}`;
}

/** By file, line and column; a problem found twice (through a YAML alias, say) is kept once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const once = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...once.values()].sort(
    (a, b) =>
      compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.message, b.message),
  );
}

/** Order by code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
