import { describe, expect, it } from 'vitest';
import { projectSpec } from '../project_spec.ts';

const tables = Object.values(projectSpec().objects).filter((table) => table.instances !== 'fixed');

describe('the life of every object', () => {
  it.each(tables.map((table) => [table.object, table]))('is told for %s', (_object, table) => {
    expect(table.lifecycle.length).toBeGreaterThan(1);
  });
});
