/** What of the tables the system-wide node has: the classes flagged `global`, without what needs an object of another class. */
import type { Attribute, Method, ObjectTable, Spec } from '../../model.ts';

const parts = new WeakMap<Spec, Spec>();

/** The same specification with those classes, methods and attributes alone; made once for each. */
export function globalPart(spec: Spec): Spec {
  let part = parts.get(spec);
  if (part === undefined) parts.set(spec, (part = withoutForeign(globalClasses(spec))));
  return part;
}

/** The classes that are flagged, whole. */
export function globalClasses(spec: Spec): Spec {
  const tables = Object.values(spec.objects).filter(({ global }) => global === true);
  return { ...spec, objects: Object.fromEntries(tables.map((table) => [table.object, table])) };
}

/** Without methods that require an object of a class that `part` lacks, and without attributes that name one. */
export function withoutForeign(part: Spec): Spec {
  const tables = Object.values(part.objects).map((table) => [table.object, within(table, part)] as const);
  return { ...part, objects: Object.fromEntries(tables) };
}

function within(table: ObjectTable, part: Spec): ObjectTable {
  const foreign = (name: string): boolean => isForeign(table.attributes[name], part);
  const methods = Object.values(table.methods)
    .filter(({ attributes }) => !attributes.some(({ name, required }) => required && foreign(name)))
    .map((method): [string, Method] => [
      method.name,
      { ...method, attributes: method.attributes.filter(({ name }) => !foreign(name)) },
    ]);
  return { ...table, methods: Object.fromEntries(methods) };
}

/** Whether an attribute names an object that cannot be there. Of channels there is always the general kind. */
function isForeign(attribute: Attribute | undefined, { objects }: Spec): boolean {
  if (attribute === undefined) return false;
  const { type } = attribute;
  if (type.kind === 'handle') return objects[type.object] === undefined;
  return type.kind === 'list' && type.of === 'handle' && objects[type.name ?? ''] === undefined;
}
