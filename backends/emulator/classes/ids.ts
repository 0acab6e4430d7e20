/** Attribute ids of one object by name, so that operations read as words and cost an array index. */
import type { Spec } from '../../../spec/model.ts';

export function idsOf(spec: Spec, object: string): Readonly<Record<string, number>> {
  const attributes = spec.objects[object]?.attributes ?? {};
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, attribute.id]));
}

/** The id of `name`; throws where the spec lost an attribute the emulator serves. */
export function idOf(spec: Spec, object: string, name: string): number {
  const id = spec.objects[object]?.attributes[name]?.id;
  if (id === undefined) throw new RangeError(`the spec has no attribute ${name} of ${object}`);
  return id;
}
