/** Which queue-pair types the device offers, as discovered before the run. */
import type { Session } from '../../backends/session.ts';
import { capabilityOfType } from '../../spec/capabilities.ts';

/** Every type of the tables, those the device offers or those it does not. */
export function typesOffered({ spec, capabilities }: Session, offered = true): string[] {
  const types = Object.keys(spec.objects['qp']?.classId ?? {});
  return types.filter((type) => capabilities.has(capabilityOfType(type)) === offered);
}
