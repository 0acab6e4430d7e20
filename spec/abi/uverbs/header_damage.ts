/**
 * Malformations of what only Linux has: the header's fields beside object and method, driver data, and numbers out of range.
 * The namespaces above the driver's are nobody's; in the driver's, only what a kernel cannot hold is surely out of range.
 */
import type { Damage } from '../abi.ts';
import type { DamageName } from '../damage_names.ts';
import { extra, onAttributes, onMessage } from './damaging.ts';
import type { Draft, DraftAttribute } from './draft.ts';
import { DRIVER_BIT, FLAG_MANDATORY, attributeAt } from './layout.ts';

const NOBODYS = [0x2000, 0x4000, 0x8000, 0xf000];
const BEYOND_THE_DRIVERS = DRIVER_BIT | 0x800;
/** A number nobody has given to a driver. */
const NO_DRIVER = 0xfff0;
const [UHW_IN, UHW_OUT] = [DRIVER_BIT, DRIVER_BIT | 1];
/** More than any driver answers with. */
const DRIVER_ROOM = 128;

/** One change by a name for each of `cases`. */
function cased<Case>(
  name: DamageName,
  cases: Readonly<Record<string, Case>>,
  apply: (draft: Draft, one: Case) => Draft,
): Damage<Draft> {
  return {
    name,
    targets: () => Object.keys(cases),
    apply: (draft, target) => (Object.hasOwn(cases, target) ? apply(draft, cases[target] as Case) : draft),
  };
}

const ranges = Object.fromEntries(NOBODYS.map((base) => [`0x${base.toString(16)}`, base]));
const all = { ...ranges, "the driver's": BEYOND_THE_DRIVERS };

/** What the header says, by what there is. */
const LENGTHS: Readonly<Record<string, (count: number) => Pick<Draft, 'length' | 'count'>>> = {
  'one attribute more': (count) => ({ count: count + 1 }),
  'no attribute': (count) => ({ count: 0, length: attributeAt(count) + (count === 0 ? 8 : 0) }),
  'one byte less': (count) => ({ length: attributeAt(count) - 1 }),
  'eight bytes more': (count) => ({ length: attributeAt(count) + 8 }),
};

const RESERVED: Readonly<Record<string, readonly [bigint, number]>> = {
  'lowest bit of reserved1': [1n, 0],
  'highest bit of reserved1': [1n << 63n, 0],
  reserved2: [0n, 1],
};

function driverRoom(attributes: readonly DraftAttribute[]): readonly DraftAttribute[] {
  const room: DraftAttribute = {
    name: 'uhw_out',
    id: UHW_OUT,
    form: 'out',
    flags: FLAG_MANDATORY,
    reserved: 0,
    payload: new Uint8Array(DRIVER_ROOM),
    handle: 0,
    required: false,
    sized: false,
    target: false,
  };
  return [...attributes.filter(({ id }) => id !== UHW_OUT), room];
}

const foreign = extra('foreign-driver-data', UHW_IN, FLAG_MANDATORY);

export const HEADER_DAMAGE: readonly Damage<Draft>[] = [
  cased('length-count', LENGTHS, (draft, told) => ({ ...draft, ...told(draft.attributes.length) })),
  cased('header-reserved-set', RESERVED, (draft, reserved) => ({ ...draft, reserved })),
  onMessage('foreign-driver', (draft) => ({ ...draft, driverId: NO_DRIVER })),
  onAttributes(
    'object-length',
    ({ form }) => form === 'object',
    (attribute) => [{ ...attribute, payload: new Uint8Array(4) }],
  ),
  cased('class-out-of-range', ranges, (draft, base) => ({ ...draft, objectId: base | draft.objectId })),
  cased('method-out-of-range', all, (draft, base) => ({ ...draft, methodId: base | draft.methodId })),
  cased('out-of-range-mandatory', all, (draft, base) =>
    extra('out-of-range-mandatory', base, FLAG_MANDATORY).apply(draft, ''),
  ),
  cased('out-of-range-optional', all, (draft, base) => extra('out-of-range-optional', base, 0).apply(draft, '')),
  { ...foreign, targets: (draft) => (draft.takesDriverData ? [] : foreign.targets(draft)) },
  {
    name: 'driver-room',
    targets: (draft) => (draft.takesDriverData ? [''] : []),
    apply: (draft) => ({ ...draft, attributes: driverRoom(draft.attributes) }),
  },
];
