/** Objects with their methods and attributes, as the tables have them. */
import { abiOf } from '../../spec/abi/registry.ts';
import type { AbiId, Attribute, AttributeType, Method, ObjectTable, Spec } from '../../spec/model.ts';
import { layoutsOf } from './layouts.ts';
import type { AttributeView, MethodView, ObjectView } from './model.ts';

const ABIS: readonly AbiId[] = ['uapi', 'uverbs'];

export function objectsOf(spec: Spec): ObjectView[] {
  const users = usersOf(spec);
  return Object.values(spec.objects).map((table) => objectOf(spec, table, users.get(table.object) ?? []));
}

function objectOf(spec: Spec, table: ObjectTable, usedBy: readonly string[]): ObjectView {
  const { object, title, instances, classId, space, driver = false, limit, lifecycle, moves } = table;
  return {
    object,
    title,
    instances,
    classId,
    space,
    driver,
    ...(limit === undefined ? {} : { limit }),
    uses: table.uses.map(({ attribute }) => attribute),
    usedBy,
    lifecycle: lifecycle.map(({ name, method, to, only }) => ({
      name,
      method,
      ...(to === undefined ? {} : { to }),
      ...(only === undefined ? {} : { only }),
    })),
    ...(moves === undefined ? {} : { moves }),
    attributes: Object.values(table.attributes).map(attributeView),
    methods: Object.values(table.methods).map((method) => methodView(spec, table, method)),
  };
}

/** By object: the objects whose create names one of it. */
function usersOf(spec: Spec): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const table of Object.values(spec.objects)) {
    for (const { attribute } of table.uses) {
      const type = table.attributes[attribute]?.type;
      const used = type === undefined ? undefined : referent(type);
      if (used === undefined) continue;
      const list = users.get(used) ?? [];
      if (!list.includes(table.object)) users.set(used, [...list, table.object]);
    }
  }
  return users;
}

function referent(type: AttributeType): string | undefined {
  if (type.kind === 'handle' || type.kind === 'fd') return type.object;
  return type.kind === 'list' && type.of === 'handle' ? type.name : undefined;
}

function attributeView({ name, id, type, meaning, bit, variants, bounds = [] }: Attribute): AttributeView {
  return {
    name,
    id,
    type: typeText(type),
    meaning,
    ...(bit === undefined ? {} : { bit }),
    ...(variants === undefined ? {} : { variants }),
    bounds: bounds.map(({ object, attribute, field, clause }) => ({
      what: [object, attribute, ...(field === undefined ? [] : [field])].join('.'),
      clause,
    })),
  };
}

/** `enum qp_state`, `list of record attribute_record`. */
function typeText(type: AttributeType): string {
  switch (type.kind) {
    case 'u32':
      return type.max === undefined ? 'u32' : `u32, at most ${String(type.max)}`;
    case 'u64':
      return 'u64';
    case 'enum':
    case 'flags':
    case 'struct':
      return `${type.kind} ${type.of}`;
    case 'handle':
      return `handle of ${type.object}`;
    case 'fd':
      return `descriptor of ${type.object}`;
    case 'list':
      return type.name === undefined ? `list of ${type.of}` : `list of ${type.of} ${type.name}`;
  }
}

function methodView(spec: Spec, table: ObjectTable, method: Method): MethodView {
  const abis = ABIS.map((id) => abiOf(spec, id)).filter((abi) => abi.expresses(table.object, method.name));
  const { name, number, role, meaning, serves, attributes } = method;
  return {
    name,
    number,
    role,
    meaning,
    abi: abis.map(({ id }) => id),
    ...(serves === undefined ? {} : { serves }),
    attributes,
    layouts: layoutsOf(abis, table, method),
  };
}
