/**
 * Whether an implementation meets a profile, by one result: a pure function of the profile, the specification, what the scenarios
 * need, and what the result says. What was not decided never counts as met.
 */
import { isOfTheWay } from '../capabilities.ts';
import type { Clause, Profile, Spec } from '../model.ts';
import type { Verdict } from './check.ts';
import { notInForce, type Platform } from './in_force.ts';

/** A result, as far as a claim rests on it. */
export interface RunRecord {
  readonly subject: Platform;
  readonly capabilities: readonly string[];
  readonly complete: boolean;
  readonly verdicts: readonly Verdict[];
}

/** A scenario, as far as it says what its clauses rest on. Tags have their at signs. */
export interface Deciding {
  readonly tags: readonly string[];
  readonly clauses: readonly string[];
}

export type Standing =
  /** Conformant. */
  | 'met'
  | 'failed'
  /** A should that is not met, what is only observed, or what no claim may rest on: told, and no obstacle. */
  | 'told'
  /** It does not bind this subject, or rests on something that the profile lets it lack. */
  | 'excused'
  /** It rests on a capability that the device lacks and the profile does not let it lack. */
  | 'lacking'
  | 'undecided'
  /** No scenario can decide it; the clause says why. */
  | 'not testable';

/** What speaks against a claim. */
export const AGAINST: readonly Standing[] = ['failed', 'lacking', 'undecided'];

export interface Demand {
  readonly clause: string;
  readonly standing: Standing;
  readonly reason?: string;
}

export interface Judgement {
  readonly outcome: 'met' | 'not met' | 'undecided' | 'not applicable';
  /** Why it is undecided or not applicable as a whole. */
  readonly reason?: string;
  /** Capabilities that the profile requires and the device does not offer. */
  readonly lacks: readonly string[];
  /** In the order of the specification. */
  readonly demands: readonly Demand[];
}

export function judgeProfile(
  profile: Profile,
  spec: Spec,
  scenarios: readonly Deciding[],
  record: RunRecord,
): Judgement {
  const { subject, complete } = record;
  if (!profile.abi.includes(subject.abi)) {
    const reason = `it is claimed for ${profile.abi.join(' and ')}, and this is ${subject.abi}`;
    return { outcome: 'not applicable', reason, lacks: [], demands: [] };
  }
  const offered = new Set(record.capabilities);
  const verdicts = new Map(record.verdicts.map((verdict) => [verdict.clause, verdict]));
  const needs = needsByClause(scenarios, subject);
  const demands = profile.clauses.flatMap((id): Demand[] => {
    const clause = spec.clauses[id];
    if (clause === undefined) return [];
    const missing = (needs.get(id) ?? []).map((words) => words.filter((word) => !offered.has(word)));
    return [{ clause: id, ...standing(clause, verdicts.get(id), missing, profile, subject) }];
  });
  const lacks = profile.requires.filter((word) => !offered.has(word));
  const has = (...standings: readonly Standing[]): boolean => demands.some((one) => standings.includes(one.standing));
  if (has('failed', 'lacking') || lacks.some((word) => !isOfTheWay(word)))
    return { outcome: 'not met', lacks, demands };
  if (has('undecided') || lacks.length > 0) return { outcome: 'undecided', lacks, demands };
  if (!complete) return { outcome: 'undecided', reason: 'the run was cut off', lacks, demands };
  if (!has('met')) return { outcome: 'undecided', reason: 'nothing it demands was decided', lacks, demands };
  return { outcome: 'met', lacks, demands };
}

/** For each clause, what each of its scenarios for this ABI needs. */
function needsByClause(scenarios: readonly Deciding[], { abi }: Platform): ReadonlyMap<string, string[][]> {
  const found = new Map<string, string[][]>();
  for (const { tags, clauses } of scenarios) {
    const words = (prefix: string): string[] =>
      tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
    const abis = words('@abi:');
    if (abis.length > 0 && !abis.includes(abi)) continue;
    for (const clause of clauses) {
      const list = found.get(clause);
      if (list === undefined) found.set(clause, [words('@needs:')]);
      else list.push(words('@needs:'));
    }
  }
  return found;
}

type Stands = Omit<Demand, 'clause'>;

/** `missing`: by scenario of the clause, what it needs and the device does not offer. */
function standing(
  clause: Clause,
  verdict: Verdict | undefined,
  missing: readonly (readonly string[])[],
  { mayLack, certified }: Profile,
  subject: Platform,
): Stands {
  const apart = notInForce(clause, subject);
  if (apart !== undefined) return { standing: 'excused', reason: apart };
  if (certified && clause.basis === 'proposed')
    return { standing: 'told', reason: 'one author proposed it, and no claim rests on that' };
  if (clause.notTestable !== undefined) return { standing: 'not testable', reason: clause.notTestable };
  if (verdict === undefined) return { standing: 'undecided', reason: 'the result does not speak of it' };
  if (verdict.digest !== clause.digest)
    return { standing: 'undecided', reason: 'the result is about an older sentence of it' };
  switch (verdict.verdict) {
    case 'conformant':
      return { standing: 'met' };
    case 'nonconformant':
      return { standing: 'failed' };
    case 'deviates':
    case 'observed':
      return { standing: 'told' };
    default:
      return unsettled(clause, verdict, missing, mayLack);
  }
}

function unsettled(
  { level }: Clause,
  { verdict, reason = verdict }: Verdict,
  missing: readonly (readonly string[])[],
  mayLack: readonly string[],
): Stands {
  // Whether a should is met, or what is observed, is no demand.
  if (level === 'should' || level === 'may' || level === 'observed') return { standing: 'told', reason };
  if (verdict !== 'not-applicable' || missing.length === 0 || missing.some((words) => words.length === 0))
    return { standing: 'undecided', reason };
  const unexcused = missing.filter((words) => !words.some((word) => mayLack.includes(word)));
  // Without the way nothing is decided, and nothing is held against the device.
  const lacked = unexcused.filter((words) => !words.every(isOfTheWay));
  if (lacked.length > 0) return { standing: 'lacking', reason: `the device lacks ${listed(lacked)}` };
  if (unexcused.length > 0) return { standing: 'undecided', reason };
  return { standing: 'excused', reason: `a device may lack ${listed(missing)}` };
}

function listed(words: readonly (readonly string[])[]): string {
  return [...new Set(words.flat())].join(', ');
}
