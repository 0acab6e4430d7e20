/** The changes between two results in words: a block for what got worse, a line for everything else. */
import { abiOf } from '../../spec/abi/registry.ts';
import type { Check } from '../../spec/verdict/check.ts';
import type { CheckChange } from '../result/diff_checks.ts';
import type { ClauseChange } from '../result/diff_clauses.ts';
import type { ScenarioChange } from '../result/diff_scenarios.ts';
import { sentCallText } from './calls.ts';
import { colour } from './colour.ts';
import type { DiffView } from './diff.ts';
import { plain } from './plain.ts';
import { replayCommand } from './replay_command.ts';

export interface ChangeList {
  /** What it lists, for "and N more". */
  readonly what: string;
  readonly lines: readonly string[];
}

/** What got worse first. A check is named by itself where no line on its clause or its scenario speaks for it. */
export function changeLists(view: DiffView): ChangeList[] {
  const { clauses, scenarios, checks } = view.diff;
  const worse = byClause([...checks.regressed, ...checks.found]);
  const block = (word: string) => (change: ClauseChange) => clauseBlock(word, change, worse, view);
  const blocks = [...clauses.regressed, ...clauses.found];
  const beside = (its: readonly CheckChange[], told: readonly ClauseChange[]): readonly CheckChange[] => {
    const ids = new Set(told.map(({ clause }) => clause));
    return its.filter(({ clause }) => !ids.has(clause));
  };
  const within = (its: readonly CheckChange[], told: readonly ScenarioChange[]): readonly CheckChange[] => {
    const ids = new Set(told.map(({ scenario }) => scenario));
    return its.filter(({ scenario }) => !ids.has(scenario));
  };
  const [red, yellow, green, dim] = [colour.red, colour.yellow, colour.green, colour.dim];
  const lists: ChangeList[] = [
    { what: 'clauses that regressed', lines: clauses.regressed.map(block(red('regressed'))) },
    list('checks that regressed', red('regressed'), beside(checks.regressed, blocks), checkText),
    { what: 'clauses found nonconformant', lines: clauses.found.map(block(red('found'))) },
    list('checks found failing', red('found'), beside(checks.found, [...blocks, ...clauses.added]), checkText),
    list('clauses left undecided', yellow('undecided'), clauses.undecided, clauseText),
    list('scenarios that did not run', yellow('undecided'), scenarios.undecided, scenarioText),
    list('clauses mended', green('mended'), clauses.mended, clauseText),
    list('checks mended', green('mended'), beside(checks.mended, clauses.mended), checkText),
    list('clauses decided', green('decided'), clauses.decided, clauseText),
    list('scenarios that run now', green('decided'), scenarios.decided, scenarioText),
    list('checks of what is observed', dim('observed'), checks.observed, checkText),
    list('clauses removed', dim('removed'), clauses.removed, clauseText),
    list('scenarios removed', dim('removed'), scenarios.removed, scenarioText),
    list('checks removed', dim('removed'), within(checks.removed, scenarios.removed), checkText),
    list('clauses added', dim('added'), clauses.added, clauseText),
    list('scenarios added', dim('added'), scenarios.added, scenarioText),
    list('checks added', dim('added'), within(checks.added, scenarios.added), checkText),
    list('scenarios renamed', dim('renamed'), scenarios.renamed, ({ before, after }) => `${before}, now ${after}`),
    list('clauses reworded', dim('reworded'), clauses.reworded, clauseText),
  ];
  return lists.filter(({ lines }) => lines.length > 0);
}

function list<T>(what: string, word: string, changes: readonly T[], text: (change: T) => string): ChangeList {
  return { what, lines: changes.map((change) => `${word}: ${plain(text(change))}`) };
}

function byClause(changes: readonly CheckChange[]): ReadonlyMap<string, readonly CheckChange[]> {
  const lists = new Map<string, CheckChange[]>();
  for (const change of changes) {
    const its = lists.get(change.clause);
    if (its === undefined) lists.set(change.clause, [change]);
    else its.push(change);
  }
  return lists;
}

function clauseText({ clause, before, after, reworded, reason, blockedBy }: ClauseChange): string {
  const why = blockedBy !== undefined ? ` by ${blockedBy.join(', ')}` : reason !== undefined ? `: ${reason}` : '';
  const told = before === after ? (after ?? '') : [before, after].filter((word) => word !== undefined).join(', then ');
  return `${clause} (${told}${why}${reworded && before !== after ? '; reworded in between' : ''})`;
}

function scenarioText({ scenario, before, after, reason }: ScenarioChange): string {
  const told = [before, after].filter((word) => word !== undefined).join(', then ');
  return `scenario ${scenario} (${told}${reason === undefined ? '' : `: ${reason}`})`;
}

function checkText({ id, occurrence, clause, before, after }: CheckChange): string {
  const which = occurrence === 1 ? '' : ` (number ${String(occurrence)} of this name)`;
  return `check ${id}${which}, ${clause}: ${seen(before)}, then ${seen(after)}`;
}

function seen(check: Check | undefined): string {
  return check === undefined ? 'not made' : `${check.passed ? 'passed' : 'failed'} with ${check.got}`;
}

/** The sentence, the first check that shows it, and how to look at that one. */
function clauseBlock(
  word: string,
  change: ClauseChange,
  worse: ReadonlyMap<string, readonly CheckChange[]>,
  { spec, after: { file, document } }: DiffView,
): string {
  const lines = [`${word}: ${plain(clauseText(change))}`];
  const clause = spec.clauses[change.clause];
  if (clause !== undefined) lines.push(`  ${clause.sentence}`);
  const its = worse.get(change.clause) ?? [];
  // A check made by the clause's own scenario says more than one made while preparing another.
  const first = its.find(({ after }) => after?.ground !== true) ?? its[0];
  if (first !== undefined) {
    const row = (label: string, text: string): string => `  ${label.padEnd(9)}${plain(text)}`;
    const call = first.after?.call;
    lines.push(row('scenario', first.scenario), row('check', first.after?.name ?? ''));
    lines.push(row('expected', first.after?.expected ?? ''), row('before', seen(first.before)));
    lines.push(row('after', seen(first.after)));
    if (call !== undefined) lines.push(row('call', sentCallText(call, abiOf(spec, document.subject.abi))));
    lines.push(row('replay', replayCommand(file, first.scenario)));
  }
  if (its.length > 1) lines.push(`  and ${String(its.length - 1)} more checks of this clause`);
  return lines.join('\n');
}
