/** The named malformations of a `uapi` message. Each changes one thing, so that one rule is broken at a time. */
import type { Damage } from '../abi.ts';
import type { DamageName } from '../damage_names.ts';
import type { Draft, DraftAttribute } from './draft.ts';
import { encode } from './encode.ts';
import {
  ALIGNMENT,
  ATTRIBUTE_BYTES,
  DRIVER_BIT,
  FLAG_MANDATORY,
  FLAG_WRITTEN,
  HEADER_BYTES,
  MAXIMUM_LENGTH,
  aligned,
  requestOf,
} from './layout.ts';

/** Never assigned: the last class id of the core, the last attribute id below the driver bit, a free handle far away. */
const NO_CLASS = 0x7fff;
const NO_ATTRIBUTE = 0x7ffe;
const NO_OBJECT = 0x00fffff0;
/** Requests that differ from one of ours in one part: the method in them is that of a query. */
const FOREIGN: Readonly<Record<string, number>> = {
  direction: 0x80081b01,
  size: 0xc0101b01,
  type: 0xc0081c01,
};

const whole = (): readonly string[] => [''];

function onMessage(name: DamageName, apply: (draft: Draft) => Draft): Damage<Draft> {
  return { name, targets: whole, apply };
}

function onAttributes(
  name: DamageName,
  fits: (attribute: DraftAttribute, index: number, draft: Draft) => boolean,
  change: (attribute: DraftAttribute, index: number, draft: Draft) => DraftAttribute,
): Damage<Draft> {
  return {
    name,
    targets: (draft) => draft.attributes.filter((a, i) => fits(a, i, draft)).map((a) => a.name),
    apply: (draft, target) => ({
      ...draft,
      attributes: draft.attributes.map((a, i) => (a.name === target ? change(a, i, draft) : a)),
    }),
  };
}

function extra(name: DamageName, id: number, flags: number): Damage<Draft> {
  const added: DraftAttribute = {
    name: 'unknown',
    id,
    flags,
    reserved: 0,
    payload: new Uint8Array([1, 0, 0, 0]),
    direction: 'in',
    required: false,
    list: false,
  };
  return onMessage(name, (draft) => ({ ...draft, attributes: [...draft.attributes, added] }));
}

function sizeOf(draft: Draft): number {
  return encode(draft).regions[0]?.bytes.length ?? HEADER_BYTES;
}

/** `payload` resized to `length`, new bytes filled with `fill`. */
function resized(payload: Uint8Array, length: number, fill: number): Uint8Array {
  const bytes = new Uint8Array(length).fill(fill);
  bytes.set(payload.subarray(0, Math.min(length, payload.length)));
  return bytes;
}

const isInput = (a: DraftAttribute): boolean => a.direction !== 'out' && !a.list;
const isOutput = (a: DraftAttribute): boolean => a.direction === 'out' && !a.list;
const any = (): boolean => true;

