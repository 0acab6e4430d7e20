import { describe, expect, it } from 'vitest';
import { projectSpec } from '../../spec/project_spec.ts';
import { compileTable } from './dispatch_table.ts';
import { MODELS } from './models/models.ts';
import type { DeviceModel } from './models/model.ts';
import { pipelinesOf } from './pipelines.ts';
import { RegistrationError, commonRows, merge } from './registration.ts';

const spec = projectSpec();
const model = MODELS['verbs'] as DeviceModel;
const common = commonRows(spec, model);

function conflictsOf(rows: Parameters<typeof merge>[2]): readonly string[] {
  try {
    merge(spec, common, rows);
  } catch (error) {
    if (error instanceof RegistrationError) return error.conflicts;
    throw error;
  }
  return [];
}

describe('registration', () => {
  it('keeps, replaces and takes away single operations', () => {
    const merged = merge(spec, common, [
      { object: 'pd', method: 'create', pipeline: 'keep' },
      { object: 'cq', method: 'modify', pipeline: 'unsupported' },
      { object: 'qp', variant: 'UD', method: 'query', pipeline: 'qp.destroy' },
    ]);
    expect(merged).toHaveLength(common.length - 1);
    expect(merged.find((row) => row.object === 'pd' && row.method === 'create')?.pipeline).toBe('pd.create');
    expect(merged.find((row) => row.object === 'qp' && row.variant === 'UD' && row.method === 'query')?.pipeline).toBe(
      'qp.destroy',
    );
    expect(merged.find((row) => row.object === 'qp' && row.variant === 'RC' && row.method === 'query')?.pipeline).toBe(
      'qp.query',
    );
  });

  it('names every conflict at once', () => {
    const conflicts = conflictsOf([
      { object: 'pd', method: 'create', pipeline: 'pd.create' },
      { object: 'pd', method: 'create', pipeline: 'pd.create' },
      { object: 'pd', method: 'fly', pipeline: 'pd.create' },
      { object: 'nothing', method: 'create', pipeline: 'pd.create' },
      { object: 'qp', variant: 'DRIVER', method: 'query', pipeline: 'unsupported' },
      { object: 'qp', variant: 'SMI', method: 'query', pipeline: 'qp.query' },
      { object: 'qp', method: 'query', pipeline: 'qp.query' },
      { object: 'pd', variant: 'RC', method: 'create', pipeline: 'keep' },
    ]);
    expect(conflicts).toEqual([
      'pd.create is given twice',
      'pd.fly: pd has no method fly',
      'nothing.create: the spec has no object nothing',
      'qp DRIVER.query: nothing to take away',
      'qp SMI.query: name one of RC, UC, UD, RAW_PACKET, XRC_INI, XRC_TGT, DRIVER',
      'qp.query: name one of RC, UC, UD, RAW_PACKET, XRC_INI, XRC_TGT, DRIVER',
      'pd RC.create: pd has no variants',
    ]);
  });

  it('refuses rows for a common class that the model does not have', () => {
    const none = commonRows(spec, MODELS['no-qp'] as DeviceModel);
    const row = { object: 'xrcd', method: 'create', pipeline: 'xrcd.create' };
    expect(() => merge(spec, none, [row])).toThrow('xrcd is a common class this device does not have');
    expect(() => commonRows(spec, { ...model, objects: ['pd', 'teapot'] })).toThrow('names teapot');
  });

  it('gives the same rows in whatever order the driver lists its own', () => {
    const rows = [
      { object: 'qp', variant: 'UD', method: 'query', pipeline: 'qp.destroy' },
      { object: 'hw_context', method: 'create', pipeline: 'hw_context.create' },
      { object: 'pd', method: 'destroy', pipeline: 'unsupported' },
    ];
    const numbers = (driver: typeof rows) =>
      compileTable(spec, pipelinesOf(spec), merge(spec, common, driver)).core.map((entry) =>
        entry?.methods.map((method) => method?.number),
      );
    expect(numbers(rows.toReversed())).toEqual(numbers(rows));
  });

  it('makes the same dense table every time, and states its size', () => {
    const table = () => compileTable(spec, pipelinesOf(spec), merge(spec, common, []));
    const shape = ({ core, bytes }: ReturnType<typeof table>) => ({
      bytes,
      classes: core.map((entry) => entry && [entry.id, entry.methods.map((method) => method?.number)]),
    });
    expect(shape(table())).toEqual(shape(table()));
    const { core, driver, bytes } = table();
    const slots = [...core, ...driver].reduce((sum, entry) => sum + 1 + (entry?.methods.length ?? 0), 0);
    expect(bytes).toBe(8 * slots);
    core.forEach((entry, id) => {
      if (entry !== undefined) expect(entry.id).toBe(id);
      entry?.methods.forEach((method, number) => {
        if (method !== undefined) expect(method.number).toBe(number);
      });
    });
  });
});
