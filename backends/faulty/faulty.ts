export interface Defect {
  readonly id: string;
  readonly clauses: readonly string[];
  readonly kind: string;
  readonly story: string;
  readonly abi: 'uapi';
  readonly models: readonly string[];
}
export const DEFECTS: readonly Defect[] = [];
export function findDefect(_id: string): Defect | undefined { return undefined; }
export function faulty(_defect: Defect, _options: unknown): never { throw new Error('none'); }