const ALL: readonly Damage<Draft>[] = [
  {
    name: 'foreign-request',
    targets: () => Object.keys(FOREIGN),
    apply: (d, target) => ({ ...d, request: (FOREIGN[target] ?? d.request) >>> 0 }),
  },
  onMessage('unreadable-header', (d) => ({ ...d, mapped: HEADER_BYTES - 4 })),
  onMessage('length-below-minimum', (d) => ({ ...d, length: HEADER_BYTES - 1 })),
  onMessage('length-above-maximum', (d) => ({
    ...d,
    length: MAXIMUM_LENGTH + ALIGNMENT,
    mapped: MAXIMUM_LENGTH + ALIGNMENT,
  })),
  onMessage('length-misaligned', (d) => ({ ...d, length: sizeOf(d) + 1, mapped: sizeOf(d) + ALIGNMENT })),
  onMessage('unreadable-body', (d) => ({ ...d, length: sizeOf(d) + ALIGNMENT, mapped: sizeOf(d) })),
  onMessage('read-only-body', (d) => ({ ...d, readOnly: true })),
  onMessage('unknown-class', (d) => ({ ...d, classId: NO_CLASS })),
  onMessage('unknown-driver-class', (d) => ({ ...d, classId: DRIVER_BIT | NO_CLASS })),
  onMessage('unknown-method', (d) => ({ ...d, request: requestOf(127) })),
  onMessage('reserved-method', (d) => ({ ...d, request: requestOf(129) })),
  onAttributes('attribute-below-minimum', any, (a) => ({ ...a, length: ATTRIBUTE_BYTES - 1 })),
  onAttributes(
    'attribute-overrun',
    (_, i, d) => i === d.attributes.length - 1,
    (a) => ({ ...a, length: ATTRIBUTE_BYTES + a.payload.length + 2 * ALIGNMENT }),
  ),
  onAttributes(
    'attribute-overlap',
    (a, i, d) => isInput(a) && i < d.attributes.length - 1,
    (a, i, d) => ({
      ...a,
      length: 2 * ATTRIBUTE_BYTES + aligned(a.payload.length) + aligned(d.attributes[i + 1]?.payload.length ?? 0),
    }),
  ),
  onAttributes(
    'padding-set',
    (a) => a.payload.length % ALIGNMENT !== 0,
    (a) => ({ ...a, padding: 1 }),
  ),
  onAttributes('reserved-set', any, (a) => ({ ...a, reserved: 1 })),
  onAttributes('unknown-flag', any, (a) => ({ ...a, flags: a.flags | 0x8000 })),
  onAttributes('output-flag-set', any, (a) => ({ ...a, flags: a.flags | FLAG_WRITTEN })),
  extra('unknown-mandatory', NO_ATTRIBUTE, FLAG_MANDATORY),
  extra('unknown-optional', NO_ATTRIBUTE, 0),
  extra('unknown-driver-mandatory', DRIVER_BIT | NO_ATTRIBUTE, FLAG_MANDATORY),
  extra('unknown-driver-optional', DRIVER_BIT | NO_ATTRIBUTE, 0),
  {
    name: 'duplicate',
    targets: (draft) => draft.attributes.map((a) => a.name),
    apply: (draft, target) => ({
      ...draft,
      attributes: [...draft.attributes, ...draft.attributes.filter((a) => a.name === target)],
    }),
  },
  {
    name: 'drop',
    targets: (draft) => draft.attributes.filter((a) => a.required).map((a) => a.name),
    apply: (draft, target) => ({ ...draft, attributes: draft.attributes.filter((a) => a.name !== target) }),
  },
  onAttributes('shorten', isInput, (a) => ({ ...a, payload: a.payload.subarray(0, a.payload.length - 1) })),
  onAttributes('lengthen-zero', isInput, (a) => ({
    ...a,
    payload: resized(a.payload, a.payload.length + ALIGNMENT, 0),
  })),
  onAttributes('lengthen-nonzero', isInput, (a) => ({
    ...a,
    payload: resized(a.payload, a.payload.length + ALIGNMENT, 1),
  })),
  onAttributes('short-room', isOutput, (a) => ({ ...a, payload: a.payload.subarray(0, a.payload.length - 1) })),
  onAttributes('long-room', isOutput, (a) => ({
    ...a,
    payload: resized(a.payload, a.payload.length + ALIGNMENT, 0xff),
  })),
  {
    name: 'reverse-order',
    targets: (draft) => (draft.attributes.length > 1 ? [''] : []),
    apply: (draft) => ({ ...draft, attributes: draft.attributes.toReversed() }),
  },
  {
    name: 'object-id-set',
    targets: (draft) => (draft.creates ? [''] : []),
    apply: (draft) => ({ ...draft, objectId: 7 }),
  },
  {
    name: 'unknown-object',
    targets: (draft) => (draft.creates || draft.fixed ? [] : ['']),
    apply: (draft) => ({ ...draft, objectId: NO_OBJECT }),
  },
];

export const DAMAGE: Readonly<Partial<Record<DamageName, Damage<Draft>>>> = Object.fromEntries(
  ALL.map((damage) => [damage.name, damage]),
);
