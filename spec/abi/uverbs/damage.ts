/**
 * The named malformations of an ioctl message. Each changes one thing, so that one rule is broken at a time.
 * Targets are the attributes for which Linux answers with the errno of the clause; so CORE_IN, CORE_OUT and UHW_IN, which the
 * parser does not measure, are never shortened, and a handle inside a write command is never replaced: before 6.15 that is EINVAL.
 */
import type { Damage } from '../abi.ts';
import type { DamageName } from '../damage_names.ts';
import { extra, onAttributes, onMessage } from './damaging.ts';
import type { Draft, DraftAttribute } from './draft.ts';
import { HEADER_DAMAGE } from './header_damage.ts';
import { ATTRIBUTE_BYTES, DRIVER_BIT, FLAG_MANDATORY, HEADER_BYTES, MAXIMUM_LENGTH, attributeAt } from './layout.ts';

/** Ids nobody has: the kernel's tables end well below. */
const NO_OBJECT_TYPE = 0x0ff0;
const NO_METHOD = 0x0ff0;
const NO_ATTRIBUTE = 0x0ff0;
const NO_HANDLE = 0x00fffff0;
/** Requests that differ from RDMA_VERBS_IOCTL in one part; number 2 of the magic belongs to another device file. */
const FOREIGN: Readonly<Record<string, number>> = {
  direction: 0x80181b01,
  size: 0xc0201b01,
  type: 0xc0181c01,
  number: 0xc0181b02,
};
/** One attribute more than fits into a page. */
const TOO_MANY = Math.floor((MAXIMUM_LENGTH - HEADER_BYTES) / ATTRIBUTE_BYTES) + 1;

/** More than any kernel knows of a struct. */
const MORE = 8;

function longer(attribute: DraftAttribute, fill: number): readonly DraftAttribute[] {
  const payload = new Uint8Array(attribute.payload.length + MORE).fill(fill);
  payload.set(attribute.payload);
  return [{ ...attribute, payload }];
}

function shorter(attribute: DraftAttribute): readonly DraftAttribute[] {
  return [{ ...attribute, payload: attribute.payload.slice(0, -1) }];
}

function isExtensible({ form, sized, extensible = false }: DraftAttribute): boolean {
  return form === 'in' && sized && extensible;
}

const ALL: readonly Damage<Draft>[] = [
  {
    name: 'foreign-request',
    targets: () => Object.keys(FOREIGN),
    apply: (draft, target) => ({ ...draft, request: FOREIGN[target] ?? draft.request }),
  },
  onMessage('unreadable-header', (draft) => ({ ...draft, mapped: HEADER_BYTES - 4 })),
  onMessage('length-above-maximum', (draft) => ({
    ...draft,
    length: attributeAt(TOO_MANY),
    count: TOO_MANY,
    mapped: attributeAt(TOO_MANY),
  })),
  onMessage('unknown-class', (draft) => ({ ...draft, objectId: NO_OBJECT_TYPE })),
  onMessage('unknown-driver-class', (draft) => ({ ...draft, objectId: DRIVER_BIT | NO_OBJECT_TYPE })),
  onMessage('unknown-method', (draft) => ({ ...draft, methodId: NO_METHOD })),
  onAttributes(
    'reserved-set',
    () => true,
    (attribute) => [{ ...attribute, reserved: 1 }],
  ),
  extra('unknown-mandatory', NO_ATTRIBUTE, FLAG_MANDATORY),
  extra('unknown-optional', NO_ATTRIBUTE, 0),
  extra('unknown-driver-mandatory', DRIVER_BIT | NO_ATTRIBUTE, FLAG_MANDATORY),
  extra('unknown-driver-optional', DRIVER_BIT | NO_ATTRIBUTE, 0),
  onAttributes(
    'duplicate',
    () => true,
    (attribute) => [attribute, attribute],
  ),
  onAttributes(
    'drop',
    (attribute) => attribute.required,
    () => [],
  ),
  onAttributes('shorten', (attribute) => attribute.form === 'in' && attribute.sized, shorter),
  onAttributes('short-room', (attribute) => attribute.form === 'out' && attribute.sized, shorter),
  onAttributes('extend-zero', isExtensible, (attribute) => longer(attribute, 0)),
  onAttributes('extend-nonzero', isExtensible, (attribute) => longer(attribute, 1)),
  onAttributes(
    'lengthen-fixed',
    (attribute) => attribute.form === 'in' && attribute.sized && !isExtensible(attribute),
    (attribute) => longer(attribute, 0),
  ),
  {
    name: 'reverse-order',
    targets: (draft) => (draft.attributes.length > 1 ? [''] : []),
    apply: (draft) => ({ ...draft, attributes: draft.attributes.toReversed() }),
  },
  {
    name: 'unknown-object',
    targets: (draft) => (draft.attributes.some((attribute) => attribute.target) ? [''] : []),
    apply: (draft) => ({
      ...draft,
      attributes: draft.attributes.map((attribute) =>
        attribute.target ? { ...attribute, handle: NO_HANDLE } : attribute,
      ),
    }),
  },
];

export const DAMAGE: Readonly<Partial<Record<DamageName, Damage<Draft>>>> = Object.fromEntries(
  [...ALL, ...HEADER_DAMAGE].map((damage) => [damage.name, damage]),
);
