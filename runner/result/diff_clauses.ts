/** What became of the verdicts between two results. */
import type { Verdict, VerdictWord } from '../../spec/verdict/check.ts';
import type { ResultDocument } from './document.ts';

export interface ClauseChange {
  readonly clause: string;
  /** Absent where the clause was not in force. */
  readonly before?: VerdictWord;
  readonly after?: VerdictWord;
  /** True where the two verdicts are about different wordings. */
  readonly reworded: boolean;
  /** Why the later verdict is what it is, where it says so. */
  readonly reason?: string;
  readonly blockedBy?: readonly string[];
}

export interface ClauseChanges {
  /** Became nonconformant, or deviates: worse than before. */
  readonly regressed: readonly ClauseChange[];
  /** There was a verdict either way, and now there is none. */
  readonly undecided: readonly ClauseChange[];
  /** Nonconformant or deviates, where before there was no verdict either way: whether it is worse cannot be told. */
  readonly found: readonly ClauseChange[];
  readonly mended: readonly ClauseChange[];
  /** There is a verdict now, and nothing against it. */
  readonly decided: readonly ClauseChange[];
  readonly added: readonly ClauseChange[];
  readonly removed: readonly ClauseChange[];
  /** Another wording, and as good or bad as before. */
  readonly reworded: readonly ClauseChange[];
  /** How many are open in one result because only the other one selected them. */
  readonly unselected: number;
}

type Kind = Exclude<keyof ClauseChanges, 'unselected'>;

/** How bad a verdict is; one that is not here decides nothing. */
const WEIGHT: Readonly<Partial<Record<VerdictWord, number>>> = {
  conformant: 0,
  observed: 0,
  deviates: 1,
  nonconformant: 2,
};

/** `alike`: both runs selected the same. `compared` counts the clauses with a verdict in both. */
export function diffClauses(
  before: ResultDocument,
  after: ResultDocument,
  alike: boolean,
): { readonly changes: ClauseChanges; readonly compared: number } {
  const lists: Record<Kind, ClauseChange[]> = {
    regressed: [],
    undecided: [],
    found: [],
    mended: [],
    decided: [],
    added: [],
    removed: [],
    reworded: [],
  };
  const [askedBefore, askedAfter] = [askedOf(before), askedOf(after)];
  const bothAsked = (clause: string): boolean => alike || (askedBefore.has(clause) && askedAfter.has(clause));
  const earlier = new Map(before.verdicts.map((verdict) => [verdict.clause, verdict]));
  let compared = 0;
  let unselected = 0;
  for (const is of after.verdicts) {
    const was = earlier.get(is.clause);
    earlier.delete(is.clause);
    if (decides(was) && decides(is)) compared += 1;
    const kind = kindOf(was, is);
    if (kind === undefined) continue;
    if ((kind === 'undecided' || kind === 'decided') && !bothAsked(is.clause)) unselected += 1;
    else lists[kind].push(changeOf(was, is));
  }
  for (const was of earlier.values()) lists.removed.push(changeOf(was, undefined));
  return { changes: { ...lists, unselected }, compared };
}

/** The clauses that scenarios of this run were there to decide. */
function askedOf({ scenarios }: ResultDocument): ReadonlySet<string> {
  return new Set(scenarios.flatMap(({ clauses }) => clauses));
}

function decides(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && WEIGHT[verdict.verdict] !== undefined;
}

function kindOf(before: Verdict | undefined, after: Verdict): Kind | undefined {
  if (before === undefined) return 'added';
  const [was, is] = [WEIGHT[before.verdict], WEIGHT[after.verdict]];
  const same = before.digest === after.digest ? undefined : 'reworded';
  if (is === undefined) return was === undefined ? same : 'undecided';
  if (was === undefined) return is > 0 ? 'found' : 'decided';
  if (is === was) return same;
  return is > was ? 'regressed' : 'mended';
}

function changeOf(was: Verdict | undefined, is: Verdict | undefined): ClauseChange {
  const reworded = was !== undefined && is !== undefined && was.digest !== is.digest;
  return {
    clause: (is ?? was)?.clause ?? '',
    ...(was === undefined ? {} : { before: was.verdict }),
    ...(is === undefined ? {} : { after: is.verdict }),
    reworded,
    ...(is?.reason === undefined ? {} : { reason: is.reason }),
    ...(is?.blockedBy === undefined ? {} : { blockedBy: is.blockedBy }),
  };
}
