/** `spec.uverbs`, of unknown form, to tables. Throws TypeError naming the place where a table is not as it must be. */
import type { Spec } from '../../model.ts';
import { INLINE_BYTES } from './layout.ts';
import { Node } from './narrow.ts';
import { checkCarried, readCommand } from './read_commands.ts';
import { readLayouts, valueOf } from './read_layouts.ts';
import type { AttributeForm, Layout, NativeAttribute, NativeMethod, UverbsTables } from './tables.ts';
import { isReference } from './tables.ts';

const FORMS: readonly AttributeForm[] = ['object', 'fd', 'const', 'flags', 'in', 'out'];
/** Old callers send flags as four bytes. */
const FLAGS_MINIMUM = 4;
const UNLIMITED = 0xffffffff;

const built = new WeakMap<Spec, UverbsTables>();

export function tablesOf(spec: Spec): UverbsTables {
  let tables = built.get(spec);
  if (tables === undefined) built.set(spec, (tables = readTables(spec)));
  return tables;
}

function readTables(spec: Spec): UverbsTables {
  const root = new Node(spec.uverbs, 'uverbs');
  const layouts = readLayouts(root.child('structs'));
  const objects = root.child('objects').children();
  const methods = objects.flatMap(([object, node]) =>
    node
      .child('methods')
      .children()
      .map(([name, method]) => readMethod(spec, layouts, object, node.number('id'), name, method)),
  );
  const commands = root
    .child('commands')
    .children()
    .map(([name, node]) => readCommand(spec, layouts, name, node));
  const invoke = methods.find((method) => method.invokes);
  const getContext = methods.find((method) => method.opensContext);
  if (invoke === undefined) throw new TypeError('uverbs table objects: no method invokes commands');
  if (getContext === undefined) throw new TypeError('uverbs table objects: no method opens the context');
  const objectIds = Object.fromEntries(objects.map(([object, node]) => [object, node.number('id')]));
  return { objectIds, methods, commands, layouts, invoke, getContext };
}

function readMethod(
  spec: Spec,
  layouts: Readonly<Record<string, Layout>>,
  object: string,
  objectId: number,
  name: string,
  node: Node,
): NativeMethod {
  const serves = node.optionalText('serves');
  const like = node.optionalText('like');
  const attributes = node
    .child('attributes')
    .children()
    .map(([attribute, child]) => readAttribute(layouts, attribute, child));
  for (const attribute of attributes) checkCarried(spec, serves ?? like, attribute.layout, node);
  return {
    object,
    name,
    objectId,
    id: node.number('id'),
    constant: node.text('constant'),
    prefix: node.optionalText('prefix') ?? '',
    serves,
    like,
    opensContext: node.says('context', 'opens'),
    invokes: node.says('invokes', 'commands'),
    attributes,
  };
}

function readAttribute(layouts: Readonly<Record<string, Layout>>, name: string, node: Node): NativeAttribute {
  const form = node.oneOf('type', FORMS);
  const layout = attributeLayout(layouts, name, node, form);
  const object = isReference(form);
  const minimum = form === 'flags' ? FLAGS_MINIMUM : layout.bytes;
  return {
    name,
    id: node.number('id'),
    form,
    object: object ? node.text('object') : '',
    access: object ? node.oneOf('access', ['new', 'read', 'destroy']) : 'read',
    minimum: node.number('minimum', minimum),
    bytes: layout.bytes,
    extensible: node.flag('extensible') || node.flag('open'),
    open: node.flag('open'),
    required: node.flag('required'),
    maximum: node.number('maximum', UNLIMITED),
    layout,
  };
}

/** Every attribute has a layout; one that is a single value has one field. */
function attributeLayout(
  layouts: Readonly<Record<string, Layout>>,
  name: string,
  node: Node,
  form: AttributeForm,
): Layout {
  const struct = node.has('struct') ? layouts[node.text('struct')] : undefined;
  if (node.has('struct') && struct === undefined) throw node.wrong('struct', 'a layout of structs.yaml');
  if (struct !== undefined && !node.has('carries')) return struct;
  const list = node.optionalText('list');
  if (list !== undefined) return { name, bytes: 0, fields: [], list };
  const open = node.flag('open');
  const wide = isReference(form) || form === 'const' || form === 'flags';
  const bytes = struct?.bytes ?? (wide ? INLINE_BYTES : open ? 0 : node.number('bytes'));
  if (bytes === 0) return { name, bytes, fields: [] };
  return { name, bytes, fields: [{ ...valueOf(node, bytes), name, at: 0, layout: struct }] };
}
