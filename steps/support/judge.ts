/** How a trial becomes a check. */
import type { RdmaWorld, Trial } from './world.ts';

/** One check of one trial: the answer, and what was observed afterwards. */
export function judge(world: RdmaWorld, trial: Trial, answers: readonly string[]): void {
  const { name, result, expected, got } = trial;
  const passed = answers.includes(result.answer) && expected === got;
  const words = (answer: string, observed: string | undefined): string =>
    observed === undefined ? answer : `${answer}, ${observed}`;
  world.check(name, passed, words(answers.join(' or '), expected), words(result.answer, got), result);
}
