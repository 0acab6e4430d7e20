/** The exit code of a run, from its result document, and of a comparison. */
import type { Verdict } from '../../spec/verdict/check.ts';
import type { ResultDiff } from './diff.ts';
import type { ResultDocument } from './document.ts';

export const EXIT = { conformant: 0, nonconformant: 1, usage: 2, undecided: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * 1 if a clause that was asked for is nonconformant (with `strict`: or deviates); else 3 if something errored, was blocked
 * or never reached, or if nothing was decided; else 0. Code 2 belongs to what comes before a run.
 */
export function exitCodeOf(document: ResultDocument, strict = false): ExitCode {
  if (against(document, strict).size > 0) return EXIT.nonconformant;
  if (!document.complete) return EXIT.undecided;
  const unclear = document.scenarios.some(({ outcome }) => outcome === 'errored' || outcome === 'blocked');
  const anything = asked(document).some(
    ({ verdict }) => verdict === 'conformant' || verdict === 'deviates' || verdict === 'observed',
  );
  return unclear || !anything ? EXIT.undecided : EXIT.conformant;
}

/** The clauses that make the exit code 1. */
export function against(document: ResultDocument, strict = false): Set<string> {
  const broken = asked(document).filter(
    ({ verdict }) => verdict === 'nonconformant' || (strict && verdict === 'deviates'),
  );
  return new Set(broken.map(({ clause }) => clause));
}

/** The verdicts on the clauses that were asked for; what scenarios found of others is not among them. */
function asked(document: ResultDocument): readonly Verdict[] {
  const clauses = new Set(document.scenarios.flatMap((scenario) => scenario.clauses));
  return document.verdicts.filter(({ clause }) => clauses.has(clause));
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
