/**
 * From evidence to verdicts: one verdict per clause in force, made from the checks that name it.
 * A pure function of its arguments; run, resume, replay and the proof of the suite all use it.
 */
import type { AbiId, Clause, Level, Spec } from '../model.ts';
import type { Outcome, ScenarioResult, Verdict, VerdictWord } from './check.ts';

/** What the scenarios say about one clause. */
interface Tally {
  /** Checks of the clause itself; a ground check that passes shows too little to count as one. */
  passed: number;
  /** Every failed check that names the clause, also one made while preparing another clause's scenario. */
  failed: number;
  readonly scenarios: string[];
  readonly outcomes: Map<Outcome, number>;
  readonly blockedBy: Set<string>;
  /** The first reason given for each outcome. */
  readonly reasons: Map<Outcome, string>;
}

/** What a failed check makes of a clause of each level. */
const FAILED: Readonly<Record<Level, VerdictWord>> = {
  must: 'nonconformant',
  'must not': 'nonconformant',
  should: 'deviates',
  may: 'observed',
  observed: 'observed',
};

/** What passed checks, and nothing else, make of it. */
const PASSED: Readonly<Record<Level, VerdictWord>> = {
  must: 'conformant',
  'must not': 'conformant',
  should: 'conformant',
  may: 'observed',
  observed: 'observed',
};

/** The verdicts on every clause that is not withdrawn, in the order of the specification. */
export function rollUp(spec: Spec, scenarios: readonly ScenarioResult[], abi: AbiId): Verdict[] {
  const tallies = tally(scenarios);
  return Object.values(spec.clauses)
    .filter((clause) => clause.withdrawn === undefined)
    .map((clause) => verdictOf(clause, tallies.get(clause.id), abi));
}

function tally(scenarios: readonly ScenarioResult[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  const of = (clause: string): Tally => {
    let found = tallies.get(clause);
    if (found === undefined) {
      found = { passed: 0, failed: 0, scenarios: [], outcomes: new Map(), blockedBy: new Set(), reasons: new Map() };
      tallies.set(clause, found);
    }
    return found;
  };
  for (const scenario of scenarios) {
    for (const clause of scenario.clauses) {
      const its = of(clause);
      its.scenarios.push(scenario.id);
      its.outcomes.set(scenario.outcome, (its.outcomes.get(scenario.outcome) ?? 0) + 1);
      if (scenario.reason !== undefined && !its.reasons.has(scenario.outcome)) {
        its.reasons.set(scenario.outcome, scenario.reason);
      }
      // A clause that blocks its own scenario has failed; it is not blocked by itself.
      for (const blocker of scenario.blockedBy ?? []) if (blocker !== clause) its.blockedBy.add(blocker);
    }
    for (const check of scenario.checks) {
      if (!check.passed) of(check.clause).failed += 1;
      else if (check.ground !== true) of(check.clause).passed += 1;
    }
  }
  return tallies;
}

function verdictOf(clause: Clause, tally: Tally | undefined, abi: AbiId): Verdict {
  const base = {
    clause: clause.id,
    passed: tally?.passed ?? 0,
    failed: tally?.failed ?? 0,
    scenarios: tally?.scenarios ?? [],
    digest: clause.digest,
  };
  if (!clause.abi.includes(abi)) {
    return { ...base, verdict: 'not-applicable', reason: `${abi} cannot express it` };
  }
  if (tally === undefined) {
    const reason = clause.notTestable === undefined ? 'no scenario of this run decides it' : clause.notTestable;
    return { ...base, verdict: 'untested', reason };
  }
  const count = (outcome: Outcome): number => tally.outcomes.get(outcome) ?? 0;
  const withReason = (verdict: VerdictWord, reason: string | undefined): Verdict =>
    reason === undefined ? { ...base, verdict } : { ...base, verdict, reason };

  if (tally.failed > 0) return { ...base, verdict: FAILED[clause.level] };
  if (count('blocked') > 0) {
    return { ...withReason('blocked', tally.reasons.get('blocked')), blockedBy: [...tally.blockedBy].sort() };
  }
  if (count('errored') > 0) return withReason('errored', tally.reasons.get('errored'));
  if (count('untested') > 0) return withReason('untested', tally.reasons.get('untested'));
  if (tally.passed > 0) return { ...base, verdict: PASSED[clause.level] };
  if (count('not-applicable') === tally.scenarios.length && tally.scenarios.length > 0) {
    return withReason('not-applicable', tally.reasons.get('not-applicable'));
  }
  return withReason('untested', 'its scenarios ran without a check of it');
}
