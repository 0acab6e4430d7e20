import { describe, expect, it } from 'vitest';
import { projectSpec } from '../../project_spec.ts';
import type { Call } from '../abi.ts';
import { DAMAGE_NAMES, UVERBS_DAMAGE_NAMES, type DamageName } from '../damage_names.ts';
import type { Draft } from './draft.ts';
import { uapi } from './uapi.ts';

const abi = uapi(projectSpec());

const CALLS: readonly Call[] = [
  { object: 'pd', method: 'create', attributes: {} },
  { object: 'cq', method: 'create', attributes: { cqe: 4, comp_vector: 0, user_handle: 7n } },
  { object: 'cq', method: 'query', on: 3, attributes: {}, room: { cqe: 0, user_handle: 0 } },
  {
    object: 'interface',
    method: 'query_class',
    on: 0,
    attributes: { class: 4 },
    room: { method_count: 0, methods: 6 },
  },
  {
    object: 'qp',
    variant: 'RC',
    method: 'modify',
    on: 5,
    attributes: { state: 'RTR', path_ib: { dlid: 2, port: 1 }, rq_psn: 9 },
  },
];

/** A message taken apart: its header and each attribute with its padding. */
interface Parts {
  readonly header: readonly number[];
  readonly attributes: readonly (readonly number[])[];
}

function partsOf(draft: Draft, bytes: Uint8Array): Parts {
  let at = 8;
  const attributes = draft.attributes.map((attribute) => {
    const end = at + 8 + 8 * Math.ceil(attribute.payload.length / 8);
    const part = [...bytes.subarray(at, end)];
    at = end;
    return part;
  });
  return { header: [...bytes.subarray(0, 8)], attributes };
}

/** The message put together again, with the length of what is there. */
function joined({ header, attributes }: Parts): number[] {
  const all = [...header, ...attributes.flat()];
  return [all.length & 0xff, all.length >> 8, ...all.slice(2)];
}

function changed(list: readonly number[], at: number, ...values: number[]): number[] {
  return list.map((byte, index) => values[index - at] ?? byte);
}

type Edit = (attribute: readonly number[], length: number) => readonly number[];

const on =
  (edit: Edit) =>
  (parts: Parts, at: number): number[] =>
    joined({ ...parts, attributes: parts.attributes.map((a, i) => (i === at ? edit(a, a[0] ?? 0) : a)) });

const whole =
  (...change: [number, ...number[]]) =>
  (parts: Parts): number[] =>
    changed(joined(parts), ...change);

const added =
  (id: readonly number[], flags: number) =>
  (parts: Parts): number[] =>
    joined({ ...parts, attributes: [...parts.attributes, [12, 0, ...id, flags, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]] });

const withoutPadding = (attribute: readonly number[], length: number): readonly number[] => attribute.slice(0, length);

const filled = (bytes: readonly number[]): number[] => [
  ...bytes,
  ...new Array<number>((8 - (bytes.length % 8)) % 8).fill(0),
];

const longer = (fill: number) =>
  on((a, length) => filled([...changed(withoutPadding(a, length), 0, length + 8), ...new Array<number>(8).fill(fill)]));

const shorter = on((a, length) => filled(changed(withoutPadding(a, length), 0, length - 1).slice(0, -1)));

/** What each damage makes of the bytes, worked out on the bytes alone; by position of the attribute it is done to. */
const EXPECTED: Readonly<Partial<Record<DamageName, (parts: Parts, at: number) => number[]>>> = {
  'foreign-request': joined,
  'unreadable-header': (parts) => joined(parts).slice(0, 4),
  'length-below-minimum': whole(0, 7, 0),
  'length-above-maximum': (parts) => {
    const bytes = changed(joined(parts), 0, 0x08, 0x10);
    return [...bytes, ...new Array<number>(4104 - bytes.length).fill(0)];
  },
  'length-misaligned': (parts) => {
    const bytes = joined(parts);
    return [...changed(bytes, 0, bytes.length + 1), 0, 0, 0, 0, 0, 0, 0, 0];
  },
  'unreadable-body': (parts) => changed(joined(parts), 0, joined(parts).length + 8),
  'read-only-body': joined,
  'unknown-class': whole(2, 0xff, 0x7f),
  'unknown-driver-class': whole(2, 0xff, 0xff),
  'unknown-method': joined,
  'reserved-method': joined,
  'attribute-below-minimum': on((a) => changed(a, 0, 7, 0)),
  'attribute-overrun': on((a, length) => changed(a, 0, length + 16)),
  'attribute-overlap': (parts, at) =>
    on((a) => changed(a, 0, a.length + (parts.attributes[at + 1]?.length ?? 0)))(parts, at),
  'padding-set': on((a, length) => [...a.slice(0, length), ...a.slice(length).map(() => 1)]),
  'reserved-set': on((a) => changed(a, 6, 1, 0)),
  'unknown-flag': on((a) => changed(a, 5, (a[5] ?? 0) | 0x80)),
  'output-flag-set': on((a) => changed(a, 4, (a[4] ?? 0) | 2)),
  'unknown-mandatory': added([0xfe, 0x7f], 1),
  'unknown-optional': added([0xfe, 0x7f], 0),
  'unknown-driver-mandatory': added([0xfe, 0xff], 1),
  'unknown-driver-optional': added([0xfe, 0xff], 0),
  duplicate: (parts, at) => joined({ ...parts, attributes: [...parts.attributes, parts.attributes[at] ?? []] }),
  drop: (parts, at) => joined({ ...parts, attributes: parts.attributes.filter((_, index) => index !== at) }),
  shorten: shorter,
  'lengthen-zero': longer(0),
  'lengthen-nonzero': longer(1),
  'short-room': shorter,
  'long-room': longer(0xff),
  'reverse-order': (parts) => joined({ ...parts, attributes: parts.attributes.toReversed() }),
  'object-id-set': whole(4, 7, 0, 0, 0),
  'unknown-object': whole(4, 0xf0, 0xff, 0xff, 0),
};

describe('damage', () => {
  it('has every name, and each is done to some message', () => {
    const linux: readonly string[] = UVERBS_DAMAGE_NAMES;
    expect(Object.keys(abi.damage).sort()).toEqual(DAMAGE_NAMES.filter((name) => !linux.includes(name)).sort());
    for (const damage of Object.values(abi.damage)) {
      expect(
        CALLS.some((call) => damage.targets(abi.draft(call)).length > 0),
        damage.name,
      ).toBe(true);
    }
  });

  it.each(Object.values(abi.damage))('$name changes what it says and nothing else', (damage) => {
    for (const call of CALLS) {
      const draft = abi.draft(call);
      const { request, regions } = abi.encode(draft);
      const parts = partsOf(draft, regions[0]?.bytes ?? new Uint8Array());
      for (const target of damage.targets(draft)) {
        const at = draft.attributes.findIndex((attribute) => attribute.name === target);
        const damaged = abi.encode(damage.apply(draft, target));
        expect([...(damaged.regions[0]?.bytes ?? [])]).toEqual(EXPECTED[damage.name]?.(parts, at));
        expect(damaged.request === request).toBe(!/request|method/.test(damage.name));
        expect(damaged.regions[0]?.readOnly === true).toBe(damage.name === 'read-only-body');
      }
      expect(abi.encode(draft).regions[0]?.bytes).toEqual(regions[0]?.bytes);
    }
  });
});
