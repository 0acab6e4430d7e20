/**
 * From evidence to verdicts: one verdict per clause in force, made from the checks that name it.
 * A pure function of its arguments; run, resume, replay and the proof of the suite all use it.
 */
import type { Clause, Level, Spec } from '../model.ts';
import type { Outcome, ScenarioResult, Verdict, VerdictWord } from './check.ts';
import { notInForce, type Platform } from './in_force.ts';

/** What the scenarios say about one clause. */
interface Tally {
  /** Checks of the clause itself; a ground check that passes shows too little to count as one. */
  passed: number;
  /** Every failed check that names the clause, also one made while preparing another clause's scenario. */
  failed: number;
  readonly scenarios: string[];
  readonly outcomes: Map<Outcome, number>;
  readonly blockedBy: Set<string>;
  /** True where a scenario was left out because an operation of the driver was patched in it. */
  patched: boolean;
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
export function rollUp(spec: Spec, scenarios: readonly ScenarioResult[], on: Platform): Verdict[] {
  const tallies = tally(spec, scenarios);
  return Object.values(spec.clauses)
    .filter((clause) => clause.withdrawn === undefined)
    .map((clause) => verdictOf(clause, tallies.get(clause.id), on));
}

function tally(spec: Spec, scenarios: readonly ScenarioResult[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  const of = (clause: string): Tally => {
    let found = tallies.get(clause);
    if (found === undefined) {
      const sets = { outcomes: new Map(), blockedBy: new Set<string>(), reasons: new Map() };
      found = { passed: 0, failed: 0, scenarios: [], patched: false, ...sets };
      tallies.set(clause, found);
    }
    return found;
  };
  for (const scenario of scenarios) {
    for (const clause of scenario.clauses) {
      const its = of(clause);
      its.scenarios.push(scenario.id);
      if (!decides(spec, scenario, clause)) {
        its.patched = true;
        continue;
      }
      its.outcomes.set(scenario.outcome, (its.outcomes.get(scenario.outcome) ?? 0) + 1);
      if (scenario.reason !== undefined && !its.reasons.has(scenario.outcome)) {
        its.reasons.set(scenario.outcome, scenario.reason);
      }
      // A clause that blocks its own scenario has failed; it is not blocked by itself.
      for (const blocker of scenario.blockedBy ?? []) if (blocker !== clause) its.blockedBy.add(blocker);
    }
    for (const check of scenario.checks) {
      if (!decides(spec, scenario, check.clause)) continue;
      if (!check.passed) of(check.clause).failed += 1;
      else if (check.ground !== true) of(check.clause).passed += 1;
    }
  }
  return tallies;
}

/** What is reached with a patched operation says nothing about the driver that was patched: it decides clauses of the core alone. */
export function decides(spec: Spec, { patched }: ScenarioResult, clause: string): boolean {
  return patched !== true || spec.clauses[clause]?.subject === 'core';
}

function verdictOf(clause: Clause, tally: Tally | undefined, on: Platform): Verdict {
  const base = {
    clause: clause.id,
    passed: tally?.passed ?? 0,
    failed: tally?.failed ?? 0,
    scenarios: tally?.scenarios ?? [],
    digest: clause.digest,
  };
  const reason = notInForce(clause, on);
  if (reason !== undefined) return { ...base, verdict: 'not-applicable', reason };
  if (tally === undefined) {
    return { ...base, verdict: 'untested', reason: clause.notTestable ?? 'no scenario of this run decides it' };
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
  if (tally.patched) return withReason('untested', 'reached only with an operation of the driver patched');
  if (count('not-applicable') === tally.scenarios.length && tally.scenarios.length > 0) {
    return withReason('not-applicable', tally.reasons.get('not-applicable'));
  }
  return withReason('untested', 'its scenarios ran without a check of it');
}
