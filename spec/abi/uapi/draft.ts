/** A `uapi` message before it is bytes: fields that can be wrong one by one, which is what damage needs. */
import type { Direction, Method, MethodAttribute, Spec } from '../../model.ts';
import type { Call } from '../abi.ts';
import { FLAG_MANDATORY, requestOf } from './layout.ts';
import { attributeOf, methodNamed, type Tables } from './tables.ts';
import { encodeValue, valueBytes } from './values.ts';

export interface DraftAttribute {
  readonly name: string;
  readonly id: number;
  readonly flags: number;
  readonly reserved: number;
  readonly payload: Uint8Array;
  /** The length field where it lies about the payload. */
  readonly length?: number;
  /** What the padding is filled with; 0 in a sound message. */
  readonly padding?: number;
  readonly direction: Direction;
  readonly required: boolean;
  /** True for a list, whose payload has no fixed size. */
  readonly list: boolean;
}

export interface Draft {
  readonly request: number;
  readonly classId: number;
  readonly objectId: number;
  readonly attributes: readonly DraftAttribute[];
  /** True for create, whose object_id is an output. */
  readonly creates: boolean;
  /** True where the object is there from the start and object_id is its number. */
  readonly fixed: boolean;
  /** The length field where it lies about the message. */
  readonly length?: number;
  /** How many bytes of the message are mapped; all of them in a sound one. */
  readonly mapped?: number;
  readonly readOnly?: boolean;
}

export function draftOf(spec: Spec, tables: Tables, call: Call): Draft {
  const info = tables.classOf(call.object, call.variant);
  const method = methodNamed(info.table, call.method);
  const uses = usesOf(method);
  const attributes: DraftAttribute[] = [];
  const add = (name: string, payload: Uint8Array): void => {
    const attribute = attributeOf(info.table, name);
    const use = uses.get(name);
    attributes.push({
      name,
      id: attribute.id,
      flags: call.optional?.includes(name) === true ? 0 : FLAG_MANDATORY,
      reserved: 0,
      payload,
      direction: use?.direction ?? 'in',
      required: use?.required === true && use.optionalFor?.includes(call.variant ?? '') !== true,
      list: attribute.type.kind === 'list',
    });
  };
  for (const name in call.attributes) {
    const value = call.attributes[name];
    if (value !== undefined) add(name, encodeValue(spec, attributeOf(info.table, name).type, value));
  }
  for (const name in call.room) {
    const asked = call.room[name] ?? 0;
    add(name, zeros(asked === 0 ? valueBytes(spec, attributeOf(info.table, name).type) : asked));
  }
  return {
    request: requestOf(method.number),
    classId: info.id,
    objectId: call.on ?? 0,
    attributes,
    creates: method.role === 'create',
    fixed: info.table.instances === 'fixed',
  };
}

const rooms = new Map<number, Uint8Array>();

/** Empty room of a size. Drafts are never changed in place, so one array serves all. */
function zeros(bytes: number): Uint8Array {
  let room = rooms.get(bytes);
  if (room === undefined) rooms.set(bytes, (room = new Uint8Array(bytes)));
  return room;
}

const byName = new WeakMap<Method, ReadonlyMap<string, MethodAttribute>>();

function usesOf(method: Method): ReadonlyMap<string, MethodAttribute> {
  let uses = byName.get(method);
  if (uses === undefined) byName.set(method, (uses = new Map(method.attributes.map((use) => [use.name, use]))));
  return uses;
}
