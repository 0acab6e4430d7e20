/** A `uapi` message before it is bytes: fields that can be wrong one by one, which is what damage needs. */
import type { AttributeType, Direction, Method, Spec } from '../../model.ts';
import type { Call } from '../abi.ts';
import { FLAG_MANDATORY, requestOf } from './layout.ts';
import { attributeOf, methodNamed, requiredFor, type ClassInfo, type Tables } from './tables.ts';
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
  const plans = plansOf(spec, info, method);
  const attributes: DraftAttribute[] = [];
  for (const name in call.attributes) {
    const value = call.attributes[name];
    if (value === undefined) continue;
    const plan = plans(name);
    const flags = call.optional?.includes(name) === true ? 0 : FLAG_MANDATORY;
    attributes.push({ ...plan.room, flags, payload: encodeValue(spec, plan.type, value) });
  }
  for (const name in call.room) {
    const bytes = call.room[name] ?? 0;
    const { room } = plans(name);
    attributes.push(bytes === 0 || bytes === room.payload.length ? room : { ...room, payload: new Uint8Array(bytes) });
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

/** What is the same in every message that carries an attribute. */
interface Plan {
  readonly type: AttributeType;
  /** The attribute with empty room for its value. Drafts are never changed in place, so one serves all messages. */
  readonly room: DraftAttribute;
}

const planned = new WeakMap<ClassInfo, Map<Method, Map<string, Plan>>>();

/** The plan of each attribute of a method, made when it is first asked for. */
function plansOf(spec: Spec, info: ClassInfo, method: Method): (name: string) => Plan {
  let methods = planned.get(info);
  if (methods === undefined) planned.set(info, (methods = new Map<Method, Map<string, Plan>>()));
  let plans = methods.get(method);
  if (plans === undefined) methods.set(method, (plans = new Map<string, Plan>()));
  const known = plans;
  return (name) => {
    let plan = known.get(name);
    if (plan === undefined) known.set(name, (plan = planOf(spec, info, method, name)));
    return plan;
  };
}

function planOf(spec: Spec, info: ClassInfo, method: Method, name: string): Plan {
  const { id, type } = attributeOf(info.table, name);
  const use = method.attributes.find((candidate) => candidate.name === name);
  const room = {
    name,
    id,
    flags: FLAG_MANDATORY,
    reserved: 0,
    payload: new Uint8Array(valueBytes(spec, type)),
    direction: use?.direction ?? 'in',
    required: use !== undefined && requiredFor(use, info.variant),
    list: type.kind === 'list',
  };
  return { type, room };
}
