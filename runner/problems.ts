/** Findings about source files, as the lines a person reads. */
import { formatProblem, type Problem } from '../spec/problem.ts';

/** How many findings are shown before the rest is counted. */
const SHOWN = 20;

export function problemLines(problems: readonly Problem[]): string[] {
  const lines = problems.slice(0, SHOWN).map(formatProblem);
  const more = problems.length - SHOWN;
  return more > 0 ? [...lines, `and ${String(more)} more`] : lines;
}
