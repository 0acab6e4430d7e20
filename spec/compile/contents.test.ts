import { describe, expect, it } from 'vitest';
import { problemsOf } from './expect_problem.ts';

const part = (pages: string, id = 'one'): string => `- { part: ${id}, title: T, for: F, pages: [${pages}] }\n`;
const contents = (text: string): string[] => problemsOf({ 'spec/contents.yaml': text });

describe('the table of contents', () => {
  it('has every page, once', () => {
    expect(contents(part('calls'))).toEqual([]);
    expect(contents(part('calls, calls'))).toEqual(['spec/contents.yaml:1:49: the page `calls` stands here twice']);
    expect(problemsOf({ 'spec/objects/pd.md': '# PD\n' })).toEqual([
      'spec/objects/pd.md:1:1: this page stands in no part of spec/contents.yaml',
    ]);
  });

  it('has no page that does not exist', () => {
    expect(contents(part('calls, cals'))).toEqual([
      'spec/contents.yaml:1:49: there is no page `cals` in spec/chapters or spec/objects',
    ]);
  });

  it('has parts of their own names', () => {
    expect(contents(part('calls') + part('calls'))[0]).toBe('spec/contents.yaml:2:11: there is a part `one` already');
  });
});
