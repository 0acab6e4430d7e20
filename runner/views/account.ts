/** What is told of a scenario that did not pass: one line, then everything needed to look at it, without colour. */
import type { Abi } from '../../spec/abi/abi.ts';
import { abiOf } from '../../spec/abi/registry.ts';
import { deviationsOf } from '../../spec/deviations.ts';
import type { Spec } from '../../spec/model.ts';
import type { Check, ScenarioResult, Verdict } from '../../spec/verdict/check.ts';
import type { TestSubject } from '../result/document.ts';
import { against } from '../result/exit_code.ts';
import { sentCallText } from './calls.ts';
import type { ViewInput } from './formats.ts';
import { plain } from './plain.ts';
import { replayCommand } from './replay_command.ts';

export interface Account {
  /** Why it did not pass; empty for one that did. */
  readonly headline: string;
  /** Lines: each failed check with its clause, difference and call, then the replay. None where there is nothing to replay. */
  readonly details: readonly string[];
}

/** A label and what it names. */
export type Labelled = readonly [label: string, text: string];

/** How many failed checks of a scenario are told in full, and how long a headline gets, in characters. */
const TOLD = 10;
const LONGEST = 300;

/** What every account of one result rests on. */
interface Ground {
  readonly input: ViewInput;
  readonly abi: Abi;
  /** Clauses that make the run nonconformant. */
  readonly broken: ReadonlySet<string>;
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

export function accountsOf(input: ViewInput): (scenario: ScenarioResult) => Account {
  const { document, spec, strict } = input;
  const ground = {
    input,
    abi: abiOf(spec, document.subject.abi),
    broken: against(document, strict),
    verdicts: new Map(document.verdicts.map((verdict) => [verdict.clause, verdict])),
  };
  return (scenario) => {
    const silent = scenario.outcome === 'passed' || scenario.outcome === 'not-applicable';
    return { headline: short(headlineOf(scenario, ground)), details: silent ? [] : detailsOf(scenario, ground) };
  };
}

function headlineOf(scenario: ScenarioResult, ground: Ground): string {
  const { outcome, reason = '', errored = 'step' } = scenario;
  switch (outcome) {
    case 'passed':
      return '';
    case 'failed':
      return failureLine(scenario, ground);
    case 'errored':
      return `errored (${errored}): ${reason}`;
    case 'untested':
      return `untested: ${reason}`;
    case 'blocked':
      return reason.startsWith('blocked') ? reason : `blocked: ${reason}`;
    case 'not-applicable':
      return reason === '' ? 'not applicable' : reason;
  }
}

function failureLine(scenario: ScenarioResult, { broken, verdicts }: Ground): string {
  const [first, ...more] = failedChecks(scenario, broken);
  if (first === undefined) return 'failed';
  const { clause, expected, got } = first;
  const verdict = verdicts.get(clause)?.verdict ?? 'failed';
  const word = verdict === 'nonconformant' && !broken.has(clause) ? 'of a clause that was not asked for' : verdict;
  const rest = more.length === 0 ? '' : ` (and ${String(more.length)} more)`;
  return `${word}: ${clause}: expected ${expected}, got ${got}${rest}`;
}

function detailsOf(scenario: ScenarioResult, ground: Ground): string[] {
  const failed = failedChecks(scenario, ground.broken);
  const lines = failed.slice(0, TOLD).flatMap((check, index) => {
    const clause = failed[index - 1]?.clause === check.clause ? [] : clauseRows(check.clause, ground);
    return [...[...clause, ...checkRows(check, ground.abi)].map(labelled), ''];
  });
  if (failed.length > TOLD) lines.push(`and ${String(failed.length - TOLD)} more failed checks`, '');
  return [...lines, labelled(['replay', replayCommand(ground.input.path, scenario.id)])];
}

/** The sentence is left out where the verdict is about another wording of it. */
function clauseRows(id: string, { input, verdicts }: Ground): Labelled[] {
  const clause = input.spec.clauses[id];
  if (clause === undefined) return [['clause', id]];
  const sentence = verdicts.get(id)?.digest === clause.digest ? clause.sentence : 'reworded since';
  return [
    ['clause', `${id} (${clause.level})`],
    ['sentence', sentence],
    ...knownRows(input.spec, id, input.document.subject),
  ];
}

/** The difference a check found, and the call it found it in. */
export function checkRows({ name, expected, got, call }: Check, abi: Abi): Labelled[] {
  const rows: Labelled[] = [
    ['check', name],
    ['expected', expected],
    ['got', got],
  ];
  return call === undefined ? rows : [...rows, ['call', sentCallText(call, abi)]];
}

/** What is known of the clause on this driver and kernel: it excuses nothing. */
export function knownRows(spec: Spec, clause: string, subject: TestSubject): Labelled[] {
  return deviationsOf(spec, clause, subject).map(({ driver, kernels, what, upstream }) => {
    const told = upstream === undefined ? '' : `; ${upstream}`;
    return ['known', `known deviation (${driver} ${kernels}): ${what}${told}`];
  });
}

export function labelled([label, text]: Labelled): string {
  return `${label.padEnd(9)}${plain(text)}`;
}

/** Those first that make the run nonconformant, and of each kind those first that are not about preparing. */
function failedChecks({ checks }: ScenarioResult, broken: ReadonlySet<string>): Check[] {
  const rank = ({ clause, ground }: Check): number => (broken.has(clause) ? 0 : 2) + (ground === true ? 1 : 0);
  return checks.filter(({ passed }) => !passed).sort((a, b) => rank(a) - rank(b));
}

/** One line of bounded length, no character cut in two. */
function short(text: string): string {
  const line = plain(text);
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}...`;
}
