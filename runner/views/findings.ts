/** What did not pass, each with all that is needed to look at it: the sentence, the difference, the call, the replay. */
import { abiOf } from '../../spec/abi/registry.ts';
import type { Spec } from '../../spec/model.ts';
import type { Check, ScenarioResult, Verdict } from '../../spec/verdict/check.ts';
import type { ResultDocument } from '../result/document.ts';
import { checkRows, knownRows, labelled } from './account.ts';
import { colour } from './colour.ts';
import { plain } from './plain.ts';
import { replayCommand } from './replay_command.ts';

interface Failing {
  readonly scenario: ScenarioResult;
  readonly check: Check;
}

/** One block per clause with a failed check that matters: nonconformant ones first, then those that deviate. */
export function findings(document: ResultDocument, spec: Spec, path: string): string[] {
  const failing = failingByClause(document.scenarios);
  const of = (word: Verdict['verdict']): string[] =>
    document.verdicts
      .filter(({ verdict }) => verdict === word)
      .map((verdict) => finding(verdict, failing.get(verdict.clause) ?? [], document, spec, path));
  return [...of('nonconformant'), ...of('deviates')];
}

/** How many scenarios of one kind are named before the rest is counted. */
const NAMED = 10;

/** One line per scenario that errored, one for those that were blocked. */
export function openQuestions({ scenarios, complete }: ResultDocument): string[] {
  const errored = scenarios.filter(({ outcome }) => outcome === 'errored');
  const lines = errored.slice(0, NAMED).map(({ id, errored: kind = 'step', reason = '' }) => {
    return `${colour.yellow(`errored (${kind})`)}: ${plain(id)}: ${plain(reason)}`;
  });
  if (errored.length > NAMED) lines.push(`and ${String(errored.length - NAMED)} more errored scenarios`);
  const blocked = scenarios.filter(({ outcome }) => outcome === 'blocked');
  if (blocked.length > 0) {
    const blockers = [...new Set(blocked.flatMap(({ blockedBy = [] }) => blockedBy))].sort();
    lines.push(
      `${colour.yellow('blocked')}: ${String(blocked.length)} ${blocked.length === 1 ? 'scenario' : 'scenarios'}, by ${plain(blockers.join(', '))}`,
    );
  }
  const missed = scenarios.filter(({ outcome }) => outcome === 'untested').length;
  if (!complete) lines.push(`${colour.yellow('incomplete')}: ${String(missed)} scenarios were not reached`);
  return lines;
}

function failingByClause(scenarios: readonly ScenarioResult[]): Map<string, Failing[]> {
  const failing = new Map<string, Failing[]>();
  for (const scenario of scenarios) {
    for (const check of scenario.checks) {
      if (check.passed) continue;
      const list = failing.get(check.clause);
      if (list === undefined) failing.set(check.clause, [{ scenario, check }]);
      else list.push({ scenario, check });
    }
  }
  return failing;
}

function finding(
  { clause: id, verdict }: Verdict,
  failing: readonly Failing[],
  { subject }: ResultDocument,
  spec: Spec,
  path: string,
): string {
  const clause = spec.clauses[id];
  const lines = [`${colour.red(verdict)}: ${colour.bold(plain(id))}`];
  if (clause !== undefined) {
    lines.push(`  ${clause.sentence}`, colour.dim(`  ${clause.place.file}:${String(clause.place.line)}`));
  }
  // A check made by the clause's own scenario says more than one made while preparing another.
  const first = failing.find(({ check }) => check.ground !== true) ?? failing[0];
  if (first !== undefined) {
    const { check, scenario } = first;
    const rows = [
      ['scenario', scenario.id],
      ...checkRows(check, abiOf(spec, subject.abi)),
      ['replay', replayCommand(path, scenario.id)],
      ...knownRows(spec, id, subject),
    ] as const;
    lines.push(...rows.map((row) => `  ${labelled(row)}`));
  }
  if (failing.length > 1) lines.push(`  and ${String(failing.length - 1)} more failing checks of this clause`);
  return lines.join('\n');
}
