import { describe, expect, it } from 'vitest';
import { clause, specOf } from '../fixtures.ts';
import type { Selection } from '../result/document.ts';
import type { Scenario } from './features.ts';
import { select } from './selection.ts';

const spec = specOf(
  clause('pd-create'),
  clause('message-vectors', { chapter: 'message' }),
  clause('pd-silent', { notTestable: 'no bytes show it' }),
);
const EVERYTHING: Selection = { clauses: [], objects: [], tags: '', name: '', hazard: 'safe' };

function scenario(id: string, clauseId: string, ...tags: readonly string[]): Scenario {
  const uri = `features/${id.replace('#', '.feature#').split('#')[0] ?? ''}`;
  return { id, uri, line: 3, name: id, tags: [`@${clauseId}`, ...tags], clauses: [clauseId] };
}

const SCENARIOS = [
  scenario('pd/lifecycle#one', 'pd-create'),
  scenario('pd/lifecycle#two', 'pd-create', '@needs:qp'),
  scenario('framing/vectors#all', 'message-vectors'),
];

function selected(some: Partial<Selection>): string[] {
  return select(SCENARIOS, { ...EVERYTHING, ...some }, spec).map(({ id }) => id);
}

describe('select', () => {
  it('takes everything where nothing is asked for', () => {
    expect(selected({})).toHaveLength(3);
  });

  it('takes a clause, an object by folder or by chapter, tags, and the beginning of an id', () => {
    expect(selected({ clauses: ['message-vectors'] })).toEqual(['framing/vectors#all']);
    expect(selected({ objects: ['framing'] })).toEqual(['framing/vectors#all']);
    expect(selected({ objects: ['message'] })).toEqual(['framing/vectors#all']);
    expect(selected({ tags: '@pd-create and not @needs:qp' })).toEqual(['pd/lifecycle#one']);
    expect(selected({ name: 'pd/lifecycle#t' })).toEqual(['pd/lifecycle#two']);
  });

  it('narrows by filters of different kinds and widens by those of one', () => {
    expect(selected({ clauses: ['pd-create', 'message-vectors'] })).toHaveLength(3);
    expect(selected({ objects: ['pd', 'message'], tags: '@needs:qp' })).toEqual(['pd/lifecycle#two']);
  });

  it.each<[Partial<Selection>, RegExp]>([
    [{ clauses: ['pd-crate'] }, /--clause pd-crate: there is no such clause; did you mean pd-create\?/],
    [{ objects: ['pq'] }, /--object pq: .*there are: framing, message, pd/],
    [{ tags: '@a and (' }, /--tags @a and \(: /],
    [{ clauses: ['pd-silent'] }, /no scenario is selected: pd-silent is not testable: no bytes show it/],
    [{ name: 'qp' }, /no scenario is selected: no scenario id begins with qp/],
    [{ tags: '@nothing' }, /no scenario is selected: none has tags that satisfy @nothing/],
  ])('refuses %o in one line', (some, message) => {
    expect(() => selected(some)).toThrow(message);
  });
});
