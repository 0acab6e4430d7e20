/** Whether two result documents say the same of the same thing: every verdict, every scenario, every check. */
import { isDeepStrictEqual } from 'node:util';
import type { ResultDocument } from '../result/document.ts';

/** One line each. What was measured, when, and by which way it was reached may differ. */
export function differences(one: ResultDocument, other: ResultDocument): string[] {
  const found: string[] = [];
  const [before, after] = [one, other].map(({ scenarios }) => new Map(scenarios.map((each) => [each.id, each])));
  for (const [id, scenario] of before ?? []) {
    const again = after?.get(id);
    if (again === undefined) {
      found.push(`${id}: is missing`);
      continue;
    }
    if (again.outcome !== scenario.outcome) found.push(`${id}: ${scenario.outcome} became ${again.outcome}`);
    else if (!isDeepStrictEqual(again.checks, scenario.checks)) found.push(`${id}: its checks are not the same`);
  }
  if (after?.size !== before?.size) found.push(`${String(before?.size)} scenarios became ${String(after?.size)}`);
  const capabilities = [one, other].map((document) => document.capabilities);
  if (!isDeepStrictEqual(capabilities[0], capabilities[1])) found.push('the capabilities are not the same');
  if (!isDeepStrictEqual(one.verdicts, other.verdicts)) found.push('the verdicts are not the same');
  return found;
}
