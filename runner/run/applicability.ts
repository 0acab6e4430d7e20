/** Whether a scenario can run on a device at all: decided before it starts, from what it says and what the device offers. */
import type { AbiId, Spec } from '../../spec/model.ts';
import { HAZARDS, type Hazard } from '../result/document.ts';

export type Applicability = { readonly applicable: true } | { readonly applicable: false; readonly reason: string };

const APPLICABLE: Applicability = { applicable: true };

/** The levels of hazard that may run where `hazard` was asked for. */
export function allowedHazards(hazard: Hazard): ReadonlySet<string> {
  return new Set(HAZARDS.slice(0, HAZARDS.indexOf(hazard) + 1));
}

/** `tags` with their at signs, `clauses` by id. The first reason found is the one given. */
export function applicability(
  tags: readonly string[],
  clauses: readonly string[],
  spec: Spec,
  abi: AbiId,
  capabilities: ReadonlySet<string>,
  hazards: ReadonlySet<string>,
): Applicability {
  const values = (prefix: string): string[] =>
    tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));

  const abis = values('@abi:');
  if (abis.length > 0 && !abis.includes(abi)) return not(`written for ${abis.join(' and ')} only`);
  const inForce = clauses.flatMap((id) => spec.clauses[id] ?? []);
  if (inForce.length > 0 && inForce.every((clause) => !clause.abi.includes(abi))) {
    return not(`${abi} cannot express ${inForce.map((clause) => clause.id).join(' and ')}`);
  }
  const missing = values('@needs:').filter((need) => !capabilities.has(need));
  if (missing.length > 0) return not(`needs ${missing.join(' and ')}, which this device does not offer`);
  const forbidden = values('@hazard:').find((hazard) => !hazards.has(hazard));
  if (forbidden !== undefined) return not(`is ${forbidden}; runs only with --hazard ${forbidden}`);
  return APPLICABLE;
}

function not(reason: string): Applicability {
  return { applicable: false, reason };
}
