/** A `uapi` message field by field: its header, then for each attribute a header, a value and padding. */
import type { Spec } from '../../model.ts';
import type { Cell, Diagram, Encoded } from '../abi.ts';
import { filled, valueText } from '../cells.ts';
import { decode } from './decode.ts';
import { ATTRIBUTE_BYTES } from './layout.ts';
import { attributeOf, type Tables } from './tables.ts';

/** Fields of an attribute's header. */
const ATTRIBUTE_FIELDS = [
  { name: 'length', at: 0 },
  { name: 'id', at: 2 },
  { name: 'flags', at: 4 },
  { name: 'reserved', at: 6 },
] as const;

export function diagramOf(spec: Spec, tables: Tables, { request, regions }: Encoded): Diagram {
  const bytes = regions[0]?.bytes ?? new Uint8Array(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoded = decode(spec, tables, request, bytes);
  const table = tables.classes.get(view.getUint16(2, true))?.table;
  const cells: Cell[] = decoded.header.map(({ name, value, offset, length }) => ({
    name,
    value,
    at: offset,
    bytes: length,
    part: 'header',
  }));
  for (const { name, value, offset, length } of decoded.attributes) {
    for (const field of ATTRIBUTE_FIELDS) {
      const number = String(view.getUint16(offset + field.at, true));
      cells.push({
        name: field.name,
        value: field.name === 'id' ? `${name}(${number})` : number,
        at: offset + field.at,
        bytes: 2,
        part: 'attribute',
      });
    }
    const at = offset + ATTRIBUTE_BYTES;
    const size = length - ATTRIBUTE_BYTES;
    const type = table === undefined ? undefined : attributeOf(table, name).type;
    const fields = type?.kind === 'struct' ? (spec.structs[type.of]?.fields ?? []) : [];
    if (fields.length === 0 || size === 0) {
      if (size > 0) cells.push({ name, value, at, bytes: size, part: 'value' });
      continue;
    }
    for (const field of fields) {
      const start = at + field.offset;
      const text = valueText(bytes.subarray(start, start + field.width));
      cells.push({ name: `${name}.${field.name}`, value: text, at: start, bytes: field.width, part: 'value' });
    }
  }
  const { name, request: number } = decoded;
  return { name, request: number, bytes: bytes.length, cells: filled(cells, bytes.length), buffers: [] };
}
