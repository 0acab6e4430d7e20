/**
 * Which bytes of a message name something that a call made: handles, descriptors, addresses of the process, keys and numbers of
 * objects. All of it from the tables: what a place carries says what it names, never the number that stands in it.
 */
import type { Spec } from '../../model.ts';
import type { NamedCall, NamedPlace, OutputPlace, Patch, SentMemory } from '../abi.ts';
import { COMMAND_EXTENDED, COMMAND_NUMBER, DATA_AT, REQUEST, attributeAt } from './layout.ts';
import { carriedPlaces, type Placed } from './carried_places.ts';
import { isReference, type Command, type NativeAttribute, type NativeMethod, type UverbsTables } from './tables.ts';

/** A handle in an attribute is 64 bits wide, whatever is in use of them. */
const REFERENCE_BYTES = 8;
/** What write begins with: the command, and how long request and response are; extended ones say more. */
const WRITE_HEADER = 8;
const WRITE_EXTENDED_HEADER = 24;
const WRITE_EXTENDED = 0x80000000;
const WRITE_RESPONSE = 8;

/** Undefined for a message of no method or command of the tables. */
export function namedCall(
  spec: Spec,
  tables: UverbsTables,
  request: number,
  memory: SentMemory,
): NamedCall | undefined {
  const [message] = memory.regions;
  if (request !== REQUEST || message === undefined) return undefined;
  const view = viewOf(message);
  if (view.byteLength < attributeAt(0)) return undefined;
  const [objectId, id] = [view.getUint16(2, true), view.getUint16(4, true)];
  const method = tables.methods.find((one) => one.objectId === objectId && one.id === id);
  if (method === undefined) return undefined;
  const there = Math.floor((view.byteLength - attributeAt(0)) / (attributeAt(1) - attributeAt(0)));
  const sent = Array.from({ length: Math.min(there, view.getUint16(6, true)) }, (_, index) => attributeAt(index));
  const found = sent.flatMap((at) => {
    const native = method.attributes.find((attribute) => attribute.id === view.getUint16(at, true));
    return native === undefined ? [] : [{ native, at }];
  });
  const command = method.invokes ? commandIn(tables, method, view, found) : undefined;
  const placed = found.flatMap(({ native, at }) => attributePlaces(spec, method, command, native, at, memory, view));
  const own = command === undefined ? (method.serves ?? `${method.object}.${method.name}`) : servesOf(command);
  return callOf(spec, own, placed);
}

/** The same for what is sent by write: a command, with or without the longer header of extended ones. */
export function namedWrite(spec: Spec, tables: UverbsTables, memory: SentMemory): NamedCall | undefined {
  const [message] = memory.regions;
  if (message === undefined || message.length < WRITE_HEADER) return undefined;
  const word = viewOf(message).getUint32(0, true);
  const extended = word >= WRITE_EXTENDED;
  const command = tables.commands.find((one) => one.number === (word & COMMAND_NUMBER) && one.extended === extended);
  if (command === undefined) return undefined;
  const begins = extended ? WRITE_EXTENDED_HEADER : WRITE_HEADER;
  const answer = memory.patches.find(({ into, offset }) => into === 0 && offset === WRITE_RESPONSE);
  const placed = [
    ...carriedPlaces(spec, command, 'request', 0, message, begins),
    ...(answer === undefined ? [] : responsePlaces(spec, command, answer, memory)),
  ];
  return callOf(spec, servesOf(command), placed);
}

/** The neutral call of a command, or what it would be called. */
function servesOf({ serves, object, name }: Command): string {
  return serves ?? `${object ?? 'device'}.${name}`;
}

function callOf(spec: Spec, serves: string, placed: readonly Placed[]): NamedCall {
  const [object = '', method = ''] = serves.split('.');
  const role = spec.objects[object]?.methods[method]?.role;
  const places: NamedPlace[] = [];
  const outputs: OutputPlace[] = [];
  for (const one of placed) {
    if ('names' in one) places.push(one);
    else outputs.push(one);
  }
  const observes = role === 'query' || /^(?:query|peek|read)(?:_|$)/.test(method);
  return { object, method, observes, places, outputs };
}

function commandIn(
  tables: UverbsTables,
  method: NativeMethod,
  view: DataView,
  found: readonly { readonly native: NativeAttribute; readonly at: number }[],
): Command | undefined {
  const id = method.attributes.find(({ form }) => form === 'const')?.id;
  const at = found.find(({ native }) => native.id === id)?.at;
  if (at === undefined) return undefined;
  const word = view.getUint32(at + DATA_AT, true);
  const extended = word >= COMMAND_EXTENDED;
  return tables.commands.find((one) => one.number === (word & COMMAND_NUMBER) && one.extended === extended);
}

function attributePlaces(
  spec: Spec,
  method: NativeMethod,
  command: Command | undefined,
  native: NativeAttribute,
  at: number,
  memory: SentMemory,
  view: DataView,
): readonly Placed[] {
  const here = { region: 0, offset: at + DATA_AT };
  if (isReference(native.form)) {
    const { object, access } = native;
    const use = access === 'new' ? 'made' : access === 'destroy' ? 'ended' : 'used';
    const target = native.layout.fields.some(({ carries }) => carries.includes('@handle')) && access !== 'new';
    return [
      { ...here, bytes: REFERENCE_BYTES, names: native.form === 'fd' ? 'fd' : 'handle', of: object, use, target },
    ];
  }
  const pointed = memory.patches.find(({ into, offset }) => into === 0 && offset === here.offset);
  const length = view.getUint16(at + 2, true);
  const place = pointed === undefined ? here : { region: pointed.region, offset: pointed.target };
  const bytes = (memory.regions[place.region] ?? new Uint8Array(0)).subarray(
    0,
    pointed === undefined ? place.offset + Math.min(length, REFERENCE_BYTES) : undefined,
  );
  if (command !== undefined && native.name === 'CORE_IN')
    return carriedPlaces(spec, command, 'request', place.region, bytes, place.offset);
  if (pointed === undefined && native.form === 'out') return [];
  if (command !== undefined && native.name === 'CORE_OUT') return responsePlaces(spec, command, pointed, memory);
  return carriedPlaces(
    spec,
    { object: method.object, layout: native.layout },
    native.form === 'out' ? 'response' : 'request',
    place.region,
    bytes,
    place.offset,
  );
}

function responsePlaces(
  spec: Spec,
  command: Command,
  pointed: Patch | undefined,
  { regions }: SentMemory,
): readonly Placed[] {
  if (pointed === undefined) return [];
  const bytes = regions[pointed.region] ?? new Uint8Array(0);
  return carriedPlaces(spec, command, 'response', pointed.region, bytes, pointed.target);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
