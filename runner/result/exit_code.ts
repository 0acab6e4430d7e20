/** The exit code of a run, from its result document, and of a comparison. */
import type { ResultDiff } from './diff.ts';
import type { ResultDocument } from './document.ts';

export const EXIT = { conformant: 0, nonconformant: 1, usage: 2, undecided: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * 1 if a clause that was asked for is nonconformant (with `strict`: or deviates); else 3 if something errored, was blocked
 * or never reached, or if nothing was decided; else 0. Code 2 belongs to what comes before a run.
 */
export function exitCodeOf(document: ResultDocument, strict = false): ExitCode {
  const asked = new Set(document.scenarios.flatMap((scenario) => scenario.clauses));
  const verdicts = document.verdicts.filter((verdict) => asked.has(verdict.clause)).map(({ verdict }) => verdict);
  if (verdicts.includes('nonconformant') || (strict && verdicts.includes('deviates'))) return EXIT.nonconformant;
  if (!document.complete) return EXIT.undecided;
  const unclear = document.scenarios.some(({ outcome }) => outcome === 'errored' || outcome === 'blocked');
  const anything = verdicts.some((word) => word === 'conformant' || word === 'deviates' || word === 'observed');
  return unclear || !anything ? EXIT.undecided : EXIT.conformant;
}

/**
 * 1 if a clause or a check of a must regressed (with `strict`: or of a should); else 3 if it cannot be told whether all is as
 * good as before: something lost its decision, a fault was found where nothing was known, the later run was cut off, or the
 * results have no verdict in common; else 0.
 */
export function exitCodeOfDiff(
  { clauses, checks, scenarios, compared, complete }: ResultDiff,
  strict = false,
): ExitCode {
  const counts = (level: string | undefined): boolean =>
    level === 'must' || level === 'nonconformant' || (strict && (level === 'should' || level === 'deviates'));
  const worse =
    clauses.regressed.some(({ after }) => counts(after)) || checks.regressed.some(({ level }) => counts(level));
  if (worse) return EXIT.nonconformant;
  const found = clauses.found.some(({ after }) => counts(after)) || checks.found.some(({ level }) => counts(level));
  const lost = clauses.undecided.length > 0 || scenarios.undecided.length > 0;
  return lost || found || !complete || compared.clauses === 0 ? EXIT.undecided : EXIT.conformant;
}

/** The worse of two: a finding outranks an open question. */
export function worst(a: ExitCode, b: ExitCode): ExitCode {
  const rank: readonly ExitCode[] = [EXIT.conformant, EXIT.undecided, EXIT.nonconformant, EXIT.usage];
  return rank.indexOf(a) >= rank.indexOf(b) ? a : b;
}
