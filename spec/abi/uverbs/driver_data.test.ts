import { describe, expect, it } from 'vitest';
import { compileSpec } from '../../compile.ts';
import { packageRoot } from '../../compile/files.ts';
import type { Spec } from '../../model.ts';
import type { Call } from '../abi.ts';
import { uverbs } from './uverbs.ts';

const spec = compileSpec(packageRoot()).spec as Spec;
const cq: Call = { object: 'cq', method: 'create', attributes: { cqe: 16, comp_vector: 0 } };
const limit: Call = { object: 'srq', method: 'modify', on: 3, attributes: { srq_limit: 1 } };

const names = (driver: string, call: Call): string[] =>
  uverbs(spec, driver)
    .draft(call)
    .attributes.map(({ name, payload }) => `${name} ${String(payload.length)}`);
const driverId = (driver: string): number => uverbs(spec, driver).draft(cq).driverId;

describe('driver data', () => {
  it('is nothing where there is no driver, and nothing but its number for one that is not listed', () => {
    expect([driverId(''), driverId('mlx5'), driverId('none_of_them')]).toEqual([0, 1, 0]);
    expect(names('mlx5', cq)).toEqual(names('', cq));
  });

  it('gives the header the number of the driver', () => {
    expect([driverId('rxe'), driverId('siw')]).toEqual([14, 18]);
    const [greeting] = uverbs(spec, 'siw').greeting();
    expect(greeting?.regions[0]?.bytes[16]).toBe(18);
  });

  it('adds room for the driver to a method of its own, and bytes to a write command', () => {
    expect(names('rxe', cq).filter((name) => name.startsWith('uhw'))).toEqual(['uhw_out 16']);
    expect(names('rxe', limit).filter((name) => name.startsWith('uhw'))).toEqual(['uhw_in 8']);
  });

  it('adds room to the message that makes the context', () => {
    const attributes = (driver: string): number => uverbs(spec, driver).greeting()[0]?.regions[0]?.bytes[6] ?? 0;
    expect(attributes('siw')).toBe(attributes('rxe') + 1);
  });

  it('refuses a table that wants driver data of a method without a place for it', () => {
    const table = { ...(spec.uverbs as object), driver_data: { odd: { calls: { 'pd.destroy': { out: 8 } } } } };
    const destroy = (): unknown =>
      uverbs({ ...spec, uverbs: table }, 'odd').draft({ object: 'pd', method: 'destroy', on: 1, attributes: {} });
    expect(destroy).toThrow(/pd\.destroy has no UHW_OUT/);
  });
});
