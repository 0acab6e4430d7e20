/** Types of memory windows. */
import type { Case, Cases } from './cases.ts';

const type = (number: number): Case => ({ name: `type ${String(number)}`, attributes: { type: number } });

export const MW_CASES: Readonly<Record<string, Cases>> = {
  'types 1 and 2': () => [1, 2].map(type),
  'other types': () => [0, 3, 255].map(type),
};
