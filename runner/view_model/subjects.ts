/** A published result as the site shows it: who was tested, with what, and what came out. */
import { deviationsOf } from '../../spec/deviations.ts';
import type { Clause, Spec } from '../../spec/model.ts';
import type { Outcome, ScenarioResult, Verdict, VerdictWord } from '../../spec/verdict/check.ts';
import { countVerdicts, sum } from '../result/counts.ts';
import type { Selection } from '../result/document.ts';
import { commandAgain, labelOf } from './called.ts';
import type { Outcomes, SubjectView, VerdictView, Words } from './model.ts';
import type { Published } from './published.ts';

/** Verdicts that call for a look, worst first. */
const FINDINGS: readonly VerdictWord[] = ['nonconformant', 'errored', 'blocked', 'deviates'];
/** Outcomes that leave a question open. */
const OPEN: ReadonlySet<Outcome> = new Set(['errored', 'blocked', 'untested']);

export function subjectViews(published: readonly Published[], spec: Spec, features: string): SubjectView[] {
  const labels = published.map(({ document: { subject } }) => labelOf(subject));
  return published.map((one, index) => {
    const label = labels[index] ?? '';
    const alone = labels.filter((other) => other === label).length === 1;
    return subjectView(one, spec, features, alone ? label : one.id);
  });
}

function subjectView({ id, file, document }: Published, spec: Spec, features: string, label: string): SubjectView {
  const { subject, tool, seed, selection, capabilities, started, finished, complete, scenarios } = document;
  const inForce = (clause: string): boolean => clauseInForce(spec, clause) !== undefined;
  const verdicts = document.verdicts.filter(({ clause }) => inForce(clause));
  const counts = countVerdicts(spec, verdicts);
  const findings = FINDINGS.flatMap((word) =>
    verdicts.filter(({ verdict }) => verdict === word).map(({ clause }) => clause),
  );
  const again = commandAgain(document);
  const outcomes: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of scenarios) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    id,
    label,
    file,
    ...(again === undefined ? {} : { again }),
    implementation: subject.implementation,
    version: subject.version,
    backend: subject.backend,
    model: subject.model,
    abi: subject.abi,
    study: subject.study,
    ...(subject.kernel === undefined ? {} : { kernel: subject.kernel }),
    ...(subject.driver === undefined ? {} : { driver: subject.driver }),
    tool,
    specVersion: document.spec.version,
    specDigest: document.spec.digest,
    current: document.spec.digest === spec.digest && document.features === features,
    sameSentences: document.spec.digest === spec.digest,
    seed,
    selection: selectionText(selection),
    capabilities,
    started,
    ...(finished === undefined ? {} : { finished }),
    complete,
    checks: scenarios.reduce((total, { checks }) => total + checks.length, 0),
    outcomes: outcomes satisfies Outcomes,
    totals: nonzero(sum(counts)),
    counts,
    findings,
    unexplained: findings.filter((clause) => deviationsOf(spec, clause, subject).length === 0),
    failing: Object.fromEntries(findings.flatMap((clause) => firstFailing(clause, scenarios))),
    strangers: document.verdicts
      .filter(({ clause }) => !inForce(clause))
      .map(({ clause, verdict }) => ({ clause, verdict })),
    open: scenarios
      .filter(({ outcome }) => OPEN.has(outcome))
      .map(({ id: scenario, outcome, reason = '', errored }) => ({
        scenario,
        outcome,
        reason: errored === undefined ? reason : `${errored}: ${reason}`,
      })),
    notApplicable: reasonsOf(scenarios.filter(({ outcome }) => outcome === 'not-applicable')),
  };
}

function firstFailing(clause: string, scenarios: readonly ScenarioResult[]): [string, string][] {
  const first = scenarios.find(({ checks }) => checks.some((check) => check.clause === clause && !check.passed));
  return first === undefined ? [] : [[clause, first.id]];
}

function clauseInForce(spec: Spec, id: string): Clause | undefined {
  const clause = Object.hasOwn(spec.clauses, id) ? spec.clauses[id] : undefined;
  return clause?.withdrawn === undefined ? clause : undefined;
}

function nonzero(words: Readonly<Record<VerdictWord, number>>): Words {
  return Object.fromEntries(Object.entries(words).filter(([, number]) => number > 0));
}

function selectionText({ clauses, objects, tags, name, hazard }: Selection): string {
  const parts = [
    ...(clauses.length === 0 ? [] : [`clauses ${clauses.join(', ')}`]),
    ...(objects.length === 0 ? [] : [`objects ${objects.join(', ')}`]),
    ...(tags === '' ? [] : [`tags ${tags}`]),
    ...(name === '' ? [] : [`scenarios that begin with ${name}`]),
    ...(hazard === 'safe' ? [] : [`hazard up to ${hazard}`]),
  ];
  return parts.join('; ');
}

function reasonsOf(scenarios: readonly { readonly reason?: string }[]): SubjectView['notApplicable'] {
  const reasons = new Map<string, number>();
  for (const { reason = 'no reason given' } of scenarios) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [...reasons]
    .map(([reason, number]) => ({ reason, scenarios: number }))
    .sort((a, b) => b.scenarios - a.scenarios);
}

/** By clause: what each subject's document says of it. */
export function verdictsByClause(published: readonly Published[], spec: Spec): ReadonlyMap<string, VerdictView[]> {
  const found = new Map<string, VerdictView[]>();
  for (const { id, document } of published) {
    for (const verdict of document.verdicts) {
      const clause = clauseInForce(spec, verdict.clause);
      if (clause === undefined) continue;
      const list = found.get(clause.id);
      const view = verdictView(id, verdict, clause);
      if (list === undefined) found.set(clause.id, [view]);
      else list.push(view);
    }
  }
  return found;
}

function verdictView(subject: string, verdict: Verdict, clause: Clause): VerdictView {
  const { passed, failed, reason, blockedBy } = verdict;
  return {
    subject,
    verdict: verdict.verdict,
    passed,
    failed,
    stale: verdict.digest !== clause.digest,
    ...(reason === undefined ? {} : { reason }),
    ...(blockedBy === undefined ? {} : { blockedBy }),
  };
}
