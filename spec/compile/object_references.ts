/** Every name an object table uses exists: types, objects, bits, attributes, variants. */
import { CAPABILITIES, isCapability } from '../capabilities.ts';
import type { AttributeType, QpStates } from '../model.ts';
import type { Report } from '../problem.ts';
import { exampleFault, parseAttributeType } from './attribute_type.ts';
import { checkLifecycle } from './lifecycle.ts';
import { checkItems, checkKeys, unknownName, type Names } from './names.ts';
import { variantsOf, type AttributeSource, type MethodAttributeSource, type ObjectSource } from './object_table.ts';
import type { Types } from './types.ts';
import type { Path, YamlFile } from './yaml_file.ts';

/** What exists; a part that could not be compiled is undefined, and nothing is checked against it. */
export interface World {
  readonly types: Types | undefined;
  readonly qp: QpStates | undefined;
  /** Objects with a handle. */
  readonly created: readonly string[] | undefined;
  /** Objects named by a descriptor. */
  readonly fds: readonly string[] | undefined;
}

export function checkReferences(yaml: YamlFile, source: ObjectSource, world: World, report: Report): void {
  const qpTypes = Object.keys(world.types?.enums.get('qp_type') ?? {});
  if (typeof source.uapi !== 'number' && world.types !== undefined) {
    checkKeys(yaml, ['uapi'], source.uapi, { kind: 'queue-pair type', known: qpTypes }, report);
  }
  for (const [name, attribute] of Object.entries(source.attributes)) {
    checkAttribute(yaml, ['attributes', name], attribute, isInput(source, name), world, report);
  }
  const attributes = { kind: 'attribute', known: Object.keys(source.attributes) };
  for (const [method, { attributes: used, serves = [], needs, user }] of Object.entries(source.methods)) {
    checkItems(yaml, ['methods', method, 'serves'], serves, { kind: 'variant', known: variantsOf(source) }, report);
    checkNeeds(yaml, ['methods', method], needs, report);
    if (user !== undefined && world.created?.includes(user) === false)
      report(yaml.at(['methods', method, 'user']), unknownName(user, { kind: 'object', known: world.created }));
    const path = ['methods', method, 'attributes'];
    checkKeys(yaml, path, used, attributes, report);
    for (const [name, one] of Object.entries(used)) {
      checkVariants(yaml, [...path, name], one, variantsOf(source), report);
      checkNeeds(yaml, [...path, name], one.needs, report);
      if (one.unless !== undefined && !Object.hasOwn(used, one.unless))
        report(
          yaml.at([...path, name, 'unless']),
          unknownName(one.unless, { kind: 'attribute of the method', known: Object.keys(used) }),
        );
    }
  }
  checkUses(yaml, source, report);
  checkMoves(yaml, source, world, report);
  checkStates(yaml, source, world, report);
  checkLifecycle(yaml, source, world.qp, report);
}

function checkNeeds(yaml: YamlFile, path: Path, needs: string | undefined, report: Report): void {
  if (needs !== undefined && !isCapability(needs))
    report(yaml.at([...path, 'needs']), unknownName(needs, { kind: 'capability', known: CAPABILITIES }));
}

function isInput({ methods }: ObjectSource, name: string): boolean {
  return Object.values(methods).some((method) => (method.attributes[name]?.direction ?? 'out') !== 'out');
}

function checkAttribute(
  yaml: YamlFile,
  path: Path,
  attribute: AttributeSource,
  input: boolean,
  world: World,
  report: Report,
): void {
  const type = parseAttributeType(attribute.type, attribute.max);
  const names = referent(type, world);
  if (names !== undefined && !names.known.includes(names.name)) {
    report(yaml.at([...path, 'type']), unknownName(names.name, names));
  }
  if (attribute.max !== undefined && type.kind !== 'u32') {
    report(yaml.atKey([...path, 'max']), '`max` goes with u32 only');
  }
  const bits = world.qp === undefined ? undefined : Object.keys(world.qp.bits);
  if (attribute.bit !== undefined && bits?.includes(attribute.bit) === false) {
    report(yaml.at([...path, 'bit']), unknownName(attribute.bit, { kind: 'attribute bit', known: bits }));
  }
  checkItems(
    yaml,
    [...path, 'variants'],
    attribute.variants ?? [],
    { kind: 'variant', known: Object.keys(world.types?.enums.get('qp_type') ?? {}) },
    report,
  );
  if (attribute.example !== undefined) {
    const fault = world.types && exampleFault(attribute.example, type, world.types);
    if (fault !== undefined) report(yaml.at([...path, 'example']), `\`example\` ${fault}`);
  } else if (input && !isReference(type)) {
    report(yaml.atKey(path), `\`${String(path.at(-1))}\` is an input and needs an \`example\`, to build messages with`);
  }
}

