/** An ioctl message before it is bytes: fields that can be wrong one by one, which is what damage needs. */
import type { Spec } from '../../model.ts';
import type { Call, Value } from '../abi.ts';
import { requiredFor } from '../uapi/tables.ts';
import { commandAttributes } from './command.ts';
import { formOf } from './forms.ts';
import { DRIVER_BIT, DRIVER_ID, FLAG_MANDATORY, REQUEST } from './layout.ts';
import { writeLayout, type Source } from './layouts.ts';
import {
  carriedBy,
  isReference,
  type Command,
  type NativeAttribute,
  type NativeMethod,
  type UverbsTables,
} from './tables.ts';

export interface DraftAttribute {
  /** The neutral name of an input that is one neutral attribute, else the kernel's in lower case. */
  readonly name: string;
  readonly id: number;
  /** `object`: the data field is a handle or a descriptor and there is no payload. */
  readonly form: 'object' | 'in' | 'out';
  readonly flags: number;
  readonly reserved: number;
  /** The bytes of an input, the room for an output. */
  readonly payload: Uint8Array;
  readonly handle: number;
  /** The kernel refuses the call without it. */
  readonly required: boolean;
  /** The parser knows its size and refuses a shorter one. */
  readonly sized: boolean;
  /** The parser takes more than it knows of it, where that is zeros. */
  readonly extensible?: boolean;
  /** It names the object the call is about, which exists already. */
  readonly target: boolean;
}

export interface Draft {
  readonly request: number;
  readonly objectId: number;
  readonly methodId: number;
  readonly driverId: number;
  readonly attributes: readonly DraftAttribute[];
  /** Whether the method takes driver data. */
  readonly takesDriverData: boolean;
  /** The reserved fields of the header, by number; zero in a sound message. */
  readonly reserved?: readonly [bigint, number];
  /** The length field and the number of attributes where they lie about the message. */
  readonly length?: number;
  readonly count?: number;
  /** How many bytes of the message are mapped; all of them in a sound one. */
  readonly mapped?: number;
}

const NO_PAYLOAD = new Uint8Array(0);

export function draftOf(spec: Spec, tables: UverbsTables, call: Call): Draft {
  const form = formOf(tables, call);
  const source = sourceOf(spec, call);
  if (form.command !== undefined)
    return draftFor(form.method, commandAttributes(spec, form.method, form.command, call, source));
  const attributes: DraftAttribute[] = [];
  for (const attribute of form.method.attributes) {
    if (!isSent(spec, call, attribute)) continue;
    const name = draftName(attribute, attributes);
    attributes.push({ ...draftAttribute(spec, call.object, attribute, source, call), name });
  }
  return draftFor(
    form.method,
    attributes.map((attribute) =>
      call.optional?.includes(attribute.name) === true ? { ...attribute, flags: 0 } : attribute,
    ),
  );
}

/** The message of INVOKE_WRITE that carries a call as a command, also one that is no message of it by itself. */
export function draftOfCommand(spec: Spec, { invoke }: UverbsTables, command: Command, call: Call): Draft {
  return draftFor(invoke, commandAttributes(spec, invoke, command, call, sourceOf(spec, call)));
}

export function draftFor(method: NativeMethod, attributes: readonly DraftAttribute[]): Draft {
  return {
    request: REQUEST,
    objectId: method.objectId,
    methodId: method.id,
    driverId: DRIVER_ID,
    attributes,
    takesDriverData: method.attributes.some(({ id }) => id >= DRIVER_BIT),
  };
}

/** What the places of a message are filled from: the call's attributes, and the words the tables use beside them. */
function sourceOf(spec: Spec, call: Call): Source {
  const words: Readonly<Record<string, Value | undefined>> = {
    '@handle': call.on,
    '@object_id': call.on,
    '@variant': spec.enums['qp_type']?.[call.variant ?? ''],
  };
  return (name) => (name.startsWith('@') ? words[name] : call.attributes[name]);
}

/** An attribute goes along when the call gives or asks for what it carries, or when the kernel wants it and the caller cannot know. */
function isSent(spec: Spec, call: Call, attribute: NativeAttribute): boolean {
  const names = carriedBy(attribute.layout);
  if (attribute.form === 'out') return attribute.required || names.some((name) => call.room?.[name] !== undefined);
  if (names.some((name) => call.attributes[name] !== undefined)) return true;
  return attribute.required && !names.some((name) => isNeeded(spec, call, name));
}

/** Whether a neutral call of this kind is incomplete without the attribute: then leaving it out is the caller's doing. */
function isNeeded(spec: Spec, call: Call, name: string): boolean {
  const use = spec.objects[call.object]?.methods[call.method]?.attributes.find((candidate) => candidate.name === name);
  const applies = use !== undefined && (use.only === undefined || use.only.includes(call.variant ?? ''));
  return applies && requiredFor(use, call.variant);
}

function draftName(attribute: NativeAttribute, before: readonly DraftAttribute[]): string {
  const [carried, ...more] = carriedBy(attribute.layout);
  const taken = before.some((other) => other.name === carried);
  return carried === undefined || more.length > 0 || taken ? attribute.name.toLowerCase() : carried;
}

export function draftAttribute(
  spec: Spec,
  object: string,
  attribute: NativeAttribute,
  source: Source,
  call?: Call,
): Omit<DraftAttribute, 'name'> {
  const { id, required, layout } = attribute;
  const form = isReference(attribute.form) ? 'object' : attribute.form === 'out' ? 'out' : 'in';
  const [carried = ''] = layout.fields[0]?.carries ?? [];
  return {
    id,
    form,
    flags: FLAG_MANDATORY,
    reserved: 0,
    payload:
      form === 'object'
        ? NO_PAYLOAD
        : form === 'in'
          ? writeLayout(spec, object, layout, source)
          : new Uint8Array(roomFor(attribute, call)),
    handle: form === 'object' ? Number(source(carried) ?? 0) : 0,
    required,
    sized: form !== 'object' && !attribute.open,
    extensible: attribute.extensible,
    target: form === 'object' && carried === '@handle' && attribute.access !== 'new',
  };
}

/** Bytes for an output: what the call gives it, where it is one value and the call says how much; else its own size. */
function roomFor(attribute: NativeAttribute, call: Call | undefined): number {
  const [name, ...more] = carriedBy(attribute.layout);
  const asked = name === undefined || more.length > 0 ? 0 : (call?.room?.[name] ?? 0);
  return asked === 0 ? attribute.bytes : asked;
}
