/** Shares the defects among processes: each proves its part and reports every defect on a line of its own. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { RunError } from '../failure.ts';
import type { Proof } from './prove.ts';

/** What `prove --json` writes, line by line; the last line is the score. */
export type ProofLine = Proof | { readonly score: Score };

export interface Score {
  readonly caught: number;
  readonly defects: number;
  readonly musts: number;
  readonly mustsWithoutDefect: readonly string[];
  /** What is not as it should be on the emulator without a defect, so that nothing can be proved on it. */
  readonly unclean: readonly string[];
}

/** Deals `ids` out to `jobs` processes; `heard` gets every proof as it comes. Resolves to what was found unclean. */
export async function shareOut(
  ids: readonly string[],
  jobs: number,
  args: readonly string[],
  heard: (proof: Proof) => void,
): Promise<string[]> {
  const hands = Array.from({ length: jobs }, (_, job) => ids.filter((_id, index) => index % jobs === job));
  const found = await Promise.all(hands.filter((hand) => hand.length > 0).map((hand) => proveApart(hand, args, heard)));
  return [...new Set(found.flat())];
}

async function proveApart(
  ids: readonly string[],
  args: readonly string[],
  heard: (proof: Proof) => void,
): Promise<readonly string[]> {
  const main = process.argv[1] ?? '';
  const command = [main, 'prove', '--json', '--jobs', '1', ...args, '--defect', ...ids];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  let score: Score | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as ProofLine;
    if ('score' in said) score = said.score;
    else heard(said);
  }
  const code = await ended;
  if (score === undefined)
    throw new RunError(new Error(`a process that proves defects ended with code ${String(code)}`));
  return score.unclean;
}
