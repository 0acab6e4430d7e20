/** One object table: from the YAML people write to the form everything else reads. */
import type { Attribute, Bound, LifeStep, Method, MethodAttribute, ObjectTable } from '../model.ts';
import { parseAttributeType } from './attribute_type.ts';

/** What spec/schemas/object.schema.json lets through. */
export interface ObjectSource {
  readonly object: string;
  readonly title: string;
  readonly instances: ObjectTable['instances'];
  readonly space: string;
  readonly uapi: ObjectTable['classId'];
  readonly uses?: readonly string[];
  readonly driver?: boolean;
  readonly global?: boolean;
  /** Of a class of a driver. */
  readonly review?: { readonly owner: string; readonly text: string; readonly reviewer: string };
  readonly limit?: string;
  readonly moves?: ObjectTable['moves'];
  readonly lifecycle?: readonly LifeStep[];
  readonly attributes: Readonly<Record<string, AttributeSource>>;
  readonly methods: Readonly<Record<string, MethodSource>>;
}

export interface AttributeSource {
  readonly id: number;
  readonly type: string;
  readonly max?: number;
  readonly meaning: string;
  readonly example?: unknown;
  readonly bit?: string;
  readonly variants?: readonly string[];
  /** `object.attribute` or `object.attribute.field` -> the clause that refuses more. */
  readonly bounds?: Readonly<Record<string, string>>;
}

export interface MethodSource {
  readonly number?: number;
  readonly serves?: readonly string[];
  readonly needs?: string;
  readonly user?: string;
  readonly from?: readonly string[];
  readonly to?: string;
  readonly meaning: string;
  readonly attributes: Readonly<Record<string, MethodAttributeSource>>;
}

export interface MethodAttributeSource {
  readonly direction: MethodAttribute['direction'];
  readonly required?: boolean;
  readonly only?: readonly string[];
  /** All variants but these; compiles to `only`. */
  readonly except?: readonly string[];
  readonly optional_for?: readonly string[];
  readonly unless?: string;
  readonly needs?: string;
}

/** The methods every object may have, and their numbers. */
export const VERBS: Readonly<Record<string, number>> = { create: 0, query: 1, modify: 2, destroy: 3, create_fd: 4 };
export const ROLES: Readonly<Record<string, Method['role']>> = {
  create: 'create',
  query: 'query',
  modify: 'modify',
  destroy: 'destroy',
  create_fd: 'create',
};

/** Variants of an object: one per class id where `uapi` is a mapping, else none. */
export function variantsOf(source: ObjectSource): readonly string[] {
  return typeof source.uapi === 'number' ? [] : Object.keys(source.uapi);
}

export function compileObject(source: ObjectSource): ObjectTable {
  const variants = variantsOf(source);
  const attributes = Object.entries(source.attributes).map(([name, one]) => [name, compileAttribute(name, one)]);
  const methods = Object.entries(source.methods).map(([name, one]) => [name, compileMethod(name, one, variants)]);
  return {
    object: source.object,
    title: source.title,
    instances: source.instances,
    space: source.space,
    classId: source.uapi,
    attributes: Object.fromEntries(attributes) as ObjectTable['attributes'],
    methods: Object.fromEntries(methods) as ObjectTable['methods'],
    uses: (source.uses ?? []).map((attribute) => ({ attribute })),
    lifecycle: source.lifecycle ?? [],
    ...(source.limit === undefined ? {} : { limit: source.limit }),
    ...(source.moves === undefined ? {} : { moves: source.moves }),
    ...(source.driver === undefined ? {} : { driver: source.driver }),
    ...(source.global === undefined ? {} : { global: source.global }),
  };
}

function compileAttribute(name: string, source: AttributeSource): Attribute {
  const { id, type, max, meaning, example, bit, variants, bounds } = source;
  return {
    name,
    id,
    type: parseAttributeType(type, max),
    meaning,
    ...(example === undefined ? {} : { example }),
    ...(bit === undefined ? {} : { bit }),
    ...(variants === undefined ? {} : { variants }),
    ...(bounds === undefined ? {} : { bounds: Object.entries(bounds).map(([path, clause]) => boundOf(path, clause)) }),
  };
}

export function boundOf(path: string, clause: string): Bound {
  const [object = '', attribute = '', field] = path.split('.');
  return { object, attribute, ...(field === undefined ? {} : { field }), clause };
}

function compileMethod(name: string, source: MethodSource, variants: readonly string[]): Method {
  return {
    name,
    number: VERBS[name] ?? source.number ?? 0,
    role: ROLES[name] ?? 'named',
    meaning: source.meaning,
    ...(source.user === undefined ? {} : { user: source.user }),
    ...(source.from === undefined ? {} : { from: source.from }),
    ...(source.to === undefined ? {} : { to: source.to }),
    attributes: Object.entries(source.attributes).map(([attribute, one]) => use(attribute, one, variants)),
    ...(source.serves === undefined ? {} : { serves: source.serves }),
    ...(source.needs === undefined ? {} : { needs: source.needs }),
  };
}

function use(name: string, source: MethodAttributeSource, variants: readonly string[]): MethodAttribute {
  const { except, optional_for: optionalFor, unless, needs } = source;
  const only = except === undefined ? source.only : variants.filter((variant) => !except.includes(variant));
  return {
    name,
    direction: source.direction,
    required: source.required ?? false,
    ...(only === undefined ? {} : { only }),
    ...(optionalFor === undefined ? {} : { optionalFor }),
    ...(unless === undefined ? {} : { unless }),
    ...(needs === undefined ? {} : { needs }),
  };
}
