import { describe, expect, it } from 'vitest';
import { BareDevice, modelNamed } from './bare_device.ts';
import { classOf } from './dispatch_table.ts';
import { type Slot } from './slots.ts';
import { MODELS } from './models/models.ts';
import { rowsOf, withClasses } from './synthetic_spec.ts';

const tables = Object.keys(MODELS).map((name) => new BareDevice({ model: modelNamed(name) }).device.table);
const slots = tables.flatMap(({ core, driver }) =>
  [...core, ...driver].flatMap((entry) =>
    (entry?.methods ?? []).flatMap((method) => (method?.slots ?? []).filter((slot) => slot !== undefined)),
  ),
);

/** What the type of an attribute says of a number, said in another way than the table says it. */
function isValid(slot: Slot, number: number): boolean {
  if (slot.kind === 'enum') return slot.members?.has(number) === true;
  if (slot.kind === 'flags') return (number & slot.bits) >>> 0 === number;
  return number <= slot.max;
}

describe('the dispatch table', () => {
  it('finds nothing where nothing is', () => {
    for (const table of tables) {
      for (const id of [0, 27, 0x7fff, 0x8000, 0xffff]) expect(classOf(table, id)).toBeUndefined();
      expect(classOf(table, 1)?.object).toBe('interface');
    }
    expect(classOf(tables[2] as (typeof tables)[number], 0x8001)?.object).toBe('hw_context');
  });

  it('calls only numbers safe that are valid, and no more than it has to closer', () => {
    const scalars = slots.filter((slot) => slot.scalar);
    expect(scalars.length).toBeGreaterThan(100);
    for (const slot of scalars) {
      for (let number = 0; number <= Math.min(slot.safe, 300); number += 1) expect(isValid(slot, number)).toBe(true);
      expect(isValid(slot, slot.safe)).toBe(slot.safe >= 0);
      if (slot.safe < 0x7fffffff) expect(isValid(slot, slot.safe + 1)).toBe(false);
    }
  });

  it('marks the presence of each attribute by a bit of its own', () => {
    for (const { id, low, high } of slots) {
      expect([low >>> 0, high >>> 0]).toEqual(id < 32 ? [2 ** id, 0] : [0, 2 ** (id - 32)]);
    }
  });

  it('grows by one entry and its methods for each class', () => {
    const { spec, pipelines, device } = new BareDevice();
    const { table } = new BareDevice({ spec: withClasses(spec, 100), pipelines, rows: rowsOf(100) }).device;
    const gap = 27 - device.table.core.length;
    expect(table.bytes - device.table.bytes).toBe(8 * (gap + 100 * 2));
    expect(classOf(table, 27 + 99)?.methods.length).toBe(1);
    expect(classOf(table, 27 + 100)).toBeUndefined();
  });
});
