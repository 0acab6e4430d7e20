/** What the fields of a layout name, as they lie in memory: objects, addresses, keys; and for outputs every field there is. */
import type { AttributeType, Spec } from '../../model.ts';
import type { NamedPlace, OutputPlace } from '../abi.ts';
import { recordOf } from './records.ts';
import type { Command, Field, Layout } from './tables.ts';

export type Placed = NamedPlace | OutputPlace;

/** A place that is one attribute, and whose call it belongs to. */
interface OneLayout {
  readonly object: string;
  readonly layout: Layout;
}

const HANDLE_BYTES = 4;

/** Numbers beside handles that calls give out, by what a response carries, and the words requests carry them under. */
const GIVEN: ReadonlySet<string> = new Set(['qpn', 'srq_num', 'lkey', 'rkey']);
const TAKEN: ReadonlyMap<string, string> = new Map([
  ['dest_qpn', 'qpn'],
  ['remote_qpn', 'qpn'],
  ['lkey', 'lkey'],
  ['rkey', 'rkey'],
]);
const NATIVE_HANDLE = /(?:^|[._])(pd|mr|mw|cq|qp|ah|srq|xrcd|wq|flow|ind_tbl)_handle$/;
const DESCRIPTORS: Readonly<Record<string, string>> = { comp_channel: 'comp_channel', async_fd: 'async_event' };
/** Where requests name memory of the process. */
const ADDRESSES: ReadonlySet<string> = new Set(['start', 'iova', 'addr']);

/**
 * Of a request or a response that begins at `begin` of a region; `bytes`: the region as sent. A field that is not there in
 * full is left out.
 */
export function carriedPlaces(
  spec: Spec,
  form: Command | OneLayout,
  part: 'request' | 'response',
  region: number,
  bytes: Uint8Array,
  begin: number,
): readonly Placed[] {
  const object = objectOf(form);
  const fitting = (placed: readonly Placed[]): readonly Placed[] =>
    placed.filter(({ offset, bytes: width }) => offset + width <= bytes.length);
  const at = (layout: Layout, from: number): readonly Placed[] =>
    fitting(layout.fields.flatMap((field) => fieldPlaces(spec, object, field, part, region, from)));
  if ('layout' in form) return at(form.layout, begin);
  if (part === 'response') {
    const records = form.answers?.layout;
    const answered = [...at(form.response, begin)];
    for (let one = begin + form.response.bytes; records !== undefined && one < bytes.length; one += records.bytes)
      answered.push(...at(records, one));
    return answered;
  }
  const behind = begin + form.request.bytes;
  const places = [...at(form.request, begin)];
  if (form.work !== undefined) {
    places.push(...at(form.work.layout, behind));
    const { pieces } = form.work;
    const from = behind + form.work.layout.bytes;
    for (let one = from; one + pieces.layout.bytes <= bytes.length; one += pieces.layout.bytes)
      places.push(...at({ ...pieces.layout, name: recordOf(spec, object, pieces.list) }, one));
  }
  return [...places, ...fitting(tailPlaces(spec, object, form, region, bytes, behind))];
}

/** Whose attributes the fields carry: GET_CONTEXT is of the device, and the descriptor in its response an async_event's. */
function objectOf(form: Command | OneLayout): string {
  return ('layout' in form ? form.object : ((form.serves ?? form.like)?.split('.')[0] ?? form.object)) ?? '';
}

function fieldPlaces(
  spec: Spec,
  object: string,
  field: Field,
  part: 'request' | 'response',
  region: number,
  from: number,
): readonly Placed[] {
  const { bytes, carries } = field;
  const offset = from + field.at;
  const here = { region, offset, bytes };
  const placed: Placed[] = part === 'response' ? outputPlaces(spec, object, field, here) : [];
  for (const word of carries) {
    const named = namesOf(spec, object, word, part);
    if (named !== undefined) placed.push({ ...here, ...named });
  }
  const native = carries.length === 0 ? nativeNames(object, field.name, part) : undefined;
  return native === undefined ? placed : [...placed, { ...here, ...native }];
}

