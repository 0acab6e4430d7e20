import { describe, expect, it } from 'vitest';
import type { Cell } from '../../spec/abi/abi.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { objectsOf } from './objects.ts';

const OBJECTS = objectsOf(projectSpec());
const LAYOUTS = OBJECTS.flatMap(({ object, methods }) =>
  methods.flatMap(({ name, layouts }) =>
    layouts.map((layout) => ({ what: `${layout.abi} ${object}.${name}`, layout })),
  ),
);

/** Offsets at which a cell does not begin where the one before it ended. */
function gaps(cells: readonly Cell[], bytes: number): number[] {
  const ends = cells.map((cell) => cell.at + cell.bytes);
  const broken = cells.filter((cell, index) => cell.at !== (index === 0 ? 0 : ends[index - 1])).map(({ at }) => at);
  return (ends.at(-1) ?? 0) === bytes ? broken : [...broken, bytes];
}

describe('layouts', () => {
  it('has a message for every method of every object, in each ABI that can say it', () => {
    const missing = OBJECTS.flatMap(({ object, methods }) =>
      methods.flatMap(({ name, abi, layouts }) =>
        abi.filter((id) => !layouts.some((layout) => layout.abi === id)).map((id) => `${id} ${object}.${name}`),
      ),
    );
    expect(missing).toEqual([]);
    expect(new Set(LAYOUTS.map(({ layout }) => layout.abi))).toEqual(new Set(['uapi', 'uverbs']));
  });

  it('covers every byte of every message and of what it points to exactly once', () => {
    for (const { what, layout } of LAYOUTS) {
      expect({ what, gaps: gaps(layout.cells, layout.bytes) }).toEqual({ what, gaps: [] });
      for (const { title, cells, bytes } of layout.buffers)
        expect({ what, title, gaps: gaps(cells, bytes) }).toEqual({ what, title, gaps: [] });
    }
  });
});
