/**
 * What a scenario comes to for readers that know little more than passed, failed and skipped. Decided once, for all views,
 * in spec/decisions/0104: what is undecided is never passed nor skipped, because to most of them a skip is a success.
 */
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import type { ResultDocument } from '../result/document.ts';
import { against, EXIT, exitCodeOf } from '../result/exit_code.ts';

/**
 * `failed`: a check failed that makes the run nonconformant. `tolerated`: checks failed, but none that does.
 * `undecided`: blocked, errored or never reached.
 */
export type Standing = 'passed' | 'failed' | 'tolerated' | 'not-applicable' | 'undecided';

/** Where shoulds count, `strict` is true. */
export function standingOf(document: ResultDocument, strict: boolean): (scenario: ScenarioResult) => Standing {
  const broken = against(document, strict);
  return ({ outcome, checks }) => {
    if (outcome === 'passed' || outcome === 'not-applicable') return outcome;
    if (outcome !== 'failed') return 'undecided';
    return checks.some(({ passed, clause }) => !passed && broken.has(clause)) ? 'failed' : 'tolerated';
  };
}

/** Why the run as a whole must not be taken for a success although none of its scenarios says so. */
export function misgiving(
  document: ResultDocument,
  strict: boolean,
  standings: readonly Standing[],
): string | undefined {
  if (standings.includes('failed') || standings.includes('undecided')) return undefined;
  const code = exitCodeOf(document, strict);
  if (code === EXIT.conformant) return undefined;
  if (code === EXIT.undecided) return 'nothing was decided';
  return `nonconformant: ${[...against(document, strict)].join(', ')}`;
}
