/** A `uverbs` message field by field, and the memory it points to: requests and responses of write commands, buffers of attributes. */
import type { Call, Cell, Diagram, Encoded, Patch } from '../abi.ts';
import { filled, valueText } from '../cells.ts';
import { decode } from './decode.ts';
import { formOf } from './forms.ts';
import { attributeAt, DATA_AT } from './layout.ts';
import type { Layout, NativeAttribute, UverbsTables } from './tables.ts';

/** Fields of an attribute before its data. */
const ATTRIBUTE_FIELDS = [
  { name: 'attr_id', at: 0 },
  { name: 'len', at: 2 },
  { name: 'flags', at: 4 },
  { name: 'attr_data', at: 6 },
] as const;

/** Attributes of INVOKE_WRITE that hold a command's request and response. */
const CORE_IN = 'CORE_IN';
const CORE_OUT = 'CORE_OUT';

export function diagramOf(tables: UverbsTables, call: Call, encoded: Encoded): Diagram {
  const bytes = encoded.regions[0]?.bytes ?? new Uint8Array(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoded = decode(tables, encoded.request, bytes);
  const pointed = new Map(encoded.patches.filter(({ into }) => into === 0).map((patch) => [patch.offset, patch]));
  const cells: Cell[] = decoded.header.map(({ name, value, offset, length }) => ({
    name,
    value,
    at: offset,
    bytes: length,
    part: 'header',
  }));
  const { command, method } = formOf(tables, call);
  const buffers: Diagram['buffers'][number][] = [];
  for (const [index, { name, value }] of decoded.attributes.entries()) {
    const offset = attributeAt(index);
    for (const field of ATTRIBUTE_FIELDS) {
      const number = String(view.getUint16(offset + field.at, true));
      const text = field.name === 'attr_id' ? `${name}(${number})` : number;
      cells.push({ name: field.name, value: text, at: offset + field.at, bytes: 2, part: 'attribute' });
    }
    const patch = pointed.get(offset + DATA_AT);
    const text = patch === undefined ? value : `address of ${name}`;
    cells.push({ name, value: text, at: offset + DATA_AT, bytes: 8, part: 'value' });
    if (patch === undefined) continue;
    const native = method.attributes.find((attribute) => attribute.name === name);
    const [layout, title] = layoutOf(name, native, command);
    buffers.push(bufferOf(title, layout, memory(encoded, patch)));
  }
  const { name, request } = decoded;
  return { name, request, bytes: bytes.length, cells: filled(cells, bytes.length), buffers };
}

function memory({ regions }: Encoded, { region, target }: Patch): Uint8Array {
  return (regions[region]?.bytes ?? new Uint8Array(0)).subarray(target);
}

function layoutOf(
  name: string,
  native: NativeAttribute | undefined,
  command: ReturnType<typeof formOf>['command'],
): readonly [Layout | undefined, string] {
  if (command !== undefined && name === CORE_IN) return [command.request, titleOf(name, command.request)];
  if (command !== undefined && name === CORE_OUT) return [command.response, titleOf(name, command.response)];
  return native === undefined ? [undefined, name] : [native.layout, titleOf(name, native.layout)];
}

function titleOf(attribute: string, layout: Layout): string {
  return layout.fields.length > 1 ? `${attribute}: struct ib_uverbs_${layout.name}` : attribute;
}

/** What the layout does not describe, such as the records behind a request, is one cell. */
function bufferOf(title: string, layout: Layout | undefined, bytes: Uint8Array): Diagram['buffers'][number] {
  const fields = (layout?.fields ?? []).flatMap((field): readonly [string, number, number][] =>
    field.layout === undefined
      ? [[field.name, field.at, field.bytes]]
      : field.layout.fields.map((inner): [string, number, number] => [
          `${field.name}.${inner.name}`,
          field.at + inner.at,
          inner.bytes,
        ]),
  );
  const known = fields.filter(([, at, size]) => at + size <= bytes.length);
  const cells = known.map(([name, at, size]): Cell => {
    return { name, value: valueText(bytes.subarray(at, at + size)), at, bytes: size, part: 'value' };
  });
  const end = Math.max(layout?.bytes ?? 0, ...known.map(([, at, size]) => at + size), 0);
  if (bytes.length > end) {
    const size = bytes.length - end;
    cells.push({ name: 'records that follow', value: `${String(size)} bytes`, at: end, bytes: size, part: 'value' });
  }
  return { title, bytes: bytes.length, cells: filled(cells, bytes.length) };
}
