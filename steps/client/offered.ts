/** Which queue-pair types and which other objects the device offers, as discovered before the run. */
import type { Session } from '../../backends/session.ts';
import { capabilityOfObject, capabilityOfType } from '../../spec/capabilities.ts';
import type { Method, MethodAttribute, ObjectTable } from '../../spec/model.ts';

/** Every type of the tables, those the device offers or those it does not. */
export function typesOffered({ spec, capabilities }: Session, offered = true): string[] {
  const types = Object.keys(spec.objects['qp']?.classId ?? {});
  return types.filter((type) => capabilities.has(capabilityOfType(type)) === offered);
}

/** A variant of an object that serves where none is named: the first queue-pair type there is; undefined for objects without variants. */
export function anyVariant(session: Session, object: string): string | undefined {
  return object === 'qp' ? typesOffered(session)[0] : undefined;
}

/** Whether the device has objects of a table; queue pairs are offered by type. */
export function offers({ capabilities }: Session, table: ObjectTable): boolean {
  if (table.driver === true) return capabilities.has('driver-class');
  return table.instances === 'fixed' || capabilities.has(capabilityOfObject(table.object));
}

/** Whether the controls stall and fail can act on a method. */
export function stoppable({ description }: Session, { object, method }: { object: string; method: string }): boolean {
  return description.operations?.includes(`${object}.${method}`) !== false;
}

/** Whether the device has a method on objects of a variant, and can do there what is asked. */
export function served({ capabilities }: Session, { serves, needs }: Method, variant: string | undefined): boolean {
  return serves?.includes(variant ?? '') !== false && (needs === undefined || capabilities.has(needs));
}

/** Whether the device takes an attribute of a method that it has. */
export function taken({ capabilities }: Session, { needs }: MethodAttribute): boolean {
  return needs === undefined || capabilities.has(needs);
}