/** Whether values of the type name objects, which a message is built with instead of an example. */
function isReference(type: AttributeType): boolean {
  return type.kind === 'handle' || type.kind === 'fd' || (type.kind === 'list' && type.of === 'handle');
}

/** The name a type refers to and what may be named there; undefined for types that name nothing. */
function referent(
  type: AttributeType,
  { types, created, fds }: World,
): (Names & { readonly name: string }) | undefined {
  switch (type.kind) {
    case 'enum':
      return types && { kind: 'enum', name: type.of, known: [...types.enums.keys()] };
    case 'flags':
      return types && { kind: 'flags', name: type.of, known: [...types.flags.keys()] };
    case 'struct':
      return types && { kind: 'struct', name: type.of, known: [...types.structs.keys()] };
    case 'list':
      if (type.of === 'record')
        return types && { kind: 'struct', name: type.name ?? '', known: [...types.structs.keys()] };
      return type.of === 'handle'
        ? created && { kind: 'object with handles', name: type.name ?? '', known: created }
        : undefined;
    case 'handle':
      return created && { kind: 'object with handles', name: type.object, known: created };
    case 'fd':
      return fds && { kind: 'fd object', name: type.object, known: fds };
    default:
      return undefined;
  }
}

function checkVariants(
  yaml: YamlFile,
  path: Path,
  use: MethodAttributeSource,
  variants: readonly string[],
  report: Report,
): void {
  for (const key of ['only', 'except', 'optional_for'] as const) {
    checkItems(yaml, [...path, key], use[key] ?? [], { kind: 'variant', known: variants }, report);
  }
  if (use.only !== undefined && use.except !== undefined) {
    report(yaml.atKey([...path, 'except']), '`only` and `except` exclude each other; keep one');
  }
  if (use.optional_for !== undefined && use.required !== true) {
    report(yaml.atKey([...path, 'optional_for']), '`optional_for` makes sense beside `required: true` only');
  }
}

/** The states of methods are members of the enum of the attribute `state`. */
function checkStates(yaml: YamlFile, source: ObjectSource, { types }: World, report: Report): void {
  const [, name = ''] = source.attributes['state']?.type.split(' ') ?? [];
  if (types === undefined) return;
  const members = { kind: 'state', known: Object.keys(types.enums.get(name) ?? {}) };
  for (const [method, { from = [], to }] of Object.entries(source.methods)) {
    checkItems(yaml, ['methods', method, 'from'], from, members, report);
    if (to !== undefined && !members.known.includes(to))
      report(yaml.at(['methods', method, 'to']), unknownName(to, members));
  }
}

/** Both ends of every move are members of the enum of the attribute `state`. */
function checkMoves(yaml: YamlFile, source: ObjectSource, { types }: World, report: Report): void {
  const { moves } = source;
  if (moves === undefined) return;
  const [, name = ''] = source.attributes['state']?.type.split(' ') ?? [];
  const members = { kind: 'state', known: Object.keys(types?.enums.get(name) ?? {}) };
  if (types === undefined) return;
  checkKeys(yaml, ['moves'], moves, members, report);
  for (const [from, next] of Object.entries(moves)) checkItems(yaml, ['moves', from], next, members, report);
}

function checkUses(yaml: YamlFile, source: ObjectSource, report: Report): void {
  const create = source.methods['create']?.attributes ?? {};
  for (const [index, name] of (source.uses ?? []).entries()) {
    const place = yaml.at(['uses', index]);
    if (!Object.hasOwn(create, name)) {
      report(place, unknownName(name, { kind: 'attribute of create', known: Object.keys(create) }));
    } else if (source.attributes[name] !== undefined && !/^(list )?handle /.test(source.attributes[name].type)) {
      report(place, `\`${name}\` names no object: its type is ${source.attributes[name].type}`);
    }
  }
}
