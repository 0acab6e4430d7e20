/** The checks behind a verdict: one file per subject and clause, failing ones first, calls in words. */
import { abiOf } from '../../spec/abi/registry.ts';
import type { Abi } from '../../spec/abi/abi.ts';
import type { Spec } from '../../spec/model.ts';
import type { Check, ScenarioResult } from '../../spec/verdict/check.ts';
import { sentCallText } from '../views/calls.ts';
import type { EvidenceCheck, EvidenceFile, EvidenceScenario } from './model.ts';
import type { Published } from './published.ts';

/** By clause: the scenarios that are there to decide it or made a check of it, with those checks. */
export function evidenceOf({ id: subject, file, document }: Published, spec: Spec): Map<string, EvidenceFile> {
  const abi = abiOf(spec, document.subject.abi);
  const byClause = new Map<string, EvidenceScenario[]>();
  for (const scenario of document.scenarios) {
    for (const [clause, checks] of checksByClause(scenario)) {
      const view = scenarioView(scenario, checks, abi);
      const list = byClause.get(clause);
      if (list === undefined) byClause.set(clause, [view]);
      else list.push(view);
    }
  }
  return new Map(
    [...byClause].map(([clause, scenarios]) => [
      clause,
      { subject, clause, file, scenarios: scenarios.sort((a, b) => rank(a) - rank(b)) },
    ]),
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

function scenarioView({ id, outcome, reason }: ScenarioResult, checks: readonly Check[], abi: Abi): EvidenceScenario {
  const views = checks.map((check) => checkView(check, abi)).sort((a, b) => Number(a.passed) - Number(b.passed));
  return reason === undefined ? { id, outcome, checks: views } : { id, outcome, reason, checks: views };
}

function checkView({ name, passed, expected, got, call }: Check, abi: Abi): EvidenceCheck {
  const base = { name, passed, expected, got };
  return call === undefined ? base : { ...base, call: sentCallText(call, abi), sent: call.sent };
}

/** Failing scenarios first, then those that did not come to an end, then the rest; what does not apply last. */
function rank({ outcome, checks }: EvidenceScenario): number {
  if (checks.some(({ passed }) => !passed)) return 0;
  if (outcome === 'not-applicable') return 3;
  return outcome === 'passed' ? 2 : 1;
}
