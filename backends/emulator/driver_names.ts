/** Names of what a device has: of its classes, and of the methods and attributes that are its driver's. */
import { DRIVER_BIT } from '../../spec/abi/uapi/layout.ts';
import { tablesOf } from '../../spec/abi/uapi/tables.ts';
import type { Spec } from '../../spec/model.ts';
import type { RegisteredName } from '../backend.ts';
import type { DispatchTable } from './dispatch_table.ts';

/** Enum `name_kind` of spec/objects/types.yaml. */
export const KIND = { CLASS: 1, METHOD: 2, ATTRIBUTE: 3 } as const;

/** A name and what it stands for; `number` is 0 for a class. */
export interface KnownName {
  readonly kind: (typeof KIND)[keyof typeof KIND];
  readonly classId: number;
  readonly number: number;
  readonly name: string;
}

const FIRST_OWN_METHOD = 32;
const FIRST_DRIVER_METHOD = 96;

/** The names that the tables have for what is in a dispatch table; none for what only its driver knows. */
export function tableNames(spec: Spec, { core, driver }: DispatchTable): KnownName[] {
  const tables = tablesOf(spec);
  return [...core, ...driver].flatMap((entry) => {
    const info = entry && tables.classes.get(entry.id);
    if (entry === undefined || info === undefined) return [];
    const of = (kind: KnownName['kind'], number: number, name: string): KnownName => ({
      kind,
      classId: entry.id,
      number,
      name,
    });
    const own = entry.id >= DRIVER_BIT;
    const methods = entry.methods
      .filter((one) => one !== undefined)
      .filter(({ method }) => method in info.table.methods);
    const named = methods.filter(({ number }) => number >= (own ? FIRST_OWN_METHOD : FIRST_DRIVER_METHOD));
    const ids = new Set(
      methods.flatMap(({ slots }) => slots.flatMap((slot) => (slot === undefined ? [] : [slot.wire]))),
    );
    const attributes = Object.values(info.table.attributes).filter(
      ({ id }) => ids.has(id) && (own || id >= DRIVER_BIT),
    );
    return [
      of(KIND.CLASS, 0, info.name),
      ...named.map(({ number, method }) => of(KIND.METHOD, number, `${info.name}.${method}`)),
      ...attributes.map(({ id, name }) => of(KIND.ATTRIBUTE, id, `${info.name}/${name}`)),
    ];
  });
}

/** What a driver that registers gives names to, in the same words. */
export function givenNames(names: readonly RegisteredName[]): KnownName[] {
  return names.map(({ classId, method, attribute, name }) => {
    if (attribute !== undefined) return { kind: KIND.ATTRIBUTE, classId, number: attribute, name };
    return method === undefined
      ? { kind: KIND.CLASS, classId, number: 0, name }
      : { kind: KIND.METHOD, classId, number: method, name };
  });
}

/** By class, kind and number, as they are listed. */
export function inOrder(names: readonly KnownName[]): KnownName[] {
  return [...names].sort((a, b) => a.classId - b.classId || a.kind - b.kind || a.number - b.number);
}

/** Whether two of them are the same text or stand for the same thing. */
export function meet(names: readonly KnownName[]): boolean {
  const things = names.map(({ kind, classId, number }) => [kind, classId, number].join('.'));
  return new Set(things).size < names.length || new Set(names.map(({ name }) => name)).size < names.length;
}
