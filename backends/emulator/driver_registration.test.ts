import { describe, expect, it } from 'vitest';
import { projectSpec } from '../../spec/project_spec.ts';
import type { RegisteredRow } from '../backend.ts';
import { modelNamed } from './bare_device.ts';
import { compileTable, type DispatchTable, type Made } from './dispatch_table.ts';
import { Registration, rowsOf } from './driver_registration.ts';
import { pipelinesOf } from './pipelines.ts';
import { pipelineOf } from './rules.ts';

const spec = projectSpec();
const OWN = 0x8000;
const NAMES = Object.keys(pipelinesOf(spec));

const DRIVERS: Readonly<Record<string, readonly RegisteredRow[]>> = {
  'no rows': [],
  'a class of its own': [{ classId: OWN, method: 0, operation: 'serve', attributes: [{ id: 1, names: 4 }] }],
  'two classes of its own': [
    { classId: OWN + 3, method: 0, operation: 'serve' },
    { classId: OWN + 1, method: 0, operation: 'serve' },
  ],
  'a method more': [{ classId: 4, method: 100, operation: 'serve' }],
  'a method with an attribute more': [{ classId: 4, method: 0, operation: 'serve', attributes: [{ id: OWN }] }],
  'a method refused': [{ classId: 4, method: 0, operation: 'refuse', errno: 'EIO' }],
  'the same refused otherwise': [{ classId: 4, method: 0, operation: 'refuse', errno: 'EPERM' }],
  'a method kept and one taken away': [
    { classId: 4, method: 0, operation: 'keep' },
    { classId: 5, method: 0, operation: 'unsupported' },
  ],
};

function tableFor(rows: readonly RegisteredRow[], made?: Made): DispatchTable {
  const pipelines = pipelinesOf(spec);
  const registration = new Registration(spec, modelNamed('verbs'), pipelines, new Set(), 'one', rows);
  expect(pipelineOf<Registration>(pipelines, 'driver/registration')(registration)).toBe(0);
  return compileTable(registration.spec, registration.pipelines, rowsOf(registration), made);
}

describe('the dispatch table of a driver that registers', () => {
  it('is the same whatever drivers registered before', () => {
    const made: Made = new WeakMap();
    const all = Object.entries(DRIVERS);
    for (const [name, rows] of [...all, ...all.toReversed()])
      expect(tableFor(rows, made), name).toEqual(tableFor(rows));
  });

  it('differs where the rows do', () => {
    const made: Made = new WeakMap();
    const [refused, otherwise, plain] = ['a method refused', 'the same refused otherwise', 'no rows'].map(
      (name) => tableFor(DRIVERS[name] ?? [], made).core[4]?.methods[0]?.run,
    );
    expect(new Set([refused, otherwise, plain]).size).toBe(3);
  });

  it('leaves the rules of the emulator as they were', () => {
    for (const rows of Object.values(DRIVERS)) tableFor(rows);
    expect(Object.keys(pipelinesOf(spec))).toEqual(NAMES);
  });
});
