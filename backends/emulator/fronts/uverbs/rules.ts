import type { Spec } from '../../../../spec/model.ts';
import type { Rule } from '../../rules.ts';

export function uverbsRules(_spec: Spec): Readonly<Record<string, readonly Rule<never>[]>> {
  return {};
}
