/** Which queue-pair types and which other objects the device offers, as discovered before the run. */
import type { Session } from '../../backends/session.ts';
import { capabilityOfObject, capabilityOfType } from '../../spec/capabilities.ts';
import type { Method, ObjectTable } from '../../spec/model.ts';

/** Every type of the tables, those the device offers or those it does not. */
export function typesOffered({ spec, capabilities }: Session, offered = true): string[] {
  const types = Object.keys(spec.objects['qp']?.classId ?? {});
  return types.filter((type) => capabilities.has(capabilityOfType(type)) === offered);
}

/** Whether the device has objects of a table; queue pairs are offered by type. */
export function offers({ capabilities }: Session, table: ObjectTable): boolean {
  if (table.driver === true) return capabilities.has('driver-class');
  return table.object === 'qp' || table.instances === 'fixed' || capabilities.has(capabilityOfObject(table.object));
}

/** Whether the device has a method on objects of a variant, and can do there what is asked. */
export function served({ capabilities }: Session, { serves, needs }: Method, variant: string | undefined): boolean {
  return serves?.includes(variant ?? '') !== false && (needs === undefined || capabilities.has(needs));
}
