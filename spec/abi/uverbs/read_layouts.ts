/** structs.yaml to layouts. A struct inside a struct is laid flat unless it holds a neutral struct as a whole. */
import type { Node } from './narrow.ts';
import type { Field, Layout } from './tables.ts';

export function readLayouts(structs: Node): Readonly<Record<string, Layout>> {
  const layouts: Record<string, Layout> = {};
  for (const [name, node] of structs.children()) {
    const bytes = node.number('bytes');
    const fields = node
      .child('fields')
      .children()
      .flatMap(([fieldName, field]) => readField(layouts, fieldName, field));
    const also = node.has('also')
      ? node
          .child('also')
          .children()
          .flatMap(([fieldName, field]) => readField(layouts, fieldName, field))
      : [];
    for (const field of [...fields, ...also]) {
      if (field.at + field.bytes > bytes) throw node.wrong(field.name, `within the ${String(bytes)} bytes of ${name}`);
    }
    layouts[name] = { name, bytes, fields, also, since: node.version('since'), own: node.flag('own') };
  }
  return layouts;
}

function readField(layouts: Readonly<Record<string, Layout>>, name: string, node: Node): readonly Field[] {
  const field: Field = { ...valueOf(node, node.number('bytes')), name, at: node.number('at') };
  if (!node.has('struct')) return [field];
  const layout = layouts[node.text('struct')];
  if (layout === undefined) throw node.wrong('struct', 'a layout that stands further up');
  if (layout.bytes !== field.bytes) throw node.wrong('bytes', `${String(layout.bytes)}, as ${layout.name} has`);
  if (field.carries.length > 0) return [{ ...field, layout }];
  return layout.fields.map((inner) => ({ ...inner, name: `${name}.${inner.name}`, at: field.at + inner.at }));
}

/** The part of a field that an attribute of one value has too. */
export function valueOf(node: Node, bytes: number): Omit<Field, 'name' | 'at'> {
  return {
    bytes,
    big: node.says('order', 'big'),
    carries: node.texts('carries'),
    layout: undefined,
    map: node.numbers('map'),
    otherwise: node.optionalText('otherwise'),
    value: node.number('value', 0),
    absent: node.number('absent', 0),
    since: node.version('since'),
  };
}
