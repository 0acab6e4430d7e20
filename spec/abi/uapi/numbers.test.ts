import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectSpec } from '../../project_spec.ts';
import { DRIVER_BIT, requestOf } from './layout.ts';
import { tablesOf } from './tables.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}
interface Entry {
  readonly id: number;
  readonly status: string;
  readonly object: string;
  readonly type?: string;
  readonly method?: string;
  readonly global?: boolean;
}
interface Kind {
  readonly ranges: readonly Range[];
  readonly numbers: readonly Entry[];
}
interface Registry {
  readonly statuses: Readonly<Record<string, string>>;
  readonly request: { readonly base: number };
  readonly classes: Kind;
  readonly methods: Kind;
  readonly attributes: Kind;
  readonly driver_sub_types: readonly { readonly id: number; readonly table: string }[];
}

const spec = projectSpec();
const tables = tablesOf(spec);
const registry = parse(readFileSync(new URL('numbers.yaml', import.meta.url), 'utf8')) as Registry;
const { classes, methods, attributes } = registry;
const KINDS = { classes, methods, attributes };

const within = (range: Range | undefined, id: number): boolean =>
  range !== undefined && id >= range.from && id <= range.to;

describe.each(Object.entries(KINDS))('the registry of %s', (name, { ranges, numbers }) => {
  it('has ranges that follow each other from 0', () => {
    expect(ranges[0]?.from).toBe(0);
    ranges.slice(1).forEach((range, index) => {
      expect(range.from).toBe((ranges[index]?.to ?? 0) + 1);
    });
  });

  it('gives no number twice, none outside its ranges, and a known status to each', () => {
    const keys = numbers.map((entry) => `${name === 'attributes' ? entry.object : ''} ${String(entry.id)}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const entry of numbers) {
      expect(ranges.some((range) => within(range, entry.id))).toBe(true);
      expect(Object.keys(registry.statuses)).toContain(entry.status);
    }
  });
});

describe('the tables', () => {
  const assigned = (kind: Kind): Entry[] => kind.numbers.filter((entry) => entry.status === 'assigned');

  it('have the classes that are assigned, and beside them only those of drivers', () => {
    const core = [...tables.classes.values()].filter((info) => info.id < DRIVER_BIT);
    const words = (object: string, type: string | undefined): string => [object, type].filter(Boolean).join(' ');
    expect(core.map((info) => [info.id, words(info.table.object, info.variant)]).sort()).toEqual(
      assigned(classes)
        .map((entry) => [entry.id, words(entry.object, entry.type)])
        .sort(),
    );
    for (const info of tables.classes.values()) {
      expect(info.id >= DRIVER_BIT).toBe(info.table.driver === true);
      expect(within(classes.ranges[info.id >= DRIVER_BIT ? 2 : 1], info.id)).toBe(true);
    }
  });

  it('have the classes that the registry flags on the system-wide node, and no other', () => {
    const flagged = classes.numbers.filter((entry) => entry.global === true && entry.status === 'assigned');
    const global = Object.values(spec.objects).filter((table) => table.global === true);
    expect(global.map(({ object }) => object).sort()).toEqual(flagged.map(({ object }) => object).sort());
  });

  it('give no class id twice', () => {
    const all = Object.values(spec.objects).flatMap(({ classId }) =>
      typeof classId === 'number' ? [classId] : Object.values(classId),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  it('give common methods their number, and others one of the class', () => {
    const [common, further, fast] = methods.ranges;
    for (const table of Object.values(spec.objects)) {
      const numbers = Object.values(table.methods).map((method) => method.number);
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const method of Object.values(table.methods)) {
        const known = methods.numbers.find((entry) => entry.method === method.name);
        if (known !== undefined) expect([known.status, method.number]).toEqual(['assigned', known.id]);
        else expect(within(further, method.number) || within(fast, method.number)).toBe(true);
        expect(within(common, method.number)).toBe(known !== undefined);
      }
    }
  });

  it('give attributes ids of the core that are not reserved, once in a class', () => {
    for (const table of Object.values(spec.objects)) {
      const ids = Object.values(table.attributes).map((attribute) => attribute.id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) {
        expect(within(attributes.ranges[1], id)).toBe(true);
        const taken = attributes.numbers.find((entry) => entry.id === id && entry.object === table.object);
        expect(taken, `${table.object} ${String(id)}`).toBeUndefined();
      }
    }
  });

  it('have the DRIVER sub-types that are assigned', () => {
    const subTypes = Object.values(spec.qp.tables).flatMap((table) =>
      table.driverType === undefined ? [] : [{ id: table.driverType, table: table.id }],
    );
    expect(subTypes).toEqual(registry.driver_sub_types.map(({ id, table }) => ({ id, table })));
  });

  it('leave the last id of the core, in every class, to the channel of events', () => {
    const [everywhere] = attributes.numbers.filter((entry) => entry.object === '*');
    expect([everywhere?.id, everywhere?.status]).toEqual([attributes.ranges[1]?.to, 'assigned']);
    for (const table of Object.values(spec.objects)) {
      const last = Object.values(table.attributes).find(({ id }) => id === everywhere?.id);
      expect([undefined, 'event_channel']).toContain(last?.name);
    }
  });

  it('use the request numbers of the registry', () => {
    expect(requestOf(0)).toBe(registry.request.base);
    expect(requestOf(127)).toBe(registry.request.base + 127);
  });
});
