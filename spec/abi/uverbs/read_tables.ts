/** `spec.uverbs`, of unknown form, to tables. Throws TypeError naming the place where a table is not as it must be. */
import type { Spec } from '../../model.ts';
import { DRIVER_BIT, INLINE_BYTES } from './layout.ts';
import { Node } from './narrow.ts';
import { checkCarried, readCommand } from './read_commands.ts';
import { readConstants } from './read_constants.ts';
import { readHfi1 } from './read_hfi1.ts';
import { readLayouts, valueOf } from './read_layouts.ts';
import type { AttributeForm, Layout, NativeAttribute, NativeMethod, NativeObject, UverbsTables } from './tables.ts';
import { isReference } from './tables.ts';

const FORMS: readonly AttributeForm[] = ['object', 'fd', 'raw_fd', 'const', 'flags', 'enum', 'in', 'out'];
/** Old callers send flags as four bytes. */
const FLAGS_MINIMUM = 4;
const UNLIMITED = 0xffffffff;
/** What an open attribute can be a list of, beside layouts. */
const ELEMENTS: readonly string[] = ['u32', 's32'];

type Layouts = Readonly<Record<string, Layout>>;

const built = new WeakMap<Spec, UverbsTables>();

export function tablesOf(spec: Spec): UverbsTables {
  let tables = built.get(spec);
  if (tables === undefined) built.set(spec, (tables = readTables(spec)));
  return tables;
}

function readTables(spec: Spec): UverbsTables {
  const root = new Node(spec.uverbs, 'uverbs');
  const layouts = readLayouts(root.child('structs'));
  const each = <T>(table: string, read: (name: string, node: Node) => T): readonly T[] =>
    root
      .child(table)
      .children()
      .map(([name, node]) => read(name, node));
  const objects = each('objects', (name, node) => readObject(spec, layouts, name, node));
  const commands = each('commands', (name, node) => readCommand(spec, layouts, name, node));
  const constants = each('constants', (name, node) => readConstants(spec, name, node));
  const methods = objects.flatMap((object) => object.methods);
  const invoke = methods.find((method) => method.invokes);
  const getContext = methods.find((method) => method.opensContext);
  if (invoke === undefined) throw new TypeError('uverbs table objects: no method invokes commands');
  if (getContext === undefined) throw new TypeError('uverbs table objects: no method opens the context');
  const hfi1 = readHfi1(root.child('hfi1'));
  const names = {
    objects: new Set(objects.map(({ name }) => name)),
    constants: new Set(constants.map(({ name }) => name)),
  };
  for (const method of methods)
    for (const attribute of method.attributes) checkNames(names, layouts, method, attribute);
  return { objects, methods, commands, layouts, constants, hfi1, invoke, getContext };
}

function readObject(spec: Spec, layouts: Layouts, name: string, node: Node): NativeObject {
  const id = node.number('id');
  const methods = node
    .child('methods')
    .children()
    .map(([method, child]) => readMethod(spec, layouts, name, id, method, child));
  const handles = node.has('handles') ? node.oneOf('handles', ['fd', 'none']) : 'handle';
  return { name, id, handles, needs: node.texts('needs'), methods, ...node.lifespan() };
}

function readMethod(
  spec: Spec,
  layouts: Layouts,
  object: string,
  objectId: number,
  name: string,
  node: Node,
): NativeMethod {
  const serves = node.optionalText('serves');
  const like = node.optionalText('like');
  const prefix = node.optionalText('prefix');
  const attributes = node
    .child('attributes')
    .children()
    .map(([attribute, child]) => readAttribute(layouts, prefix, attribute, child));
  for (const attribute of attributes) checkCarried(spec, serves ?? like, attribute.layout, node);
  return {
    object,
    name,
    objectId,
    id: node.number('id'),
    constant: node.text('constant'),
    serves,
    like,
    opensContext: node.says('context', 'opens'),
    invokes: node.says('invokes', 'commands'),
    attributes,
    ...node.lifespan(),
  };
}

function readAttribute(layouts: Layouts, prefix: string | undefined, name: string, node: Node): NativeAttribute {
  const form = node.oneOf('type', FORMS);
  const layout = attributeLayout(layouts, name, node, form);
  const object = isReference(form);
  const minimum = form === 'flags' ? FLAGS_MINIMUM : layout.bytes;
  const id = node.number('id');
  const own = node.optionalText('prefix') ?? prefix;
  return {
    name,
    constant: own === undefined || id >= DRIVER_BIT ? name : `${own}_${name}`,
    id,
    form,
    object: object ? node.text('object') : '',
    access: object ? node.oneOf('access', ['new', 'read', 'write', 'destroy']) : 'read',
    minimum: node.number('minimum', minimum),
    bytes: layout.bytes,
    extensible: node.flag('extensible') || node.flag('open'),
    open: node.flag('open'),
    required: node.flag('required'),
    sometimes: node.flag('sometimes'),
    maximum: node.number('maximum', UNLIMITED),
    layout,
    values: node.optionalText('values'),
    elements: node.optionalText('of'),
    ...node.lifespan(),
  };
}

/** What an attribute names must be in the tables: the object, the constants, the elements of a list. */
function checkNames(
  { objects, constants }: Readonly<Record<'objects' | 'constants', ReadonlySet<string>>>,
  layouts: Layouts,
  method: NativeMethod,
  { name, form, object, values, elements }: NativeAttribute,
): void {
  const unknown =
    isReference(form) && !objects.has(object)
      ? `object ${object}`
      : values !== undefined && !constants.has(values)
        ? `constants ${values}`
        : elements !== undefined && layouts[elements] === undefined && !ELEMENTS.includes(elements)
          ? `elements ${elements}`
          : undefined;
  if (unknown !== undefined)
    throw new TypeError(
      `uverbs table uverbs.objects.${method.object}.methods.${method.name}: ${name} names no ${unknown}`,
    );
}

/** Every attribute has a layout; one that is a single value has one field. */
function attributeLayout(layouts: Layouts, name: string, node: Node, form: AttributeForm): Layout {
  const struct = node.has('struct') ? layouts[node.text('struct')] : undefined;
  if (node.has('struct') && struct === undefined) throw node.wrong('struct', 'a layout of structs.yaml');
  if (struct !== undefined && !node.has('carries')) return struct;
  const list = node.optionalText('list');
  if (list !== undefined) return { name, bytes: 0, fields: [], list };
  const open = node.flag('open') || form === 'enum';
  const wide = isReference(form) || form === 'const' || form === 'flags' || form === 'raw_fd';
  const bytes = struct?.bytes ?? (wide ? INLINE_BYTES : open ? 0 : node.number('bytes'));
  if (bytes === 0) return { name, bytes, fields: [] };
  return { name, bytes, fields: [{ ...valueOf(node, bytes), name, at: 0, layout: struct }] };
}
