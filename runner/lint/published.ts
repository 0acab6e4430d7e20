/** What callers of the ABIs rely on in the tables, a line for each: layouts, attributes with their numbers, what a method requires. */
import type { Spec } from '../../spec/model.ts';

/** Raw tables of spec/abi/uverbs, as far as they are looked at here. */
interface Raw {
  readonly structs?: Readonly<Record<string, RawStruct>>;
  readonly objects?: Readonly<Record<string, { readonly methods: Readonly<Record<string, RawMethod>> }>>;
  readonly commands?: Readonly<Record<string, { readonly piece?: string; readonly answer?: string }>>;
}
interface RawStruct {
  readonly bytes: number;
  readonly fields: Readonly<Record<string, RawField>>;
  readonly also?: Readonly<Record<string, RawField>>;
}
interface RawField {
  readonly at: number;
  readonly bytes: number;
  readonly struct?: string;
}
interface RawMethod {
  readonly attributes: Readonly<
    Record<string, { readonly id: number; readonly type: string; readonly required?: boolean; readonly of?: string }>
  >;
}

/**
 * `ABI struct NAME SIZE open|fixed`, `ABI field STRUCT NAME AT BYTES`, `ABI number WHOSE NAME NUMBER [TYPE]`,
 * `ABI use METHOD ATTRIBUTE required|optional`. A struct is fixed where it lies inside another or in a list, and all are in `uapi`.
 */
export function publishedLines(spec: Spec): string[] {
  return [...uapiLines(spec), ...uverbsLines(spec.uverbs as Raw)].toSorted();
}

function uapiLines({ structs, objects, enums, flags }: Spec): string[] {
  return [
    ...Object.values(structs).flatMap(({ name, size, fields }) => [
      `uapi struct ${name} ${String(size)} fixed`,
      ...fields.map((field) => `uapi field ${name} ${field.name} ${String(field.offset)} ${String(field.width)}`),
    ]),
    ...Object.entries({ ...enums, ...flags }).flatMap(([name, members]) =>
      Object.entries(members).map(([member, value]) => `uapi number ${name} ${member} ${String(value)}`),
    ),
    ...Object.values(objects).flatMap(({ object, attributes, methods }) => [
      ...Object.values(attributes).map(
        ({ name, id, type }) => `uapi number ${object} ${name} ${String(id)} ${Object.values(type).join('/')}`,
      ),
      ...Object.values(methods).flatMap((method) => [
        `uapi number ${object}() ${method.name} ${String(method.number)}`,
        ...method.attributes.map(({ name, required }) => `uapi use ${object}.${method.name} ${name} ${need(required)}`),
      ]),
    ]),
  ];
}

function uverbsLines({ structs = {}, objects = {}, commands = {} }: Raw): string[] {
  const methods = Object.entries(objects).flatMap(([object, { methods: its }]) =>
    Object.entries(its).map(([name, { attributes }]) => ({ name: `${object}.${name}`, attributes })),
  );
  const inside = new Set([
    ...Object.values(structs).flatMap(({ fields }) => Object.values(fields).map(({ struct }) => struct)),
    ...methods.flatMap(({ attributes }) => Object.values(attributes).map(({ of }) => of)),
    ...Object.values(commands).flatMap(({ piece, answer }) => [piece, answer]),
  ]);
  return [
    ...Object.entries(structs).flatMap(([name, { bytes, fields, also = {} }]) => [
      `uverbs struct ${name} ${String(bytes)} ${inside.has(name) ? 'fixed' : 'open'}`,
      ...Object.entries({ ...fields, ...also }).map(
        ([field, place]) => `uverbs field ${name} ${field} ${String(place.at)} ${String(place.bytes)}`,
      ),
    ]),
    ...methods.flatMap(({ name, attributes }) =>
      Object.entries(attributes).flatMap(([attribute, { id, type, required = false }]) => [
        `uverbs number ${name} ${attribute} ${String(id)} ${type}`,
        `uverbs use ${name} ${attribute} ${need(required)}`,
      ]),
    ),
  ];
}

function need(required: boolean): string {
  return required ? 'required' : 'optional';
}
