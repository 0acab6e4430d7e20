/** Whether a scenario can run on a device at all: decided before it starts, from what it says and what the device offers. */
import type { Spec } from '../../spec/model.ts';
import { notInForce, type Platform } from '../../spec/verdict/in_force.ts';
import type { Hazard } from '../result/document.ts';
import { hazardOf, isAllowed } from './hazards.ts';

export type Applicability = { readonly applicable: true } | { readonly applicable: false; readonly reason: string };

/** Of a device whose queue pairs another table judges. */
const IWARP =
  'rests on moves that queue pairs of this device, being those of iWARP, make by a connection and not by modify alone';

const APPLICABLE: Applicability = { applicable: true };

/** `tags` with their at signs, `clauses` by id, `asked`: the hazard that is allowed. The first reason found is the one given. */
export function applicability(
  tags: readonly string[],
  clauses: readonly string[],
  spec: Spec,
  on: Platform,
  capabilities: ReadonlySet<string>,
  asked: Hazard,
): Applicability {
  const values = (prefix: string): string[] =>
    tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));

  const abis = values('@abi:');
  if (abis.length > 0 && !abis.includes(on.abi)) return not(`written for ${abis.join(' and ')} only`);
  const inForce = clauses.flatMap((id) => spec.clauses[id] ?? []);
  const reasons = inForce.map((clause) => notInForce(clause, on));
  if (reasons.length > 0 && reasons.every((reason) => reason !== undefined)) {
    return not(inForce.map(({ id }, index) => `${id}: ${reasons[index] ?? ''}`).join('; '));
  }
  const missing = values('@needs:').filter((need) => !capabilities.has(need));
  if (capabilities.has('port-iwarp') && missing.join() === 'qp-modify-connects') return not(IWARP);
  if (missing.length > 0) return not(`needs ${missing.join(' and ')}, which this device does not offer`);
  const hazard = hazardOf(tags);
  if (!isAllowed(hazard, asked)) return not(`is ${hazard}; runs only with --hazard ${hazard}`);
  return APPLICABLE;
}

function not(reason: string): Applicability {
  return { applicable: false, reason };
}