/** A neutral struct that lies there as a whole is told field by field. */
function outputPlaces(
  spec: Spec,
  object: string,
  { name, carries, big, map, layout }: Field,
  here: Pick<OutputPlace, 'region' | 'offset' | 'bytes'>,
): OutputPlace[] {
  if (layout !== undefined) {
    return layout.fields.map((inner) => ({
      region: here.region,
      offset: here.offset + inner.at,
      bytes: inner.bytes,
      name: `${name}.${inner.name}`,
      carries: carries.flatMap((whole) => inner.carries.map((field) => `${whole}.${field}`)),
      big: inner.big,
    }));
  }
  const type = spec.objects[object]?.attributes[carries[0] ?? '']?.type;
  const words = type?.kind === 'enum' ? (map ?? spec.enums[type.of]) : undefined;
  return [{ ...here, name, carries, big, ...(words === undefined ? {} : { words }) }];
}

function namesOf(
  spec: Spec,
  object: string,
  word: string,
  part: 'request' | 'response',
): Pick<NamedPlace, 'names' | 'of' | 'use' | 'target'> | undefined {
  const made = part === 'response';
  if (word === '@handle') {
    const fd = spec.objects[object]?.instances === 'fd';
    return { names: fd ? 'fd' : 'handle', of: object, use: made ? 'made' : 'used', target: !made };
  }
  if (made) return GIVEN.has(word) ? { names: 'number', of: word, use: 'made', target: false } : undefined;
  const type = spec.objects[object]?.attributes[word]?.type;
  const referent = type === undefined ? undefined : referentOf(type);
  if (referent !== undefined) return { ...referent, use: 'used', target: false };
  const number = TAKEN.get(word);
  if (number !== undefined) return { names: 'number', of: number, use: 'used', target: false };
  return ADDRESSES.has(word) ? { names: 'address', of: 'memory', use: 'used', target: false } : undefined;
}

/** Commands that no neutral call is sent by carry nothing; the kernel calls a handle `<object>_handle` all the same. */
function nativeNames(
  object: string,
  field: string,
  part: 'request' | 'response',
): Pick<NamedPlace, 'names' | 'of' | 'use' | 'target'> | undefined {
  if (DESCRIPTORS[field] !== undefined)
    return { names: 'fd', of: DESCRIPTORS[field], use: part === 'response' ? 'made' : 'used', target: false };
  const [, word = ''] = NATIVE_HANDLE.exec(field) ?? [];
  const of = word === 'ind_tbl' ? 'rwq_ind_tbl' : word;
  if (of === '') return undefined;
  return {
    names: 'handle',
    of,
    use: part === 'response' ? 'made' : 'used',
    target: part === 'request' && of === object,
  };
}

function referentOf(type: AttributeType): Pick<NamedPlace, 'names' | 'of'> | undefined {
  if (type.kind === 'handle' || type.kind === 'fd') return { names: type.kind, of: type.object };
  return type.kind === 'list' && type.of === 'handle' ? { names: 'handle', of: type.name ?? '' } : undefined;
}

/** A list of handles, or the pieces that say their own type. */
function tailPlaces(
  spec: Spec,
  object: string,
  { tail }: Command,
  region: number,
  bytes: Uint8Array,
  behind: number,
): readonly Placed[] {
  const list = tail[0]?.list;
  const places: Placed[] = [];
  if (list !== undefined) {
    const referent = namesOf(spec, object, list, 'request');
    for (let at = behind; referent !== undefined && at + HANDLE_BYTES <= bytes.length; at += HANDLE_BYTES)
      places.push({ region, offset: at, bytes: HANDLE_BYTES, ...referent });
    return places;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = behind; at + HANDLE_BYTES <= bytes.length;) {
    const type = view.getUint32(at, true);
    const layout = tail.find((piece) => piece.layout.fields[0]?.value === type)?.layout;
    if (layout === undefined) break;
    for (const field of layout.fields) places.push(...fieldPlaces(spec, object, field, 'request', region, at));
    at += layout.bytes;
  }
  return places;
}
