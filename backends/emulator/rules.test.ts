import { describe, expect, it } from 'vitest';
import { pipelineOf, type Rule } from './rules.ts';

interface Subject {
  readonly refusedBy: ReadonlySet<number>;
  readonly asked: number[];
}

/** `count` rules of which those in `refusedBy` refuse with their number plus one. */
function pipeline(count: number): (refusedBy: readonly number[]) => { errno: number; asked: number[] } {
  const rules = Array.from({ length: count }, (_, index): Rule<Subject> => ({
    clause: `rule-${String(index)}`,
    apply: (subject) => {
      subject.asked.push(index);
      return subject.refusedBy.has(index) ? index + 1 : 0;
    },
  }));
  const apply = pipelineOf<Subject>({ toy: rules }, 'toy');
  return (refusedBy) => {
    const subject = { refusedBy: new Set(refusedBy), asked: [] };
    return { errno: apply(subject), asked: subject.asked };
  };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('a pipeline', () => {
  it.each([0, 1, 2, 5, 6, 7, 12, 13, 40])('of %i rules asks all of them in order', (count) => {
    expect(pipeline(count)([])).toEqual({ errno: 0, asked: upTo(count) });
  });

  it.each([1, 6, 7, 13, 40])('of %i rules ends at the first that refuses, with its errno', (count) => {
    const run = pipeline(count);
    for (let first = 0; first < count; first += 1) {
      expect(run([first, count - 1])).toEqual({ errno: first + 1, asked: upTo(first + 1) });
    }
  });

  it('does not mix its rules with those of another of the same length', () => {
    const [one, two] = [pipeline(8), pipeline(8)];
    expect([one([3]).errno, two([5]).errno, one([7]).errno, two([]).errno]).toEqual([4, 6, 8, 0]);
  });

  it('is known by name', () => {
    expect(() => pipelineOf({}, 'qp.teleport')).toThrow(/no pipeline qp\.teleport/);
  });
});
