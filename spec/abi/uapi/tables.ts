/** The object tables indexed as `uapi` messages need them: by class id, and inside a class by method number and attribute id. */
import type { Attribute, Method, MethodAttribute, ObjectTable, Spec } from '../../model.ts';

export interface ClassInfo {
  readonly id: number;
  readonly table: ObjectTable;
  /** Queue-pair type, or undefined for objects without variants. */
  readonly variant: string | undefined;
  /** `qp_rc`, `pd`: how the class is called in words. */
  readonly name: string;
}

/** A method's attributes as one class has them. */
export interface MethodInfo {
  readonly method: Method;
  readonly attributes: readonly { readonly attribute: Attribute; readonly use: MethodAttribute }[];
}

export interface Tables {
  readonly classes: ReadonlyMap<number, ClassInfo>;
  classOf(object: string, variant: string | undefined): ClassInfo;
  methodsOf(info: ClassInfo): ReadonlyMap<number, MethodInfo>;
}

/** Whether a method attribute exists for a variant. */
export function appliesTo(use: MethodAttribute, variant: string | undefined): boolean {
  return use.only === undefined || (variant !== undefined && use.only.includes(variant));
}

/** Whether a method attribute is required for a variant. */
export function requiredFor(use: MethodAttribute, variant: string | undefined): boolean {
  return use.required && !(variant !== undefined && use.optionalFor?.includes(variant) === true);
}

const tablesOfSpec = new WeakMap<Spec, Tables>();

/** Made once for a specification, which is never changed in place. */
export function tablesOf(spec: Spec): Tables {
  let tables = tablesOfSpec.get(spec);
  if (tables === undefined) tablesOfSpec.set(spec, (tables = makeTables(spec)));
  return tables;
}

function makeTables(spec: Spec): Tables {
  const classes = new Map<number, ClassInfo>();
  const byName = new Map<string, ClassInfo>();
  for (const table of Object.values(spec.objects)) {
    const ids: [string | undefined, number][] =
      typeof table.classId === 'number' ? [[undefined, table.classId]] : Object.entries(table.classId);
    for (const [variant, id] of ids) {
      const name = variant === undefined ? table.object : `${table.object}_${variant.toLowerCase()}`;
      const info = { id, table, variant, name };
      classes.set(id, info);
      byName.set(`${table.object}/${variant ?? ''}`, info);
    }
  }
  return {
    classes,
    classOf(object, variant) {
      const info = byName.get(`${object}/${variant ?? ''}`);
      if (info === undefined) throw new RangeError(`the spec has no class for ${object} ${variant ?? ''}`);
      return info;
    },
    methodsOf,
  };
}

/** By table and variant: specifications that differ elsewhere share what is known of a table. */
const methodsOfTable = new WeakMap<ObjectTable, Map<string | undefined, ReadonlyMap<number, MethodInfo>>>();

function methodsOf(info: ClassInfo): ReadonlyMap<number, MethodInfo> {
  let variants = methodsOfTable.get(info.table);
  if (variants === undefined)
    methodsOfTable.set(info.table, (variants = new Map<string | undefined, ReadonlyMap<number, MethodInfo>>()));
  let methods = variants.get(info.variant);
  if (methods === undefined) variants.set(info.variant, (methods = makeMethods(info)));
  return methods;
}

function makeMethods(info: ClassInfo): ReadonlyMap<number, MethodInfo> {
  const found = new Map<number, MethodInfo>();
  for (const method of Object.values(info.table.methods)) {
    const attributes = method.attributes
      .filter((use) => appliesTo(use, info.variant))
      .map((use) => ({ attribute: attributeOf(info.table, use.name), use }));
    found.set(method.number, { method, attributes });
  }
  return found;
}

/** The attribute `name` of a table; throws RangeError where it has none. */
export function attributeOf(table: ObjectTable, name: string): Attribute {
  const attribute = table.attributes[name];
  if (attribute === undefined) {
    throw new RangeError(
      `${table.object} has no attribute ${name}; it has ${Object.keys(table.attributes).join(', ')}`,
    );
  }
  return attribute;
}

/** The method `name` of a table; throws RangeError where it has none. */
export function methodNamed(table: ObjectTable, name: string): Method {
  const method = table.methods[name];
  if (method === undefined) {
    throw new RangeError(`${table.object} has no method ${name}; it has ${Object.keys(table.methods).join(', ')}`);
  }
  return method;
}
