import { describe, expect, it } from 'vitest';
import type { ObjectTable, Spec } from '../../model.ts';
import { projectSpec } from '../../project_spec.ts';
import { globalClasses, globalPart, withoutForeign } from './global.ts';

const spec = projectSpec();

/** The tables with one of them flagged beside those that are. */
function flagged(object: string): Spec {
  const table = { ...(spec.objects[object] as ObjectTable), global: true };
  return { ...spec, objects: { ...spec.objects, [object]: table } };
}

describe('what the system-wide node has of the tables', () => {
  it('is the classes that are flagged, made once', () => {
    const flags = Object.values(spec.objects).filter(({ global }) => global === true);
    expect(Object.keys(globalPart(spec).objects)).toEqual(flags.map(({ object }) => object));
    expect(globalPart(spec)).toBe(globalPart(spec));
  });

  it('has no method that requires an object of another class', () => {
    const { methods } = globalPart(flagged('srq')).objects['srq'] as ObjectTable;
    // A shared receive queue is made in a protection domain.
    expect(Object.keys(methods)).not.toContain('create');
    expect(Object.keys(methods)).toContain('destroy');
  });

  it('has no attribute that names one, and every channel', () => {
    const { methods } = globalPart(flagged('cq')).objects['cq'] as ObjectTable;
    expect(methods['create']?.attributes.map(({ name }) => name)).toContain('comp_channel');
    const { methods: of } = globalPart(flagged('counters')).objects['counters'] as ObjectTable;
    for (const { attributes } of Object.values(of)) expect(attributes.map(({ name }) => name)).not.toContain('qp');
  });

  it('keeps what names objects that are there too', () => {
    const part = withoutForeign(globalClasses(flagged('pd')));
    expect(Object.keys(part.objects['pd']?.methods ?? {})).toEqual(Object.keys(spec.objects['pd']?.methods ?? {}));
  });
});
