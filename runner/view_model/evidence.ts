/** The checks behind a verdict: one file per subject and clause, failing ones first, calls in words. */
import { abiOf } from '../../spec/abi/registry.ts';
import type { Abi } from '../../spec/abi/abi.ts';
import type { Spec } from '../../spec/model.ts';
import type { Check, ScenarioResult } from '../../spec/verdict/check.ts';
import { sentCallText } from '../views/calls.ts';
import type { Origin } from './features.ts';
import type { EvidenceCheck, EvidenceFile, EvidenceScenario, VerdictView } from './model.ts';
import type { Published } from './published.ts';

/** For every verdict: the scenarios that are there to decide its clause or made a check of it, with those checks. */
export function evidenceOf(
  { file, document }: Published,
  spec: Spec,
  origins: ReadonlyMap<string, Origin>,
  verdicts: ReadonlyMap<string, VerdictView>,
): Map<string, EvidenceFile> {
  const abi = abiOf(spec, document.subject.abi);
  const byClause = new Map<string, EvidenceScenario[]>();
  for (const scenario of document.scenarios) {
    for (const [clause, checks] of checksByClause(scenario)) {
      const view = scenarioView(scenario, checks, abi, origins.get(scenario.id)?.anchor);
      const list = byClause.get(clause);
      if (list === undefined) byClause.set(clause, [view]);
      else list.push(view);
    }
  }
  return new Map(
    [...verdicts].map(([clause, verdict]) => {
      const scenarios = byClause.get(clause) ?? [];
      return [clause, { clause, file, verdict, scenarios: scenarios.sort((a, b) => rank(a) - rank(b)) }];
    }),
  );
}

function checksByClause({ clauses, checks }: ScenarioResult): Map<string, Check[]> {
  const found = new Map<string, Check[]>(clauses.map((clause) => [clause, []]));
  for (const check of checks) {
    // That a preparation went well is no evidence for the clause it rests on; see the roll-up.
    if (check.passed && check.ground === true) continue;
    const list = found.get(check.clause);
    if (list === undefined) found.set(check.clause, [check]);
    else list.push(check);
  }
  return found;
}

function scenarioView(
  { id, outcome, reason }: ScenarioResult,
  checks: readonly Check[],
  abi: Abi,
  anchor: string | undefined,
): EvidenceScenario {
  const views = checks.map((check) => checkView(check, abi)).sort((a, b) => Number(a.passed) - Number(b.passed));
  return {
    id,
    outcome,
    ...(anchor === undefined ? {} : { anchor }),
    ...(reason === undefined ? {} : { reason }),
    checks: views,
  };
}

function checkView({ name, passed, expected, got, call }: Check, abi: Abi): EvidenceCheck {
  const base = { name, passed, expected, got };
  if (call === undefined) return base;
  // Whoever looks into a failure wants the bytes; of thousands that went well they would be most of the file.
  const sent = passed ? {} : { sent: call.sent };
  return { ...base, call: sentCallText(call, abi), ...sent };
}

/** Failing scenarios first, then those that did not come to an end, then the rest; what does not apply last. */
function rank({ outcome, checks }: EvidenceScenario): number {
  if (checks.some(({ passed }) => !passed)) return 0;
  if (outcome === 'not-applicable') return 3;
  return outcome === 'passed' ? 2 : 1;
}
