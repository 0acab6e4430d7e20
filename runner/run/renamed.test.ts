import { describe, expect, it } from 'vitest';
import { temporaryProject } from '../../spec/compile/temporary_project.ts';
import { knownAs, readRenamed, todaysId } from './renamed.ts';

const rows = (text: string) => readRenamed(temporaryProject({ 'features/renamed.yaml': text }));

describe('readRenamed', () => {
  it('maps ids of the past to those of today', () => {
    expect(rows('pd/x#old: pd/x#new\n')).toEqual(new Map([['pd/x#old', 'pd/x#new']]));
  });

  it('finds nothing in a file with comments only, or without a file', () => {
    expect(rows('# nothing yet\n').size).toBe(0);
    expect(readRenamed(temporaryProject({})).size).toBe(0);
  });

  it.each([
    ['- pd/x#old\n', 'features/renamed.yaml:1:1: this file maps old scenario ids to new ones'],
    ['pd/x#old: 3\n', 'features/renamed.yaml:1:11: the new scenario id is missing'],
    ['a: b\na: c\n', 'features/renamed.yaml:2:1: YAML: Map keys must be unique'],
  ])('refuses %j with its place', (text, message) => {
    expect(() => rows(text)).toThrow(message);
  });
});

describe('a scenario that was renamed', () => {
  const renamed = new Map([['old', 'new']]);

  it('has the id of today', () => {
    expect(todaysId('old', renamed)).toBe('new');
    expect(todaysId('other', renamed)).toBe('other');
  });

  it('is known in a result by the name it had then, whichever is asked for', () => {
    expect(knownAs('old', ['old', 'other'], renamed)).toBe('old');
    expect(knownAs('new', ['old', 'other'], renamed)).toBe('old');
    expect(knownAs('old', ['new', 'other'], renamed)).toBe('new');
    expect(knownAs('none', ['new', 'other'], renamed)).toBeUndefined();
  });
});
