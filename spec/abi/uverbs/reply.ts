/** The bytes of an answered message to a neutral reply. */
import type { Spec } from '../../model.ts';
import type { Call, Encoded, Reply, Value } from '../abi.ts';
import { formOf, type Form } from './forms.ts';
import { ATTRIBUTE_BYTES, DATA_AT, FLAGS_AT, FLAG_WRITTEN, HEADER_BYTES } from './layout.ts';
import { readLayout, unmeant, type CarriedValue } from './layouts.ts';
import { readRecords } from './records.ts';
import type { Layout, NativeAttribute, UverbsTables } from './tables.ts';
import { inWords } from './values.ts';

/**
 * The outputs the call asked for and the kernel marked as written, by name, and the object's handle.
 * Outputs the message has in any case, but nobody asked for, are left out: a reply reads the same in every ABI.
 */
export function replyOf(
  spec: Spec,
  tables: UverbsTables,
  call: Call,
  encoded: Encoded,
  form = formOf(tables, call),
): Reply {
  const asked = askedFor(spec, call);
  const attributes: Record<string, Value> = {};
  const view = viewOf(encoded);
  let handle = call.on ?? 0;
  for (const { native, at } of answered(form, view)) {
    if (native.access === 'new') handle = view.getUint32(at + DATA_AT, true);
    const layout = outputLayout(form, native);
    if (layout === undefined) continue;
    const bytes = writtenBytes(encoded, view, at);
    if (bytes === undefined) continue;
    if (layout.list !== undefined && asked.has(layout.list)) attributes[layout.list] = listOf(bytes);
    const carried = readLayout(spec, call.object, layout, bytes);
    const others = unmeant(spec, call.object, layout, bytes);
    handle = Number(carried.get('@handle') ?? handle);
    const answers = native.name === 'CORE_OUT' ? form.command?.answers : undefined;
    if (answers !== undefined && asked.has(answers.list)) {
      const behind = bytes.subarray(layout.bytes);
      const count = Number(carried.get('@answer_count') ?? 0);
      attributes[answers.list] = readRecords(spec, call.object, answers, behind, count);
    }
    for (const [name, value] of carried) {
      if (asked.has(name) && !(others.has(name) && isDoubled(layout, name, asked)))
        attributes[name] = neutral(spec, call.object, name, value);
    }
  }
  return { handle, attributes };
}

function viewOf(encoded: Encoded): DataView {
  const bytes = encoded.regions[0]?.bytes ?? new Uint8Array(0);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The attributes of the message that its method has, with their offsets. */
function answered(form: Form, view: DataView): readonly { readonly native: NativeAttribute; readonly at: number }[] {
  const found: { native: NativeAttribute; at: number }[] = [];
  for (let at = HEADER_BYTES; at + ATTRIBUTE_BYTES <= view.byteLength; at += ATTRIBUTE_BYTES) {
    const native = form.method.attributes.find((candidate) => candidate.id === view.getUint16(at, true));
    if (native !== undefined) found.push({ native, at });
  }
  return found;
}

/** How the bytes of an output lie: the command's response for CORE_OUT, the attribute's own layout otherwise. */
function outputLayout(form: Form, native: NativeAttribute): Layout | undefined {
  if (native.form !== 'out') return undefined;
  return form.command !== undefined && native.name === 'CORE_OUT' ? form.command.response : native.layout;
}

/** The bytes of an output; undefined where it was not written. */
function writtenBytes(encoded: Encoded, view: DataView, at: number): Uint8Array | undefined {
  const written = (view.getUint16(at + FLAGS_AT, true) & FLAG_WRITTEN) !== 0;
  const patch = encoded.patches.find((candidate) => candidate.into === 0 && candidate.offset === at + DATA_AT);
  return written ? encoded.regions[patch?.region ?? -1]?.bytes.subarray(patch?.target ?? 0) : undefined;
}

/** Whether the call asks for another neutral struct in the same place: then only the one that is meant is answered. */
function isDoubled(layout: Layout, name: string, asked: ReadonlySet<string>): boolean {
  return layout.fields.some(
    ({ carries }) => carries.includes(name) && carries.some((other) => other !== name && asked.has(other)),
  );
}

/** Outputs given room for, and inputs that are answered. */
function askedFor(spec: Spec, call: Call): ReadonlySet<string> {
  const uses = spec.objects[call.object]?.methods[call.method]?.attributes ?? [];
  const both = uses.filter((use) => use.direction === 'inout' && call.attributes[use.name] !== undefined);
  return new Set([...Object.keys(call.room ?? {}), ...both.map((use) => use.name)]);
}

function neutral(spec: Spec, object: string, name: string, value: CarriedValue): Value {
  const type = spec.objects[object]?.attributes[name]?.type;
  return type === undefined || typeof value === 'object' ? value : inWords(spec, type, value);
}

/** The numbers of 8 bytes that fill an output. */
function listOf(bytes: Uint8Array): bigint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) => view.getBigUint64(8 * index, true));
}
